"""Made-up comparisons of two techniques: how often a difference is told that is not there, and how often one that is.

The days are harder than those from which power is stated: besides resembling their neighbours they drift, weekends
are worse, and a fifth goes unrated. Techniques do the same, or differ by a point.
"""

from dataclasses import dataclass
from math import sqrt

from coaching.core.findings.a_or_b import Answer, Finding, analyse, days_of, draw_order
from coaching.core.findings.power import USUAL_SPREAD, power, weekends
from coaching.core.simulator.cohorts import Dice

TREND, WEEKEND, MISSING = -0.05, 1.0, 0.2
"""Points a day, points on two days of seven, and a share of days."""

TOLD = frozenset({Answer.FIRST, Answer.SECOND})


@dataclass(frozen=True, kw_only=True)
class Row:
    """Shares of people, 0 to 1. `told_falsely`: a difference, where there is none. `stated`: power said at the start.
    `seen`: a difference of a point found. `held`: the true point lay in the interval."""

    weeks: int
    resembles: float
    told_falsely: float
    stated: float
    seen: float
    held: float


def row(weeks: int, resembles: float, people: int, dice: Dice) -> Row:
    same = [_comparison(weeks, resembles, 0.0, dice) for _ in range(people)]
    point = [_comparison(weeks, resembles, 1.0, dice) for _ in range(people)]
    known = [one for one in point if one.low is not None and one.high is not None]
    return Row(
        weeks=weeks,
        resembles=resembles,
        told_falsely=sum(one.answer in TOLD for one in same) / people,
        stated=power(days_of(weeks), dice, resembles=resembles, missing=MISSING),
        seen=sum(one.answer is Answer.FIRST for one in point) / people,
        held=sum((one.low or 0) <= 1 <= (one.high or 0) for one in known) / max(len(known), 1),
    )


def _comparison(weeks: int, resembles: float, helps: float, dice: Dice) -> Finding:
    order = draw_order(days_of(weeks), dice)
    return analyse(order, _pain(order, resembles, helps, dice), weekends(len(order)), less_is_better=True)


def _pain(order: tuple[bool, ...], resembles: float, helps: float, dice: Dice) -> list[float | None]:
    usual, state, ratings = 5.5 + dice.random(), dice.gauss(0, USUAL_SPREAD), list[float | None]()
    for day, is_first in enumerate(order):
        level = usual + state + TREND * day + WEEKEND * (day % 7 >= 5) - helps * is_first
        ratings.append(None if dice.random() < MISSING else min(max(round(level), 0), 10))
        state = resembles * state + dice.gauss(0, USUAL_SPREAD * sqrt(1 - resembles**2))
    return ratings
