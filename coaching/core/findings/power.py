"""How likely a comparison is to see a difference that is truly there, said before it begins.

Days are made up: they lie around a usual of 4.5 to 5.5, with the standard deviation that this person's days have,
resemble the day before, and are rated in whole points from 0 to 10. Some go unrated. Weekends and drift differ from
person to person; both are taken off before days are compared, so all that they leave is another rounding. The first
technique's days are better by the difference asked about. Each made-up comparison is read by `a_or_b`, and power is the
share that finds it.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Protocol

from coaching.core.findings.a_or_b import Answer, answer_of, draw_order, pair_differences
from coaching.core.findings.sign_flips import p_value

USUAL_SPREAD = 1.2
"""Standard deviation of one person's pain from day to day within a week, points of 0 to 10 (Page and others, J Pain
2022, n = 140; evidence `change.md`). Taken until a person has two weeks of their own."""

RESEMBLES = 0.3
"""How far a day resembles the one before (autocorrelation). Our choice."""

MISSING = 0.15
"""The share of days that go unrated. Our choice."""

WEEKEND, DRIFT = 1.5, 0.08
"""The most, in points, by which weekends differ, and a day from the one before. Any less is as likely. Our choice."""

OWN_DAYS, LEAST_SPREAD = 14, 0.5
RUNS = 1000
MIDDLE = 5.0


class Dice(Protocol):
    def random(self) -> float: ...
    def gauss(self, mu: float, sigma: float, /) -> float: ...


def power(
    days: int,
    dice: Dice,
    *,
    earlier: Sequence[float] = (),
    difference: float = 1.0,
    spread: float | None = None,
    resembles: float = RESEMBLES,
    missing: float = MISSING,
    runs: int = RUNS,
) -> float:
    """The share, 0 to 1, of comparisons of so many days that see a true `difference` (points of 0 to 10).

    `earlier`: this person's ratings of days before, oldest first, from which the spread of their days is taken.
    """
    spread = own_spread(earlier) if spread is None else spread
    seen = 0
    for _ in range(runs):
        order = draw_order(days, dice)
        ratings = made_up_days(order, dice, difference=difference, spread=spread, resembles=resembles, missing=missing)
        differences = pair_differences(order, ratings, weekends(days), less_is_better=False)
        seen += answer_of(differences, p_value(differences)) is Answer.FIRST
    return seen / runs


def weekends(days: int) -> list[bool]:
    """Two days of seven, as a comparison that begins on a Monday has them."""
    return [day % 7 >= 5 for day in range(days)]


def made_up_days(
    order: Sequence[bool], dice: Dice, *, difference: float, spread: float, resembles: float, missing: float
) -> list[float | None]:
    """Ratings where more is better."""
    ratings: list[float | None] = []
    usual, state = MIDDLE + dice.random() - 0.5, dice.gauss(0, spread)
    weekend, drift = WEEKEND * dice.random(), DRIFT * (2 * dice.random() - 1)
    for day, (is_first, is_weekend) in enumerate(zip(order, weekends(len(order)), strict=True)):
        level = usual + drift * day + weekend * is_weekend + state + (difference / 2 if is_first else -difference / 2)
        ratings.append(None if dice.random() < missing else float(min(max(round(level), 0), 10)))
        state = resembles * state + dice.gauss(0, spread * sqrt(1 - resembles**2))
    return ratings


def own_spread(ratings: Sequence[float]) -> float:
    """How far this person's days differ (standard deviation), with the usual counted like `OWN_DAYS` of them."""
    if len(ratings) < 2:
        return USUAL_SPREAD
    mean = sum(ratings) / len(ratings)
    squares = sum((each - mean) ** 2 for each in ratings) + OWN_DAYS * USUAL_SPREAD**2
    return max(sqrt(squares / (len(ratings) - 1 + OWN_DAYS)), LEAST_SPREAD)
