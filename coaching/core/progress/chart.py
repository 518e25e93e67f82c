"""One scale as a drawing: its readings over time, the start with the swing of one reading, and what matters as a line.

Coordinates are units of a 320 by 132 view box, whose height is the whole range of the scale, so that nothing small
looks large. A picture holds at most 60 marks: of more readings, those of neighbouring days are put together as their
mean.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import fmean

from coaching.core.progress.judging import Step, start_of, step_of, swing_of
from coaching.core.progress.scales import Reading, Scale

WIDTH, HEIGHT, EDGE = 320, 132, 11
MOST_MARKS = 60


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One reading, or several of neighbouring days."""

    x: float
    y: float
    step: Step
    is_last: bool = False

    @property
    def square(self) -> tuple[float, float]:
        """The upper left corner of the square that stands for a worse one."""
        return round(self.x - 4.5, 1), round(self.y - 4.5, 1)

    @property
    def diamond(self) -> str:
        return f"M{self.x} {self.y - 6.5:.1f}l6.5 6.5l-6.5 6.5l-6.5 -6.5z"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """`band_y` and `band_height`: the start, and one swing to both sides. `better_y`: from here a change matters."""

    line: str
    marks: tuple[Mark, ...]
    start_y: float
    band_y: float
    band_height: float
    better_y: float | None
    worse_y: float | None
    first: date
    last: date

    @property
    def lines(self) -> tuple[float, ...]:
        """Where a change begins to matter, to both sides."""
        return tuple(y for y in (self.better_y, self.worse_y) if y is not None)


def chart_of(scale: Scale, readings: Sequence[Reading]) -> Chart | None:
    """None where there is nothing to draw."""
    if not readings:
        return None
    start = start_of(readings)
    swing = swing_of(scale, [one.total for one in readings])
    marks = _marks(scale, readings, start)
    top, foot = _y(scale, min(start + swing, scale.most)), _y(scale, max(start - swing, 0))
    way = scale.step if scale.is_more_better else -scale.step
    return Chart(
        line=" ".join(f"{mark.x},{mark.y}" for mark in marks),
        marks=marks,
        start_y=_y(scale, start),
        band_y=top,
        band_height=round(foot - top, 1),
        better_y=_line(scale, start + way),
        worse_y=_line(scale, start - way),
        first=readings[0].on,
        last=readings[-1].on,
    )


def _line(scale: Scale, total: float) -> float | None:
    """None where the line would lie outside of the scale, or where nobody knows what matters."""
    return _y(scale, total) if scale.important is not None and 0 <= total <= scale.most else None


def _marks(scale: Scale, readings: Sequence[Reading], start: float) -> tuple[Mark, ...]:
    first, days = readings[0].on, max((readings[-1].on - readings[0].on).days, 1)
    groups = _together(readings)
    marks = []
    for place, group in enumerate(groups):
        total = fmean(one.total for one in group)
        day = fmean((one.on - first).days for one in group)
        x = WIDTH / 2 if len(readings) == 1 else EDGE + day / days * (WIDTH - 2 * EDGE)
        step, is_last = step_of(scale, start, total), place == len(groups) - 1
        marks.append(Mark(x=round(x, 1), y=_y(scale, total), step=step, is_last=is_last))
    return tuple(marks)


def _together(readings: Sequence[Reading]) -> list[Sequence[Reading]]:
    """At most as many groups as there may be marks. The newest reading stands alone."""
    if len(readings) <= MOST_MARKS:
        return [[one] for one in readings]
    earlier, groups = readings[:-1], MOST_MARKS - 1
    cuts = [round(place * len(earlier) / groups) for place in range(groups + 1)]
    return [*(earlier[a:b] for a, b in pairwise(cuts)), readings[-1:]]


def _y(scale: Scale, total: float) -> float:
    return round(EDGE + (1 - total / scale.most) * (HEIGHT - 2 * EDGE), 1)
