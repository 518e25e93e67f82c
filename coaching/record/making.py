"""The record made of what a person chose of their answers."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4, uuid5
from zoneinfo import ZoneInfo

from django.conf import settings

from coaching.core.record.bundle import Given, Making, Who, record
from coaching.core.record.checking import faults
from coaching.core.record.scales import ASKED
from coaching.models import Person
from coaching.progress.given import days_of


@dataclass(frozen=True, kw_only=True)
class RecordChoice:
    """Which scales, of how many weeks, and who the person says they are: nobody, unless they do."""

    scales: frozenset[str] = frozenset(ASKED)
    weeks: int = 12
    who: Who = field(default_factory=Who)

    def holds(self, on: date, today: date) -> bool:
        return today - timedelta(weeks=self.weeks) < on <= today


def chosen_days(person: Person, choice: RecordChoice, *, zone: ZoneInfo, at: datetime) -> list[Given]:
    today = at.astimezone(zone).date()
    return [given for given in days_of(person, zone) if choice.holds(given.on, today)]


def record_for(person: Person, choice: RecordChoice, *, zone: ZoneInfo, at: datetime) -> dict[str, Any]:
    """A FHIR bundle. One that our own checks find fault with is handed to nobody."""
    days = chosen_days(person, choice, zone=zone, at=at)
    chance = uuid4()
    making = Making(
        site=settings.SITE_URL,
        at=at,
        address=lambda name: f"urn:uuid:{uuid5(chance, name)}",
        who=choice.who,
        scales=choice.scales,
    )
    bundle = record(days, making)
    problems = faults(bundle)
    if problems:
        raise AssertionError(problems[0])
    return bundle
