"""How the service does, in figures that name nobody: counted from the rows, made safe, kept as plain values.

Each table stands for itself: `coaching/service/tables.py` says what of it may be printed. Where figures add up (of
those who began, who finished), they are one table, so that nothing is left to subtract. People are counted some
thousand at a time; what is counted so far is of few, and so it is written nowhere before it is whole.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery

from coaching.core.learning.hierarchy import InSteps, at_once
from coaching.core.service.suppression import suppressed, suppressed_line
from coaching.models import (
    Comparison,
    Intake,
    Person,
    Plan,
    Practice,
    ServiceFigures,
    UnwantedEffect,
    WeekReview,
)
from coaching.service.change import Spread, changes_of_those_who_agreed
from coaching.service.endings import count_endings, endings
from coaching.service.some import Some, everybody
from coaching.service.tables import WEEKS, Figures, line_of, name_of, of_weeks, table_of, weeks_before

FINISHED, KEPT, NOT_KEPT, TOLD, NOT_TOLD = "finished", "kept", "not kept", "told of something", "did not"
BEGUN = "began, nothing answered"
PRACTISED, LOOKED_BACK, COMPARED = "practised", "looked back on a week", "began to compare two"

Cells = Counter[tuple[str, str]]
Weeks = Sequence[date]


@dataclass(frozen=True, kw_only=True)
class Sums:
    """People, by row and column of each table. `lately` and `unwanted` have a column for each line."""

    starts: Cells = field(default_factory=Counter)
    plans: Cells = field(default_factory=Counter)
    lately: Cells = field(default_factory=Counter)
    goes: Counter[str] = field(default_factory=Counter)
    endings: Cells = field(default_factory=Counter)
    by_technique: Cells = field(default_factory=Counter)
    unwanted: Cells = field(default_factory=Counter)


def count_service(at: datetime) -> ServiceFigures:
    """All tables, in place of those of before. Safe to run twice."""
    return at_once(steps(at))


def steps(at: datetime) -> InSteps[ServiceFigures]:
    """The same, with a rest after each thousand people; the figures are kept by the last step."""
    weeks, sums = weeks_before(at), Sums()
    for some in everybody():
        for count in COUNTED:
            count(sums, some, weeks)
            yield
    changes = yield from changes_of_those_who_agreed(at)
    tables = [
        _starts(sums, weeks),
        _plans(sums, weeks),
        _lately(sums, weeks),
        endings(sums.endings, weeks),
        _unwanted_by_technique(sums),
        *_unwanted(sums, weeks),
        _changes(changes),
    ]
    row = ServiceFigures.objects.create(made_at=at, tables=[one.plain() for one in tables])
    ServiceFigures.objects.exclude(pk=row.pk).delete()
    return row


# --- Counting ---------------------------------------------------------------------------


def _count_starts(sums: Sums, some: Some, weeks: Weeks) -> None:
    own = Intake.objects.filter(person=OuterRef("pk"))
    begun = (
        of_weeks(some.of(Person.objects, "pk").annotate(begun=Min("intakes__started_at")), "begun", weeks)
        .annotate(is_through=Exists(own.exclude(finished_at=None)))
        .annotate(stopped=Subquery(own.filter(finished_at=None).values("reached")[:1]))
    )
    for at, is_through, stopped in begun.values_list("begun", "is_through", "stopped"):
        week = name_of(at.date() - timedelta(days=at.weekday()))
        sums.starts[week, FINISHED if is_through else stopped or BEGUN] += 1


def _count_plans(sums: Sums, some: Some, weeks: Weeks) -> None:
    made = of_weeks(some.of(Plan.objects), "made_at", weeks)
    people, has_kept = Count("person", distinct=True), Q(kept_at__isnull=False)
    weekly = made.values("monday").annotate(made=people, kept=Count("person", distinct=True, filter=has_kept))
    for row in weekly.order_by("monday"):
        week = name_of(row["monday"].date())
        sums.plans[week, KEPT] += row["kept"]
        sums.plans[week, NOT_KEPT] += row["made"] - row["kept"]


def _count_lately(sums: Sums, some: Some, weeks: Weeks) -> None:
    for name, rows in {
        LOOKED_BACK: _weekly(some.of(WeekReview.objects, "week__person"), "at", weeks, "week__person"),
        COMPARED: _weekly(some.of(Comparison.objects), "begun_at", weeks),
        PRACTISED: _weekly(some.of(Practice.objects), "started_at", weeks).annotate(goes=Count("pk")),
    }.items():
        for row in rows.order_by("monday"):
            week = name_of(row["monday"].date())
            sums.lately[week, name] += row["people"]
            sums.goes[week] += row.get("goes", 0)


def _weekly(rows: Any, when: str, weeks: Weeks, person: str = "person") -> Any:
    """How many people a week."""
    return of_weeks(rows, when, weeks).values("monday").annotate(people=Count(person, distinct=True))


def _count_endings(sums: Sums, some: Some, weeks: Weeks) -> None:
    count_endings(sums.endings, some, weeks)


def _count_by_technique(sums: Sums, some: Some, weeks: Weeks) -> None:
    """Of those who practised a technique: who told of something unwanted with it."""
    practices = of_weeks(some.of(Practice.objects), "started_at", weeks)
    by_technique = practices.order_by().values_list("technique_id").annotate(people=Count("person", distinct=True))
    practised = dict(by_technique)
    told = _people_by(_unwanted_of(some, weeks).exclude(technique=None), "technique_id")
    for technique in {*practised, *told}:
        has_told = told.get(technique, set())
        # Few told of something, so those alone are looked for among the many who practised.
        theirs = practices.filter(technique=technique, person__in=has_told) if has_told else practices.none()
        sums.by_technique[technique, TOLD] += len(has_told)
        others = practised.get(technique, 0) - theirs.values("person").distinct().count()
        sums.by_technique[technique, NOT_TOLD] += others


def _count_unwanted(sums: Sums, some: Some, weeks: Weeks) -> None:
    for row in _weekly(some.of(UnwantedEffect.objects), "noticed_at", weeks).order_by("monday"):
        sums.unwanted[name_of(row["monday"].date()), "week"] += row["people"]
    for column in ("version", "kind"):
        for value, people in _people_by(_unwanted_of(some, weeks), column).items():
            sums.unwanted[value, column] += len(people)


def _unwanted_of(some: Some, weeks: Weeks) -> Any:
    return of_weeks(some.of(UnwantedEffect.objects), "noticed_at", weeks)


def _people_by(rows: Any, column: str) -> dict[str, set[str]]:
    people: dict[str, set[str]] = {}
    for value, person in rows.values_list(column, "person_id").distinct():
        people.setdefault(value, set()).add(person)
    return people


COUNTED: tuple[Callable[[Sums, Some, Weeks], None], ...] = (
    _count_starts,
    _count_plans,
    _count_lately,
    _count_endings,
    _count_by_technique,
    _count_unwanted,
)

# --- Tables -----------------------------------------------------------------------------


def _starts(sums: Sums, weeks: Weeks) -> Figures:
    """Of those who began in a week: who finished the questions since, or what they last answered."""
    ends = [FINISHED, *sorted({column for _row, column in sums.starts} - {FINISHED})]
    return table_of(
        "starts",
        "Starts, and where people stop",
        "People by the week in which they began, and how far they came: all the questions, or the last one answered.",
        sums.starts,
        [name_of(week) for week in weeks],
        ends,
        total="began",
    )


def _plans(sums: Sums, weeks: Weeks) -> Figures:
    return table_of(
        "plans",
        "Plans kept",
        "People by the week in which a plan was made, and whether they kept it.",
        sums.plans,
        [name_of(week) for week in weeks],
        [KEPT, NOT_KEPT],
        total="made",
    )


def _column(cells: Cells, column: str) -> dict[str, int]:
    return {row: people for (row, its_column), people in cells.items() if its_column == column}


def _lately(sums: Sums, weeks: Weeks) -> Figures:
    """People a week who did something. None of these is a part of another, so there is nothing to subtract."""
    names = [name_of(week) for week in weeks]
    columns = (PRACTISED, LOOKED_BACK, COMPARED)
    lines = {name: suppressed_line(_column(sums.lately, name), names) for name in columns}
    shown = {week: sums.goes[week] if lines[PRACTISED][week] is not None else None for week in names}
    return Figures(
        slug="weeks",
        title="People a week",
        says="People who did it at least once in that week. Practices are counted where ten people or more did any.",
        columns=(*lines, "practices"),
        rows=tuple((week, (*(line[week] for line in lines.values()), shown[week])) for week in names),
    )


def _unwanted_by_technique(sums: Sums) -> Figures:
    rows = []
    for technique in sorted({row for row, _column in sums.by_technique}):
        cells = {(technique, column): sums.by_technique[technique, column] for column in (TOLD, NOT_TOLD)}
        table = suppressed(cells, [technique], [TOLD, NOT_TOLD])
        rows.append((technique, (*table.line(technique), table.row_totals[technique])))
    return Figures(
        slug="unwanted-by-technique",
        title="Unwanted effects, by technique",
        says=f"People who practised it in the last {WEEKS} weeks, and how many of them told of something unwanted.",
        columns=(TOLD, NOT_TOLD, "practised"),
        rows=tuple(rows),
    )


def _unwanted(sums: Sums, weeks: Weeks) -> Iterator[Figures]:
    by_week, by_version, by_kind = (_column(sums.unwanted, name) for name in ("week", "version", "kind"))
    yield line_of(
        "unwanted-by-week",
        "Unwanted effects, by week",
        "People who told of something unwanted in that week.",
        by_week,
        [name_of(week) for week in weeks],
    )
    says = "People who told of something unwanted while that version of the rules was in force."
    title = "Unwanted effects, by version of the rules"
    yield line_of("unwanted-by-version", title, says, by_version, sorted(by_version))
    says = "People who told of something of that kind. Who told of two kinds counts with each."
    yield line_of("unwanted-by-kind", "Unwanted effects, by kind", says, by_kind, sorted(by_kind))


def _changes(spreads: Sequence[Spread]) -> Figures:
    return Figures(
        slug="change",
        title="Change from first to last reading",
        says=(
            "Of people who agreed that their ratings may be counted, with two readings four weeks apart or more. Of "
            "very many people, 10,000 are drawn evenly. "
            "Above 0 is for the better. Nothing here says what a change is due to. Fewer than 20 people are not shown."
        ),
        columns=("people", "a quarter below", "in the middle", "a quarter above"),
        rows=tuple((one.scale, (one.people, one.lower, one.middle, one.upper)) for one in spreads),
    )
