"""Who left, for staff: at the planned end or sooner, and whether they need this less, which is what it is all for."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from coaching.models import Ending
from coaching.service.some import Some
from coaching.service.tables import Figures, name_of, of_weeks, table_of

LESS_AS_PLANNED = "need it less, at the planned end"
LESS_SOONER = "need it less, sooner"
OTHER_AS_PLANNED = "other, at the planned end"
OTHER_SOONER = "other, sooner"
ENDS = (LESS_AS_PLANNED, LESS_SOONER, OTHER_AS_PLANNED, OTHER_SOONER)


def count_endings(cells: Counter[tuple[str, str]], some: Some, weeks: Sequence[date]) -> None:
    """Of somebody who left twice in a week the last word counts."""
    rows = of_weeks(some.of(Ending.objects.order_by("at")), "at", weeks)
    told = rows.values_list("monday", "person_id", "needs_it_less", "was_planned")
    last = {(monday, person): _end(less, planned) for monday, person, less, planned in told}
    cells.update((name_of(monday.date()), end) for (monday, _person), end in last.items())


def endings(cells: Counter[tuple[str, str]], weeks: Sequence[date]) -> Figures:
    """All that is told of endings stands in this one table: a second cut of the same few people could be subtracted."""
    return table_of(
        "endings",
        "Endings",
        "People by the week in which they left well, which is never a failure. Who says that they need this less is a "
        "success. “Other” needs it as much as before, or did not say. Who left, came back and left again in another "
        "week counts in both.",
        cells,
        [name_of(week) for week in weeks],
        ENDS,
        total="left",
    )


def _end(needs_it_less: bool | None, was_planned: bool | None) -> str:  # noqa: FBT001 - as two columns hold it
    if needs_it_less:
        return LESS_AS_PLANNED if was_planned else LESS_SOONER
    return OTHER_AS_PLANNED if was_planned else OTHER_SOONER
