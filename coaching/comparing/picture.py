"""A comparison as a drawing: each rated day a mark, one shape for each of the two, and the mean of each as a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from coaching.models import ComparisonDay

WIDTH, HEIGHT, EDGE, MOST = 320, 132, 11, 10


@dataclass(frozen=True, kw_only=True)
class Mark:
    x: float
    y: float
    is_first: bool

    @property
    def square(self) -> tuple[float, float]:
        return round(self.x - 4.5, 1), round(self.y - 4.5, 1)


@dataclass(frozen=True, kw_only=True)
class Picture:
    """`first_line` and `second_line`: the mean of each, as a path; empty without a rated day."""

    marks: tuple[Mark, ...]
    first_line: str
    second_line: str
    begins: date


def picture_of(days: Sequence[ComparisonDay]) -> Picture:
    begins, length = days[0].on, max(len(days) - 1, 1)
    marks = tuple(
        Mark(
            x=round(EDGE + (day.on - begins).days / length * (WIDTH - 2 * EDGE), 1),
            y=_y(day.rating),
            is_first=day.is_first,
        )
        for day in days
        if day.rating is not None
    )
    return Picture(
        marks=marks,
        first_line=_mean_line(days, is_first=True),
        second_line=_mean_line(days, is_first=False),
        begins=begins,
    )


def _mean_line(days: Sequence[ComparisonDay], *, is_first: bool) -> str:
    told = [day.rating for day in days if day.is_first is is_first and day.rating is not None]
    return f"M0 {_y(fmean(told))}H{WIDTH}" if told else ""


def _y(rating: float) -> float:
    return round(EDGE + (1 - rating / MOST) * (HEIGHT - 2 * EDGE), 1)
