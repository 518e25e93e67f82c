"""How the service does, in figures that name nobody: counted from the rows, made safe, kept as plain values.

Each table stands for itself: `coaching/service/tables.py` says what of it may be printed. Where figures add up (of
those who began, who finished), they are one table, so that nothing is left to subtract.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery

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
from coaching.service.change import changes_of_those_who_agreed
from coaching.service.endings import endings
from coaching.service.tables import WEEKS, Figures, line_of, name_of, of_weeks, table_of, weeks_before, within

FINISHED, KEPT, NOT_KEPT, TOLD, NOT_TOLD = "finished", "kept", "not kept", "told of something", "did not"
BEGUN = "began, nothing answered"


def count_service(at: datetime) -> ServiceFigures:
    """All tables, in place of those of before. Safe to run twice."""
    weeks = weeks_before(at)
    tables = [
        _starts(weeks),
        _plans(weeks),
        _lately(weeks),
        endings(weeks),
        _unwanted_by_technique(weeks),
        _unwanted_by_week(weeks),
        _unwanted_by_version(weeks),
        _unwanted_by_kind(weeks),
        _changes(at),
    ]
    row = ServiceFigures.objects.create(made_at=at, tables=[one.plain() for one in tables])
    ServiceFigures.objects.exclude(pk=row.pk).delete()
    return row


def _by_week(rows: Any, field: str, weeks: Sequence[date], people: str = "person") -> dict[str, int]:
    """How many people a week."""
    weekly = (
        of_weeks(rows, field, weeks).values("monday").annotate(people=Count(people, distinct=True)).order_by("monday")
    )
    return {name_of(row["monday"].date()): row["people"] for row in weekly}


def _starts(weeks: Sequence[date]) -> Figures:
    """Of those who began in a week: who finished the questions since, or what they last answered."""
    first, end = within(weeks)
    own = Intake.objects.filter(person=OuterRef("pk"))
    begun = (
        Person.objects.annotate(begun=Min("intakes__started_at"))
        .filter(begun__date__gte=first, begun__date__lt=end)
        .annotate(is_through=Exists(own.exclude(finished_at=None)))
        .annotate(stopped=Subquery(own.filter(finished_at=None).values("reached")[:1]))
    )
    cells: Counter[tuple[str, str]] = Counter()
    for at, is_through, stopped in begun.values_list("begun", "is_through", "stopped").iterator():
        week = name_of(at.date() - timedelta(days=at.weekday()))
        cells[week, FINISHED if is_through else stopped or BEGUN] += 1
    ends = [FINISHED, *sorted({column for _row, column in cells} - {FINISHED})]
    return table_of(
        "starts",
        "Starts, and where people stop",
        "People by the week in which they began, and how far they came: all the questions, or the last one answered.",
        cells,
        [name_of(week) for week in weeks],
        ends,
        total="began",
    )


def _plans(weeks: Sequence[date]) -> Figures:
    made = of_weeks(Plan.objects.all(), "made_at", weeks)
    people, has_kept = Count("person", distinct=True), Q(kept_at__isnull=False)
    weekly = made.values("monday").annotate(made=people, kept=Count("person", distinct=True, filter=has_kept))
    cells: Counter[tuple[str, str]] = Counter()
    for row in weekly.order_by("monday"):
        week = name_of(row["monday"].date())
        cells[week, KEPT], cells[week, NOT_KEPT] = row["kept"], row["made"] - row["kept"]
    return table_of(
        "plans",
        "Plans kept",
        "People by the week in which a plan was made, and whether they kept it.",
        cells,
        [name_of(week) for week in weeks],
        [KEPT, NOT_KEPT],
        total="made",
    )


def _lately(weeks: Sequence[date]) -> Figures:
    """People a week who did something. None of these is a part of another, so there is nothing to subtract."""
    names = [name_of(week) for week in weeks]
    counted = {
        "practised": _by_week(Practice.objects.all(), "started_at", weeks),
        "looked back on a week": _by_week(WeekReview.objects.all(), "at", weeks, people="week__person"),
        "began to compare two": _by_week(Comparison.objects.all(), "begun_at", weeks),
    }
    lines = {name: suppressed_line(counts, names) for name, counts in counted.items()}
    goes = of_weeks(Practice.objects.all(), "started_at", weeks).values("monday").annotate(goes=Count("pk"))
    practices = {name_of(row["monday"].date()): row["goes"] for row in goes}
    shown = {week: practices.get(week, 0) if lines["practised"][week] is not None else None for week in names}
    return Figures(
        slug="weeks",
        title="People a week",
        says="People who did it at least once in that week. Practices are counted where ten people or more did any.",
        columns=(*lines, "practices"),
        rows=tuple((week, (*(line[week] for line in lines.values()), shown[week])) for week in names),
    )


def _unwanted(weeks: Sequence[date]) -> Any:
    return of_weeks(UnwantedEffect.objects.all(), "noticed_at", weeks)


def _unwanted_by_technique(weeks: Sequence[date]) -> Figures:
    """Of those who practised a technique: who told of something unwanted with it."""
    practices = of_weeks(Practice.objects.all(), "started_at", weeks)
    by_technique = practices.order_by().values_list("technique_id").annotate(people=Count("person", distinct=True))
    practised = dict(by_technique)
    told = _people_by(_unwanted(weeks).exclude(technique=None), "technique_id")
    rows = []
    for technique in sorted({*practised, *told}):
        has_told = told.get(technique, set())
        # Few told of something, so those alone are looked for among the many who practised.
        theirs = practices.filter(technique=technique, person__in=has_told) if has_told else practices.none()
        others = practised.get(technique, 0) - theirs.values("person").distinct().count()
        cells = {(technique, TOLD): len(has_told), (technique, NOT_TOLD): others}
        table = suppressed(cells, [technique], [TOLD, NOT_TOLD])
        rows.append((technique, (*table.line(technique), table.row_totals[technique])))
    return Figures(
        slug="unwanted-by-technique",
        title="Unwanted effects, by technique",
        says=f"People who practised it in the last {WEEKS} weeks, and how many of them told of something unwanted.",
        columns=(TOLD, NOT_TOLD, "practised"),
        rows=tuple(rows),
    )


def _people_by(rows: Any, field: str) -> dict[str, set[str]]:
    people: dict[str, set[str]] = {}
    for value, person in rows.values_list(field, "person_id").distinct():
        people.setdefault(value, set()).add(person)
    return people


def _unwanted_by_week(weeks: Sequence[date]) -> Figures:
    return line_of(
        "unwanted-by-week",
        "Unwanted effects, by week",
        "People who told of something unwanted in that week.",
        _by_week(UnwantedEffect.objects.all(), "noticed_at", weeks),
        [name_of(week) for week in weeks],
    )


def _unwanted_by_version(weeks: Sequence[date]) -> Figures:
    counts = {version: len(people) for version, people in _people_by(_unwanted(weeks), "version").items()}
    says = "People who told of something unwanted while that version of the rules was in force."
    return line_of("unwanted-by-version", "Unwanted effects, by version of the rules", says, counts, sorted(counts))


def _unwanted_by_kind(weeks: Sequence[date]) -> Figures:
    counts = {kind: len(people) for kind, people in _people_by(_unwanted(weeks), "kind").items()}
    says = "People who told of something of that kind. Who told of two kinds counts with each."
    return line_of("unwanted-by-kind", "Unwanted effects, by kind", says, counts, sorted(counts))


def _changes(at: datetime) -> Figures:
    return Figures(
        slug="change",
        title="Change from first to last reading",
        says=(
            "Of people who agreed that their ratings may be counted, with two readings four weeks apart or more. Of "
            "very many people, 10,000 are drawn evenly. "
            "Above 0 is for the better. Nothing here says what a change is due to. Fewer than 20 people are not shown."
        ),
        columns=("people", "a quarter below", "in the middle", "a quarter above"),
        rows=tuple(
            (one.scale, (one.people, one.lower, one.middle, one.upper)) for one in changes_of_those_who_agreed(at)
        ),
    )
