"""Which of these two helps me? The days are drawn once, before the first; every look reads the same drawing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from accounts.members.extent import WHOLE, Extent
from coaching.core.findings.a_or_b import CHANCE, Coins, Finding, analyse, days_of, draw_order
from coaching.models import Comparison, ComparisonDay, Person

Outcome = Comparison.Outcome
LESS_IS_BETTER: Mapping[str, bool] = {
    Outcome.PAIN: True,
    Outcome.TENSION: True,
    Outcome.SLEEP: False,
    Outcome.ABLE: False,
}
SATURDAY = 5
RATED_FOR = 2
"""For so many days after a day of it, it may still be rated; later nobody remembers."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a person wants to know."""

    first: str
    second: str
    outcome: str
    weeks: int


POWER: Mapping[int, float] = {2: 0.14, 3: 0.29, 4: 0.45}
"""By weeks: the share of such comparisons that see a true difference of one point of 10, with the usual swing of days.
Worked out once by `coaching/core/findings/power.py`; `tests/coaching/test_comparing_two.py` holds it to that."""


@transaction.atomic
def begin(person: Person, wish: Wish, *, at: datetime, zone: ZoneInfo, coins: Coins) -> Comparison | None:
    """Draw all its days, from today on. None where one is running already, as a second press finds."""
    Person.objects.hold(person)
    if person.comparisons.running().exists():
        return None
    today = at.astimezone(zone).date()
    row = Comparison.objects.create(
        person=person,
        first_id=wish.first,
        second_id=wish.second,
        outcome=wish.outcome,
        weeks=wish.weeks,
        power=POWER[wish.weeks],
        began_on=today,
        begun_at=at,
    )
    ComparisonDay.objects.bulk_create(
        ComparisonDay(comparison=row, on=today + timedelta(days=place), is_first=is_first, probability=CHANCE)
        for place, is_first in enumerate(draw_order(days_of(wish.weeks), coins))
    )
    return row


def may_be_rated(comparison: Comparison, on: date, today: date) -> bool:
    """A day of its own that is there already, and not longer ago than one remembers. A night is over the next day."""
    least = 1 if comparison.outcome == Outcome.SLEEP else 0
    return least <= (today - on).days <= RATED_FOR


def rate(comparison: Comparison, on: date, rating: int | None, *, today: date) -> bool:
    """None takes a rating back. False where that day cannot be rated."""
    if comparison.ended_at or not may_be_rated(comparison, on, today):
        return False
    return bool(comparison.days.filter(on=on).update(rating=rating))


def stop(comparison: Comparison, at: datetime) -> None:
    Comparison.objects.filter(pk=comparison.pk, ended_at=None).update(ended_at=at, was_stopped=True)


def close_if_over(comparison: Comparison, *, today: date, at: datetime) -> Comparison:
    """It ends by itself once its last day can no longer be rated, or every day has been."""
    days = list(comparison.days.all())
    last = max(day.on for day in days)
    is_full = all(day.rating is not None for day in days)
    if comparison.ended_at is None and (is_full or (today - last).days > RATED_FOR):
        Comparison.objects.filter(pk=comparison.pk, ended_at=None).update(ended_at=at)
        comparison.ended_at = at
    return comparison


def finding_of(comparison: Comparison) -> Finding:
    """What its days show, by what was settled before the first."""
    days = list(comparison.days.all())
    return analyse(
        [day.is_first for day in days],
        [day.rating for day in days],
        [day.on.weekday() >= SATURDAY for day in days],
        less_is_better=LESS_IS_BETTER[comparison.outcome],
        was_stopped=comparison.was_stopped,
    )


@transaction.atomic
def hand_over_comparisons(waiting: Person, person: Person, at: datetime) -> None:
    """One may run at a time: that of the account goes on, the other is stopped and kept."""
    if person.comparisons.running().exists():
        for row in waiting.comparisons.running():
            stop(row, at)
    waiting.comparisons.update(person=person)


def export_comparisons(person: Person, extent: Extent = WHOLE) -> list[dict[str, Any]]:
    return extent.oldest_first(person.comparisons.prefetch_related("days").order_by("begun_at", "id"), _as_values)


def _as_values(row: Comparison) -> dict[str, Any]:
    return {
        "first": row.first_id,
        "second": row.second_id,
        "outcome": row.outcome,
        "weeks": row.weeks,
        "power": row.power,
        "began_on": row.began_on,
        "begun_at": row.begun_at,
        "ended_at": row.ended_at,
        "was_stopped": row.was_stopped,
        "days": [
            {"on": day.on, "is_first": day.is_first, "probability": day.probability, "rating": day.rating}
            for day in row.days.all()
        ],
    }
