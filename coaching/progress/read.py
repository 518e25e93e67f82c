"""What answers and check-ins come to on the page of progress: worked out once while none of them changes.

It is found by what they are sealed as, without opening one: each sealing is another text, so the same texts are the
same answers of the same person. Of the check-ins, of which there may be hundreds, not even a row is read for it: the
database tells their marks in one text. What another day, zone or wish changes is told with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from accounts.sealing import CannotOpen, mark_of_keys
from coaching.core.intake.again import with_day
from coaching.core.intake.groups import in_groups
from coaching.core.intake.needs import take_snapshot
from coaching.core.loop import LoopDrawing, draw
from coaching.core.progress.chart import Chart, chart_of
from coaching.core.progress.judging import Judged, judge, start_of, step_of
from coaching.core.progress.judging import Step as Beside
from coaching.core.progress.scales import Reading, Scale
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.intake.known import known_at, mark_of_answers
from coaching.kept import Kept, OwnParts
from coaching.models import CheckIn, Intake, Person
from coaching.models.check_in import PastCheckIn
from coaching.plan.knowledge import Knowledge
from coaching.progress.drawing import marks_drawn
from coaching.progress.history import Series, series_of

MOST_ROWS = 52
MOST_NOTES = 12


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One scale in figures. `listed` are the newest readings, newest first, each as it stands beside the start."""

    scale: Scale
    chart: Chart
    marks: str
    judged: Judged
    listed: tuple[tuple[Reading, Beside], ...]
    left_out: int
    apart: bool = False
    """Earlier only two of its questions were answered, and the two are never compared."""


@dataclass(frozen=True)
class ThenAndNow:
    """The loop as it is by the last answers, the one of the first answers showing through."""

    own_drawn_by = ("loop",)
    """All of it follows from what was read."""

    drawing: LoopDrawing


@dataclass(frozen=True, kw_only=True)
class Read:
    scales: tuple[Drawn, ...]
    loop: ThenAndNow | None
    notes: tuple[tuple[date, str], ...]
    """The lines that somebody wrote for themselves, each with its day, the newest first."""

    hides_pain: bool
    may_check_in: bool
    drawn: OwnParts = field(default_factory=OwnParts, compare=False, repr=False)
    """Parts of the page that say what follows from the same."""


_kept: Kept[Read] = Kept()


def read_of(person: Person, known: Knowledge, zone: ZoneInfo, *, hides_pain: bool) -> Read:
    def work() -> Read:
        series = series_of(person, zone, known.scales, hides_pain=hides_pain)
        return Read(
            scales=drawn_of(series),
            loop=loop_then_and_now(person, known),
            notes=_notes(person.all_check_ins),
            hides_pain=hides_pain,
            may_check_in=person.newest_finished is not None,
        )

    told = [mark_of_keys(), person.pk, mark_of_answers(person), str(zone), hides_pain]
    kept = _kept.find(known, [*told, CheckIn.objects.marks_of(person.pk)])
    # By the marks of the rows that are read now: one that came, or was taken back, since they were asked for counts.
    return kept or _kept.of(known, [*told, [row.mark for row in person.all_check_ins]], work)


def _notes(check_ins: Sequence[PastCheckIn]) -> tuple[tuple[date, str], ...]:
    """A wish to die is answered, never read back."""
    told = ((row.day, never_as_a_wish(_note(row))) for row in reversed(check_ins[-MOST_NOTES:]))
    return tuple((on, note) for on, note in told if note)


def _note(row: PastCheckIn) -> str:
    try:
        return row.given.get("note") or ""
    except CannotOpen:
        return ""


def drawn_of(series: Series) -> tuple[Drawn, ...]:
    read = {scale.slug: readings for scale, readings in series.items()}
    drawn = [one for scale, readings in series.items() if (one := _drawn(scale, readings, read))]
    # The whole of the worry scale holds its two first questions too.
    return tuple(one for one in drawn if not (one.scale.slug == "gad2" and read.get("gad7")))


def _drawn(scale: Scale, readings: Sequence[Reading], read: Mapping[str, Sequence[Reading]]) -> Drawn | None:
    chart, judged = chart_of(scale, readings), judge(scale, readings)
    if chart is None or judged is None:
        return None
    start, newest = start_of(readings), readings[: -MOST_ROWS - 1 : -1]
    return Drawn(
        scale=scale,
        chart=chart,
        marks=marks_drawn(chart.marks),
        judged=judged,
        listed=tuple((one, step_of(scale, start, one.total)) for one in newest),
        left_out=len(readings) - len(newest),
        apart=scale.slug == "gad7" and len(read.get("gad2", ())) > len(readings),
    )


def loop_then_and_now(person: Person, known: Knowledge) -> ThenAndNow | None:
    """None where nothing was finished, or no key opens what was."""
    finished = [row for row in person.all_intakes if row.finished_at]
    if not finished:
        return None
    try:
        then = take_snapshot(known_at(person, finished[-1]), known.levels)
        now = take_snapshot(_known_now(person, finished[0]), known.levels)
    except CannotOpen:
        return None
    return ThenAndNow(draw(now, earlier=draw(then)))


def _known_now(person: Person, newest: Intake) -> dict[str, Any]:
    """The last answers to the questions, with what check-ins gave since."""
    told, since = known_at(person, newest), newest.finished_at
    for row in person.all_check_ins:
        if since is None or row.changed_at > since:
            told = with_day(told, in_groups(row.given), is_check_in=True) | _safety(told)
    return told


def _safety(told: Mapping[str, Any]) -> dict[str, Any]:
    """Danger signs are asked by the questions alone; a check-in takes none of them away."""
    return {name: value for name, value in told.items() if name.startswith("signs_") or name == "extra_care"}
