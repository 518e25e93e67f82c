"""The breaths a person made and named. Keeping one again gives it a new name; there is a most of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.members.extent import WHOLE, Extent
from accounts.sealing import CannotOpen
from coaching.core.practice.breath import Breath
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.models import BreathPattern, Person
from coaching.models.breath_pattern import COLUMNS

MOST = 12


@dataclass(frozen=True, kw_only=True)
class KeptBreath:
    """One of a person's own. The name is its numbers where no key opens it any more."""

    id: int
    name: str
    breath: Breath


def breaths_of(person: Person | None) -> tuple[KeptBreath, ...]:
    return tuple(map(_read, BreathPattern.objects.of_person(person.pk))) if person else ()


def _read(row: BreathPattern) -> KeptBreath:
    try:
        name = row.name
    except CannotOpen:
        name = ""
    return KeptBreath(id=row.pk, name=never_as_a_wish(name) or row.breath.short_name, breath=row.breath)


@transaction.atomic
def keep_breath(person: Person, breath: Breath, name: str, at: datetime) -> bool:
    """False when there are as many as there may be."""
    Person.objects.hold(person)
    row = person.breaths.filter(**_columns(breath)).first()
    if row is None and person.breaths.count() >= MOST:
        return False
    row = row or BreathPattern(person=person, made_at=at, **_columns(breath))
    row.name = name
    row.save()
    return True


def _columns(breath: Breath) -> dict[str, int]:
    return {COLUMNS[phase]: seconds for phase, seconds in breath.seconds.items()}


@transaction.atomic
def hand_over_breaths(waiting: Person, person: Person) -> None:
    """The seal names its owner, so each name is sealed anew."""
    for row in waiting.breaths.all():
        kept = _read(row)
        keep_breath(person, kept.breath, kept.name, row.made_at)


def export_breaths(person: Person, extent: Extent = WHOLE) -> list[dict[str, Any]]:
    return extent.oldest_first(person.breaths.all(), _as_values)


def _as_values(row: BreathPattern) -> dict[str, Any]:
    kept = _read(row)
    return {"name": kept.name, "made_at": row.made_at, **kept.breath.seconds}
