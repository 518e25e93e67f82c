"""What a day has to do with the next one: sleep, moving, worry, and the pain that follows.

For each factor the outcome of the next day is set against the factor of today, with what would fool the eye taken out
of both: the outcome of today, a straight drift over time, and weekends. What is left of the two gives a slope, with its
uncertainty. Days that resemble their neighbours tell less than their number says, so the number is cut by how far what
is left of both goes on from day to day (Bartlett 1935). Several looks find something sooner than one, so the bound is
shared out between them (Bonferroni).

A pattern is spoken of from 28 pairs of days on. It says that two things go together, never that one brings the other.
The bounds are our choice, held by `tests/coaching/test_patterns_may_be_chance.py`: where nothing goes together, some
pattern is claimed for fewer than 5 of 100 people, with neighbours that resemble each other (0 to 0.6), drift, weekends
and missing days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import sqrt
from statistics import NormalDist, fmean

LEAST_PAIRS = 28
SHARE = 0.04
"""Of people in whom nothing goes together, the share for whom chance may claim something, all looks together."""
LONGEST_LAG = 7
SATURDAY = 5
SMALLEST = 1e-9
DAY = timedelta(days=1)
Days = Mapping[date, float]


class Found(StrEnum):
    TOO_FEW = "too_few"
    MAY_BE_CHANCE = "may_be_chance"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """`difference`: by how many points the outcome of the next day is higher after a day high in the factor than after
    one low in it (one standard deviation above its mean against one below). `low` to `high`: its interval, with the
    bound of all looks together. None where there are too few pairs of days, or a factor that never changes."""

    factor: str
    found: Found
    pairs: int
    difference: float | None = None
    low: float | None = None
    high: float | None = None


def patterns(outcome: Days, factors: Mapping[str, Days]) -> tuple[Pattern, ...]:
    """In the order of the factors. `outcome` and factors are by day; a day that is not told is not in them."""
    rows = {name: _rows(outcome, values) for name, values in factors.items()}
    looks = sum(1 for own_rows in rows.values() if len(own_rows) >= LEAST_PAIRS)
    return tuple(_pattern(name, own_rows, looks) for name, own_rows in rows.items())


@dataclass(frozen=True, kw_only=True)
class _Row:
    on: date
    factor: float
    today: float
    tomorrow: float


def _rows(outcome: Days, values: Days) -> list[_Row]:
    return [
        _Row(on=on, factor=values[on], today=outcome[on], tomorrow=outcome[on + DAY])
        for on in sorted(values)
        if on in outcome and on + DAY in outcome
    ]


def _pattern(name: str, rows: Sequence[_Row], looks: int) -> Pattern:
    if len(rows) < LEAST_PAIRS:
        return Pattern(factor=name, found=Found.TOO_FEW, pairs=len(rows))
    left = _left(rows)
    if left is None:
        return Pattern(factor=name, found=Found.TOO_FEW, pairs=len(rows))
    factor, tomorrow = left
    if _squares(tomorrow) <= SMALLEST:
        # The next day is the same whatever was done, or goes along with the rest alone.
        nothing = {"difference": 0.0, "low": 0.0, "high": 0.0}
        return Pattern(factor=name, found=Found.MAY_BE_CHANCE, pairs=len(rows), **nothing)
    slope, error = _slope(factor, tomorrow, [row.on for row in rows])
    spread = 2 * _deviation([row.factor for row in rows])
    reach = _bound(len(rows), looks) * error
    low, high = (slope - reach) * spread, (slope + reach) * spread
    direction = Found.HIGHER if low > 0 else Found.LOWER if high < 0 else Found.MAY_BE_CHANCE
    return Pattern(factor=name, found=direction, pairs=len(rows), difference=slope * spread, low=low, high=high)


def _left(rows: Sequence[_Row]) -> tuple[list[float], list[float]] | None:
    """The factor and the next day's outcome without what both share with drift, weekends and today's outcome."""
    first = rows[0].on
    taken: list[list[float]] = []
    for values in (
        [1.0] * len(rows),
        [float((row.on - first).days) for row in rows],
        [float(row.on.weekday() >= SATURDAY) for row in rows],
        [float((row.on + DAY).weekday() >= SATURDAY) for row in rows],
        [row.today for row in rows],
    ):
        own = _without(values, taken)
        if _squares(own) > SMALLEST:
            taken.append(own)
    factor = _without([row.factor for row in rows], taken)
    if _squares(factor) <= SMALLEST:
        return None
    return factor, _without([row.tomorrow for row in rows], taken)


def _without(values: Sequence[float], taken: Sequence[Sequence[float]]) -> list[float]:
    """What is left of values once each of some that stand at right angles to each other is taken out."""
    left = list(values)
    for other in taken:
        share = sum(one * two for one, two in zip(left, other, strict=True)) / _squares(other)
        left = [one - share * two for one, two in zip(left, other, strict=True)]
    return left


def _slope(factor: Sequence[float], tomorrow: Sequence[float], days: Sequence[date]) -> tuple[float, float]:
    """The slope, and its standard error with days that resemble their neighbours counted for less."""
    slope = sum(one * two for one, two in zip(factor, tomorrow, strict=True)) / _squares(factor)
    rest = [two - slope * one for one, two in zip(factor, tomorrow, strict=True)]
    free = len(days) - 6
    plain = sqrt(_squares(rest) / free / _squares(factor))
    return slope, plain * sqrt(_inflation(factor, rest, days))


def _inflation(one: Sequence[float], two: Sequence[float], days: Sequence[date]) -> float:
    """1 + 2 x the sum of the products of both likenesses, by how many days lie between; never below 1."""
    total = 1.0
    for lag in range(1, LONGEST_LAG + 1):
        total += 2 * _likeness(one, days, lag) * _likeness(two, days, lag)
    return max(total, 1.0)


def _likeness(values: Sequence[float], days: Sequence[date], lag: int) -> float:
    """How far a day goes on some days later: the autocorrelation, over the days that are there."""
    known = dict(zip(days, values, strict=True))
    pairs = [(value, known[on + lag * DAY]) for on, value in known.items() if on + lag * DAY in known]
    # Where nothing is left of the values, no day goes on into another.
    if len(pairs) < LONGEST_LAG or _squares(values) <= SMALLEST:
        return 0.0
    return fmean(one * two for one, two in pairs) / (_squares(values) / len(values))


def _bound(pairs: int, looks: int) -> float:
    """Student's t for this many pairs and looks, both directions (Cornish and Fisher's series)."""
    z, free = NormalDist().inv_cdf(1 - SHARE / (2 * max(looks, 1))), pairs - 6
    return z + (z**3 + z) / (4 * free) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * free**2)


def _squares(values: Sequence[float]) -> float:
    return sum(value * value for value in values)


def _deviation(values: Sequence[float]) -> float:
    mean = fmean(values)
    return sqrt(sum((value - mean) ** 2 for value in values) / len(values))
