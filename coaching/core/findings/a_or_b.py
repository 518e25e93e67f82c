"""Which of two techniques helps me? Days in an order drawn by chance, and what they show in the end.

Days come in pairs of neighbours. A coin says which technique has the first day of each pair; the other has the second.
So both have the same number of days, equally spread over weeks, and days that resemble their neighbours are compared
with those neighbours. What is asked, for how long and how it is read are settled before the first day:

1. What weekends differ from other days, and a straight drift, are taken off (`even_days`).
2. Each pair gives how much better the day of the first technique was than the day of the second, in points of 0 to 10.
   A day that was not rated is taken to be as the rated days up to three days around the other one were; a pair without
   any rated day gives nothing.
3. The answer is the difference that, taken off the days of the first technique, leaves the pairs even; with the
   interval of all differences that the coins do not contradict.
4. One technique "did better" only if at most 4 of 100 falls of the coins would have shown as much by chance alone
   (`sign_flips`). So 2,000 made-up people stay below 5 of 100 even on an unlucky draw.
5. Whoever stops early is told what the days so far show, by a stricter bound: who watches their own ratings and stops
   at the best moment would otherwise find a difference too often.

Sources: Guyatt and others, NEJM 1986 (trials in one person); Fisher, The Design of Experiments, 1935 (the test). The
bounds are our choice, held by `tests/coaching/test_a_or_b.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from coaching.core.findings.even_days import evened
from coaching.core.findings.sign_flips import p_value

SURE_AT_THE_END, SURE_EARLY = 0.04, 0.005
"""The share of falls of the coins that may show as much, for a full comparison and for one that was stopped."""

FEWEST_PAIRS = 6
"""Below that no fall of the coins is rare enough: all six alike come up in 2 of 64."""

CHANCE = 0.5
"""The chance with which each day got its technique, for the record."""

TENTHS = 10
AROUND = 3
"""Days on either side that stand in for a day not rated."""

COVERED = 0.95
FARTHEST = 20
"""Differences of two ratings lie within 10 points; intervals are looked for further out."""


class Coins(Protocol):
    """The only source of chance, passed in by the caller: `random.Random` or `random.SystemRandom`."""

    def random(self) -> float: ...


class Answer(StrEnum):
    """What may be said. `NOT_SEEN` is not "the same": a difference may be there and be too small for these days."""

    FIRST = "first"
    SECOND = "second"
    NOT_SEEN = "not_seen"
    TOO_FEW = "too_few"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """`difference`: points of 0 to 10 by which days of the first technique were better, below 0 where the other's
    were; `low` to `high` is its 95 % interval. None where there are too few pairs. `p` is the share of falls
    of the coins that show as much. `pairs` counted, of `pairs_drawn`."""

    answer: Answer
    difference: float | None
    low: float | None
    high: float | None
    p: float
    pairs: int
    pairs_drawn: int
    was_stopped: bool


def days_of(weeks: int) -> int:
    """How many days a comparison of so many weeks has: the largest even number in it."""
    return weeks * 7 // 2 * 2


def draw_order(days: int, coins: Coins) -> tuple[bool, ...]:
    """For each day whether it belongs to the first technique. Each day has it with a chance of `CHANCE`."""
    if days < 2 or days % 2:
        raise ValueError(f"days come in pairs: {days}")
    falls = [coins.random() < CHANCE for _ in range(days // 2)]
    return tuple(day for first in falls for day in (first, not first))


def analyse(
    is_first: Sequence[bool],
    ratings: Sequence[float | None],
    is_weekend: Sequence[bool],
    *,
    less_is_better: bool,
    was_stopped: bool = False,
) -> Finding:
    """`is_first` is the order as drawn, `ratings` (whole points of 0 to 10) one for each day of it, None where missing;
    `is_weekend` whether that day was a Saturday or a Sunday.

    A comparison that was stopped passes all days that were drawn, those never lived as None.
    """
    days = _Days(is_first=is_first, ratings=ratings, is_weekend=is_weekend, sign=-1 if less_is_better else 1)
    differences = pair_differences(is_first, ratings, is_weekend, less_is_better=less_is_better)
    p, middle = p_value(differences), _even_at(days)
    is_enough = len(differences) >= FEWEST_PAIRS and middle is not None
    low, high = (_edge(days, middle or 0.0, way) if is_enough else None for way in (-1, 1))
    return Finding(
        answer=answer_of(differences, p, was_stopped=was_stopped),
        difference=middle,
        low=low,
        high=high,
        p=p,
        pairs=len(differences),
        pairs_drawn=len(is_first) // 2,
        was_stopped=was_stopped,
    )


def pair_differences(
    is_first: Sequence[bool], ratings: Sequence[float | None], is_weekend: Sequence[bool], *, less_is_better: bool
) -> tuple[int, ...]:
    """For each pair with a day rated, how much better the day of the first technique was, in tenths of a point."""
    sign = -1 if less_is_better else 1
    ratings = evened(ratings, is_weekend)
    differences = []
    for at in range(0, len(is_first) - 1, 2):
        one, other = _filled(ratings, at, at + 1), _filled(ratings, at + 1, at)
        if one is not None and other is not None:
            differences.append(round(sign * TENTHS * (one - other)) * (1 if is_first[at] else -1))
    return tuple(differences)


def _filled(ratings: Sequence[float | None], day: int, other: int) -> float | None:
    """The rating of a day; where it is missing, the mean of the days around, so that the other day is not lost.

    It looks at no order, so the test stays exact. None where the pair has no rated day, or no day around has one.
    """
    own, beside = ratings[day], ratings[other]
    if own is not None or beside is None:
        return own
    around = range(max(other - AROUND, 0), min(other + AROUND + 1, len(ratings)))
    near = [rating for at in around if at != other and (rating := ratings[at]) is not None]
    return sum(near) / len(near) if near else None


def answer_of(differences: Sequence[int], p: float, *, was_stopped: bool = False) -> Answer:
    """What may be said of these pair differences and their p-value (steps 4 and 5)."""
    if len(differences) < FEWEST_PAIRS:
        return Answer.TOO_FEW
    if p > (SURE_EARLY if was_stopped else SURE_AT_THE_END):
        return Answer.NOT_SEEN
    return Answer.FIRST if sum(differences) > 0 else Answer.SECOND


@dataclass(frozen=True, kw_only=True)
class _Days:
    """A comparison as it is read. `sign`: -1 where less is better."""

    is_first: Sequence[bool]
    ratings: Sequence[float | None]
    is_weekend: Sequence[bool]
    sign: int

    def differences_less(self, off: float) -> tuple[int, ...]:
        """The pair differences if the days of the first technique had been worse by so many points."""
        moved = [
            None if rating is None else rating - self.sign * off * first
            for first, rating in zip(self.is_first, self.ratings, strict=True)
        ]
        return pair_differences(self.is_first, moved, self.is_weekend, less_is_better=self.sign < 0)


def _even_at(days: _Days) -> float | None:
    """The difference that leaves the pairs even. What is left falls in a straight line with what is taken off."""
    now, less = (sum(days.differences_less(off)) for off in (0.0, 1.0))
    return now / (now - less) if now != less else None


def _edge(days: _Days, middle: float, way: int) -> float:
    """The farthest difference one way that the coins do not contradict at 5 of 100, to a tenth; found by halving."""
    near, far = round(middle * TENTHS), way * FARTHEST * TENTHS
    while abs(far - near) > 1:
        tried = (near + far) // 2
        if p_value(days.differences_less(tried / TENTHS)) > 1 - COVERED:
            near = tried
        else:
            far = tried
    return far / TENTHS
