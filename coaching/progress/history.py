"""All that a person gave over time, day by day: at the questions and at each check-in, and nothing from another day."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from accounts.sealing import CannotOpen
from coaching.core.progress.scales import PAINFUL, Reading, Scale, readings_of
from coaching.models import Intake, Person
from coaching.models.check_in import PastCheckIn

Day = tuple[date, Mapping[str, Any]]
Series = Mapping[Scale, tuple[Reading, ...]]


def days_of(person: Person, zone: ZoneInfo) -> list[Day]:
    """Oldest first; of one day, what was given last comes last."""
    told = [((row.finished_at or row.changed_at), _given(row)) for row in person.all_intakes]
    dated = [(at.astimezone(zone).date(), at, given) for at, given in told]
    dated += [(row.day, row.changed_at, _given(row)) for row in person.all_check_ins]
    return [(on, given) for on, _at, given in sorted(dated, key=lambda one: one[:2])]


def series_of(person: Person, zone: ZoneInfo, scales: Iterable[Scale], *, hides_pain: bool = False) -> Series:
    """The readings of each scale that this person is shown, oldest first."""
    days = days_of(person, zone)
    shown = [scale for scale in scales if not (hides_pain and scale.slug in PAINFUL)]
    return {scale: readings_of(scale, days) for scale in shown}


def _given(row: Intake | PastCheckIn) -> Mapping[str, Any]:
    try:
        return row.given if isinstance(row, PastCheckIn) else row.answers
    except CannotOpen:
        # What no key opens any more is no reading.
        return {}
