"""A table of people to print, in whole weeks: what may be said of it, and nothing else.

What is small is hidden with what would give it away (`coaching/core/service/suppression.py`). Then every number of
people is rounded, so that the print of one night taken from that of another tells of nobody: a week that goes out of
sight, or one person who went on since, is lost in the rounding.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models.functions import TruncWeek
from django.utils.timezone import make_aware

from coaching.core.service.suppression import rounded, suppressed, suppressed_line

WEEKS = 12
ALL_WEEKS = "all weeks"


@dataclass(frozen=True, kw_only=True)
class Figures:
    """One table to print. `cells` are rows of figures, None where hidden; `total` is the name of the last column."""

    slug: str
    title: str
    says: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int | float | None, ...]], ...]

    def plain(self) -> dict[str, Any]:
        return {
            "slug": self.slug,
            "title": self.title,
            "says": self.says,
            "columns": list(self.columns),
            "rows": [[name, [_printed(figure) for figure in figures]] for name, figures in self.rows],
        }


def _printed(figure: float | None) -> float | None:
    """People are whole and are rounded; points of a scale are not."""
    return rounded(figure) if isinstance(figure, int) else figure


def weeks_before(at: datetime) -> list[date]:
    """The Mondays of the last twelve weeks that are over."""
    this_week = at.date() - timedelta(days=at.weekday())
    return [this_week - timedelta(weeks=ago) for ago in range(WEEKS, 0, -1)]


def name_of(week: date) -> str:
    return week.isoformat()


def within(weeks: Sequence[date]) -> tuple[date, date]:
    return weeks[0], weeks[-1] + timedelta(weeks=1)


def of_weeks(rows: Any, field: str, weeks: Sequence[date]) -> Any:
    """Asked for by moments, which an index knows, and not by days."""
    first, end = (make_aware(datetime.combine(day, time.min)) for day in within(weeks))
    return rows.filter(**{f"{field}__gte": first, f"{field}__lt": end}).annotate(monday=TruncWeek(field))


def line_of(slug: str, title: str, says: str, counts: dict[str, int], names: Iterable[str]) -> Figures:
    shown = suppressed_line(counts, list(names))
    return Figures(
        slug=slug, title=title, says=says, columns=("people",), rows=tuple((name, (n,)) for name, n in shown.items())
    )


def table_of(
    slug: str,
    title: str,
    says: str,
    cells: Counter[tuple[str, str]],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    total: str,
) -> Figures:
    table = suppressed(cells, rows, columns)
    lines = [(row, (*table.line(row), table.row_totals[row])) for row in rows]
    sums = tuple(table.column_totals[column] for column in columns)
    return Figures(
        slug=slug,
        title=title,
        says=says,
        columns=(*columns, total),
        rows=(*lines, (ALL_WEEKS, (*sums, table.total))),
    )
