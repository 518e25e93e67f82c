"""Better, the same or worse: what the readings of one scale may be said to show.

People come when it is at its worst, so the next reading tends to be lower by itself, and each reading swings. "Better"
is therefore said late and "worse" early:

- **better**: after four readings or more. The last two are each better than the start (the mean of the first two) by
  a change that matters, and their mean by more than 3 swings. The swing is that of the scale and of the person's own
  readings around their line, weighed as if the scale's came from six readings.
- **worse**: the last two are each worse by a change that matters than the start, or than the time before them (the
  middle one of up to four readings). What comes and goes in one reading is no more than that, for the worse too.
- else **the same**, or **early** while there are fewer than four readings.

The bounds are our choice, set with made-up people who do not change (`tests/coaching/test_change_is_true.py`): at any
check-in "better" is said to fewer than 5 of 100, with readings that resemble their neighbours (0 to 0.6) too.

Example, PEG sums 21, 20, 12, 9: start 20.5, now 10.5, 10 better. The line through the four leaves a swing of 3.3
after weighing; 3 of them are 9.9, so "better" may be said: 3.3 points of the 10 that are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import fmean, median

from coaching.core.progress.scales import Reading, Scale

LEAST_READINGS = 4
AT_START = 2
LATEST = 2
BEFORE = 4
SWINGS = 3.0
PRIOR_READINGS = 6


class Direction(StrEnum):
    FIRST = "first"
    EARLY = "early"
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"


class Step(StrEnum):
    """How one reading stands to the start: by less than what matters, or by that much."""

    WITHIN = "within"
    BETTER = "better"
    WORSE = "worse"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`start` and `now` are sums; `gain` is what lies between them, above 0 for the better. `swing`: of one reading."""

    direction: Direction
    start: float
    now: float
    gain: float
    swing: float


def judge(scale: Scale, readings: Sequence[Reading]) -> Judged | None:
    """None where nothing was read. `readings` are oldest first."""
    totals = [one.total for one in readings]
    if not totals:
        return None
    start = start_of(readings)
    now = fmean(totals[-LATEST:]) if len(totals) > LATEST else float(totals[-1])
    swing = swing_of(scale, totals)
    return Judged(
        direction=_direction(scale, totals, start, now, swing),
        start=start,
        now=now,
        gain=scale.gain(start, now),
        swing=swing,
    )


def start_of(readings: Sequence[Reading]) -> float:
    """Where somebody began: the first reading, and once there are four the mean of the first two."""
    totals = [one.total for one in readings]
    return fmean(totals[:AT_START]) if len(totals) >= LEAST_READINGS else float(totals[0])


def step_of(scale: Scale, start: float, total: float) -> Step:
    """One reading against the start, as it is marked in the picture."""
    gain = scale.gain(start, total)
    if abs(gain) < scale.step:
        return Step.WITHIN
    return Step.BETTER if gain > 0 else Step.WORSE


def swing_of(scale: Scale, totals: Sequence[int]) -> float:
    """How far one reading swings, in points of the sum: the scale's own figure, and this person's around their line."""
    if len(totals) < LEAST_READINGS:
        return scale.swing
    left = _left_around_line(totals)
    return sqrt((PRIOR_READINGS * scale.swing**2 + left) / (PRIOR_READINGS + len(totals) - 2))


def _left_around_line(totals: Sequence[int]) -> float:
    """The squares that are left around the straight line through the readings, one after the other."""
    middle, level = (len(totals) - 1) / 2, fmean(totals)
    slope = sum((place - middle) * (total - level) for place, total in enumerate(totals)) / sum(
        (place - middle) ** 2 for place in range(len(totals))
    )
    return sum((total - level - slope * (place - middle)) ** 2 for place, total in enumerate(totals))


def _direction(scale: Scale, totals: Sequence[int], start: float, now: float, swing: float) -> Direction:
    if len(totals) == 1:
        return Direction.FIRST
    if _is_worse(scale, totals, start):
        return Direction.WORSE
    if len(totals) < LEAST_READINGS:
        return Direction.EARLY
    beyond = scale.gain(start, now) >= max(scale.step, SWINGS * swing)
    each = all(scale.gain(start, total) >= scale.step for total in totals[-LATEST:])
    return Direction.BETTER if beyond and each else Direction.SAME


def _is_worse(scale: Scale, totals: Sequence[int], start: float) -> bool:
    """Two check-ins in a row, beside the start or the time before them."""
    before, latest = totals[:-LATEST], totals[-LATEST:]
    if not before:
        return False
    marks = (start, median(before[-BEFORE:]))
    return any(all(-scale.gain(mark, total) >= scale.step for total in latest) for mark in marks)
