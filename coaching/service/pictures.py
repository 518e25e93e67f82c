"""A table of the service as a picture: one bar a row. What is hidden is drawn as hidden, not as none."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WIDTH, BAR, GAP = 600, 14, 6


@dataclass(frozen=True, kw_only=True)
class Bar:
    y: int
    width: float
    is_hidden: bool


@dataclass(frozen=True, kw_only=True)
class Pictured:
    """`bars` are those of the rows in their order; `height` is that of the whole picture."""

    slug: str
    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Any, ...]], ...]
    drawn: str
    has_picture: bool
    """Whether any figure can be drawn: a picture of none, or of hidden ones alone, says less than the table."""

    bars: tuple[Bar, ...]
    height: int


DRAWN = {"weeks": 0, "change": 2}
"""The column that is drawn, where it is not the last."""


def pictured(table: Mapping[str, Any]) -> Pictured:
    rows = tuple((name, tuple(cells)) for name, cells in table["rows"])
    column = DRAWN.get(table["slug"], len(table["columns"]) - 1)
    parts = [cells[column] for name, cells in rows if name != "all weeks"]
    most = max((abs(figure) for figure in parts if figure is not None), default=0) or 1
    return Pictured(
        slug=table["slug"],
        title=table["title"],
        says=table["says"],
        columns=tuple(table["columns"]),
        rows=rows,
        drawn=table["columns"][column],
        has_picture=any(parts),
        bars=tuple(_bar(place, figure, most) for place, figure in enumerate(parts)),
        height=len(parts) * (BAR + GAP),
    )


def _bar(place: int, figure: float | None, most: float) -> Bar:
    y = place * (BAR + GAP)
    if figure is None:
        return Bar(y=y, width=WIDTH * 0.04, is_hidden=True)
    return Bar(y=y, width=round(abs(figure) / most * WIDTH, 1), is_hidden=False)
