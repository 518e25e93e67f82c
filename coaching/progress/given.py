"""What a person answered on which day, with the version of the questions that were asked: as a record tells it."""

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

from accounts.sealing import CannotOpen
from coaching.core.record.bundle import Given
from coaching.models import Intake, Person
from coaching.models.check_in import PastCheckIn


def days_of(person: Person, zone: tzinfo) -> list[Given]:
    """What was given on each day and none from another; of one day, what was given last comes last."""
    told = sorted(_answers_with_time(person, zone), key=lambda one: one[0])
    return [given for _at, given in told]


def _answers_with_time(person: Person, zone: tzinfo) -> Iterator[tuple[datetime, Given]]:
    for row in person.all_intakes:
        at = row.finished_at or row.changed_at
        yield at, Given(on=at.astimezone(zone).date(), version=row.version, answers=_answers(row))
    for check_in in person.all_check_ins:
        given = Given(on=check_in.day, version=check_in.version, answers=_answers(check_in))
        yield check_in.changed_at, given


def _answers(row: Intake | PastCheckIn) -> dict[str, Any]:
    try:
        return row.answers
    except CannotOpen:
        # What no key opens any more was not answered.
        return {}
