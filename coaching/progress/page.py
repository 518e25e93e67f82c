"""The page of progress: each scale as a picture, words and a table; the loop then and now; what was managed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.sealing import CannotOpen
from coaching.core.intake.again import with_day
from coaching.core.intake.groups import in_groups
from coaching.core.intake.needs import take_snapshot
from coaching.core.loop import LoopDrawing, draw
from coaching.core.progress.chart import Chart, chart_of
from coaching.core.progress.judging import Step, judge, start_of, step_of
from coaching.core.progress.scales import Reading, Scale
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.intake.known import known_at
from coaching.models import CheckIn, Intake, Person
from coaching.plan.knowledge import Knowledge
from coaching.progress.history import Series
from coaching.progress.words import anyway_of, name_of, step_words, way_of, words_of

MOST_ROWS = 52
MOST_NOTES = 12
LATELY = timedelta(days=28)
AS_PLANNED = 2
"""Of what was managed with a move: what was planned, or more than that."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A line of the table beneath a picture."""

    on: date
    day: str
    shown: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One scale, as it is shown. `rows` are the newest first; `left_out` is how many older ones are not listed."""

    slug: str
    name: str
    top: int
    way: str
    words: str
    direction: str
    anyway: str
    lines: str
    chart: Chart
    rows: tuple[Row, ...]
    left_out: int
    apart: bool = False
    """Earlier only two of its questions were answered, and the two are never compared."""


@dataclass(frozen=True, kw_only=True)
class Managed:
    """What was done in the last four weeks. `goes` are names and how often, the most frequent first."""

    days: int
    goes: tuple[tuple[str, int], ...]
    as_planned: int


def measures_of(series: Series) -> tuple[Measure, ...]:
    read = {scale.slug: readings for scale, readings in series.items()}
    made = (_measure(scale, readings, read) for scale, readings in series.items())
    measures = [one for one in made if one is not None]
    # The whole of the worry scale holds its two first questions too.
    return tuple(one for one in measures if not (one.slug == "gad2" and read.get("gad7")))


def _measure(scale: Scale, readings: Sequence[Reading], read: Mapping[str, Sequence[Reading]]) -> Measure | None:
    chart, judged = chart_of(scale, readings), judge(scale, readings)
    if chart is None or judged is None:
        return None
    rows = tuple(_row(scale, start_of(readings), one) for one in reversed(readings[-MOST_ROWS:]))
    return Measure(
        slug=scale.slug,
        name=name_of(scale),
        top=scale.top,
        way=way_of(scale),
        words=words_of(scale, judged),
        direction=judged.direction.value,
        anyway=anyway_of(scale),
        lines=step_words(scale),
        chart=chart,
        rows=rows,
        left_out=len(readings) - len(rows),
        apart=scale.slug == "gad7" and len(read.get("gad2", ())) > len(readings),
    )


@lru_cache(maxsize=1024)
def day_in_words(on: date, language: str | None) -> str:
    """In `language`, which is that of the page: each scale has most of its days in common with the others."""
    return date_format(on, "j M Y")


def _row(scale: Scale, start: float, reading: Reading) -> Row:
    said = {
        Step.WITHIN: _("within what matters"),
        Step.BETTER: _("better than the start by what matters"),
        Step.WORSE: _("worse than the start by what matters"),
    }[step_of(scale, start, reading.total)]
    return Row(
        on=reading.on, day=day_in_words(reading.on, get_language()), shown=scale.shown(reading.total), words=said
    )


def loop_then_and_now(person: Person, knowledge: Knowledge) -> LoopDrawing | None:
    """The loop as it is by the last answers, the one of the first answers showing through."""
    finished = [row for row in person.all_intakes if row.finished_at]
    if not finished:
        return None
    try:
        then = take_snapshot(known_at(person, finished[-1]), knowledge.levels)
        now = take_snapshot(_known_now(person, finished[0]), knowledge.levels)
    except CannotOpen:
        return None
    return draw(now, earlier=draw(then))


def _known_now(person: Person, newest: Intake) -> dict[str, Any]:
    """The last answers to the questions, with what check-ins gave since."""
    known, since = known_at(person, newest), newest.finished_at
    for row in person.all_check_ins:
        if since is None or row.changed_at > since:
            known = with_day(known, in_groups(row.given), is_check_in=True) | _safety(known)
    return known


def _safety(known: Mapping[str, Any]) -> dict[str, Any]:
    """Danger signs are asked by the questions alone; a check-in takes none of them away."""
    return {name: value for name, value in known.items() if name.startswith("signs_") or name == "extra_care"}


def managed_of(person: Person, knowledge: Knowledge, *, at: datetime, zone: ZoneInfo) -> Managed:
    lately = [one for one in person.newest_practices if at - LATELY <= one.started_at <= at]
    names = knowledge.options.by_slug
    counts = Counter(names[one.technique_id].name for one in lately if one.technique_id in names)
    return Managed(
        days=len({one.started_at.astimezone(zone).date() for one in lately}),
        goes=tuple(counts.most_common()),
        as_planned=sum(1 for one in lately if (one.managed or 0) >= AS_PLANNED),
    )


def notes_of(person: Person) -> list[tuple[date, str]]:
    """The lines that somebody wrote for themselves, the newest first. A wish to die is answered, never read back."""
    told = [(row.day, never_as_a_wish(_note(row))) for row in reversed(person.all_check_ins[-MOST_NOTES:])]
    return [(on, note) for on, note in told if note]


def _note(row: CheckIn) -> str:
    try:
        return row.given.get("note") or ""
    except CannotOpen:
        return ""
