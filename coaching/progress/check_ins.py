"""Keeping a check-in: once a day, however often it is sent, and from as many tabs as there are."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.members.extent import WHOLE, Extent
from accounts.sealing import CannotOpen
from coaching.core.intake.questionnaires import VERSION
from coaching.core.intake.safety import ASK_AGAIN_PAIN_RISE
from coaching.intake.known import newest_known
from coaching.models import CheckIn, Person
from coaching.models.check_in import PastCheckIn
from coaching.progress.asking import offer_from


@transaction.atomic
def keep_check_in(person: Person, given: Mapping[str, Any], *, day: date, at: datetime) -> CheckIn:
    """Two tabs meet here: each adds what it was given, and the later one holds where both say something."""
    Person.objects.hold(person)
    row = person.check_ins.filter(day=day).first() or CheckIn(person=person, day=day, given_at=at)
    row.answers = _answers(row) | dict(given)
    row.version, row.changed_at = VERSION, at
    row.save()
    _sum_up(person)
    return row


@transaction.atomic
def take_back_check_in(person: Person, day: date) -> None:
    """Only the one of today; what was said on another day stays as it was."""
    Person.objects.hold(person)
    person.check_ins.filter(day=day).delete()
    _sum_up(person)


def _sum_up(person: Person) -> None:
    """What every page asks of the check-ins, written beside the person."""
    person.forget_what_was_read()
    person.check_in_from = offer_from(person)
    person.pain_rose_at = _pain_rose_at(person)
    Person.objects.filter(pk=person.pk).update(check_in_from=person.check_in_from, pain_rose_at=person.pain_rose_at)


def _pain_rose_at(person: Person) -> datetime | None:
    """When the newest pain on average was told, if it is up by 2 of 10 or more from what the questions were told."""
    newest = next((row for row in reversed(person.all_check_ins) if _answers(row).get("peg_1") is not None), None)
    told = (newest_known(person) or {}).get("peg_1")
    if newest is None or told is None or _answers(newest)["peg_1"] - told < ASK_AGAIN_PAIN_RISE:
        return None
    return newest.changed_at


def hand_over_check_ins(waiting: Person, person: Person) -> None:
    """The seal names its owner, so each is sealed anew. Of one day, what the account holds stands."""
    for row in waiting.check_ins.all():
        own = person.check_ins.filter(day=row.day).first()
        keep_check_in(person, _answers(row) | (_answers(own) if own else {}), day=row.day, at=row.changed_at)


def export_check_ins(person: Person, extent: Extent = WHOLE) -> list[dict[str, Any]]:
    return extent.oldest_first(person.check_ins.all(), _as_values)


def _as_values(row: CheckIn) -> dict[str, Any]:
    return {"day": row.day, "version": row.version, "given_at": row.given_at, "answers": row.answers}


def _answers(row: CheckIn | PastCheckIn) -> dict[str, Any]:
    try:
        return row.answers
    except CannotOpen:
        return {}
