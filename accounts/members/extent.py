"""How much of each list of somebody's rows is told: all of it in a file of theirs, the newest of it on a page.

A page that told all would grow with every day that somebody was here. What a page leaves out is counted by the
database, and neither read nor opened.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

Told = Callable[[Any], Any]


def _as_it_is(row: Any) -> Any:
    return row


class Newest(list[Any]):
    """The newest lines of a list of `in_all`: `first` is the place, from 1 on, that the first of them has in it."""

    first = 1

    def __init__(self, lines: Sequence[Any], *, in_all: int) -> None:
        super().__init__(lines)
        self.in_all = in_all


@dataclass(frozen=True, kw_only=True)
class Extent:
    """`at_most` so many of each list, the newest; None for all. Lines stand in the same order either way."""

    at_most: int | None = None

    def oldest_first(self, rows: QuerySet[Any, Any], told: Told = _as_it_is) -> list[Any]:
        """`rows` in the order of a file; without one they are read as they were put in."""
        if self.at_most is None:
            return [told(row) for row in rows]
        lines = self.newest_first(rows.reverse() if rows.ordered else rows.order_by("-pk"), told)
        lines.reverse()
        if isinstance(lines, Newest):
            lines.first = lines.in_all - len(lines) + 1
        return lines

    def newest_first(self, rows: QuerySet[Any, Any], told: Told = _as_it_is) -> list[Any]:
        if self.at_most is None:
            return [told(row) for row in rows]
        read = list(rows[: self.at_most + 1])
        lines = [told(row) for row in read[: self.at_most]]
        return lines if len(read) == len(lines) else Newest(lines, in_all=rows.count())

    def came_along(self, rows: Iterable[Any], told: Told = _as_it_is) -> list[Any]:
        """Of rows that came with the row they belong to, newest first."""
        read = list(rows)
        lines = [told(row) for row in read[: self.at_most]]
        return lines if len(read) == len(lines) else Newest(lines, in_all=len(read))


WHOLE = Extent()
ON_A_PAGE = Extent(at_most=30)
