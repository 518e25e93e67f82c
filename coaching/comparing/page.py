"""The page of a comparison: what is drawn for today, what can be rated, and what those that ended showed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from coaching.comparing.comparisons import finding_of, may_be_rated
from coaching.comparing.picture import Picture, picture_of
from coaching.comparing.words import ENDS, OUTCOMES, result_words
from coaching.models import Comparison, ComparisonDay
from coaching.plan.start_rules import Rules
from coaching.said import said


@dataclass(frozen=True, kw_only=True)
class Running:
    """`today` is None where no day of it is today. `may_begin`: nothing speaks against what was drawn for today."""

    row: Comparison
    today: ComparisonDay | None
    may_begin: bool
    to_rate: tuple[ComparisonDay, ...]
    rated: int
    question: Any
    ends: tuple[Any, Any]
    taps: tuple[int, ...] = tuple(range(11))

    @property
    def technique(self) -> Any:
        if self.today is None:
            return None
        return self.row.first if self.today.is_first else self.row.second


@dataclass(frozen=True, kw_only=True)
class Ended:
    row: Comparison
    words: str
    picture: Picture
    days: tuple[ComparisonDay, ...]
    question: Any


def running_of(row: Comparison, today: date, rules: Rules) -> Running:
    days = list(row.days.all())
    of_today = next((day for day in days if day.on == today), None)
    drawn = None if of_today is None else row.first_id if of_today.is_first else row.second_id
    outcome = Comparison.Outcome(row.outcome)
    return Running(
        row=row,
        today=of_today,
        may_begin=drawn is not None and rules.of(drawn).may_start,
        to_rate=tuple(day for day in reversed(days) if may_be_rated(row, day.on, today)),
        rated=sum(1 for day in days if day.rating is not None),
        question=OUTCOMES[outcome],
        ends=ENDS[outcome],
    )


def ended_of(row: Comparison) -> Ended:
    days = tuple(row.days.all())
    return Ended(
        row=row,
        words=result_words(finding_of(row), said(row.first.name), said(row.second.name), row.power),
        picture=picture_of(days),
        days=days,
        question=OUTCOMES[Comparison.Outcome(row.outcome)],
    )
