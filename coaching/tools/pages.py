"""What the pages of a tool show: its questions as parts of a form, an entry laid out to read, and its list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.forms import BoundField

from accounts.sealing import CannotOpen
from coaching.core.tools.climb import Climb, climb_of
from coaching.core.tools.crisis_words import asks_for_care
from coaching.core.tools.kinds.catalogue import TOOL, shelves
from coaching.core.tools.laid_out import Section, read, title_of
from coaching.core.tools.pacing_plan import PacingPlan, plan_of
from coaching.core.tools.replying.replies import overview_of, replies_to
from coaching.core.tools.shapes import Answers, Ask, Depth, Group, Part, Reply, Rows, Tool
from coaching.core.tools.sleep_numbers import Night, clock_of, length_of, nights_of
from coaching.core.tools.sleep_picture import Picture, picture_of
from coaching.models import Person, ToolEntry
from coaching.plan.knowledge import Source, knowledge
from coaching.plan.results import Bar, bars_of
from coaching.tools.entries import local_day
from coaching.tools.forms import ToolForm, name_of, own_name
from content.core.vocabulary import Grade

NOTHING = "–"

# --- the form -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Question:
    field: BoundField
    own: BoundField | None = None
    is_list: bool = False


@dataclass(frozen=True, kw_only=True)
class LineFields:
    """One line of a list: its own number on the page, the key that stays with it, its questions."""

    number: int
    place: int
    key: int | None
    first: tuple[BoundField, ...]
    later: tuple[BoundField, ...]
    is_later_open: bool


@dataclass(frozen=True, kw_only=True)
class LineList:
    """`next_id` is the field where a keyboard goes on once another line is there."""

    rows: Rows
    lines: tuple[LineFields, ...]
    may_grow: bool
    next_id: str
    is_list: bool = True


@dataclass(frozen=True, kw_only=True)
class PartFields:
    part: Part
    is_folded: bool
    is_open: bool
    items: tuple[Question | LineList, ...]


def parts_of(form: ToolForm, *, opens: frozenset[Depth]) -> tuple[PartFields, ...]:
    """The parts of the form. A part that is folded is open when asked for, filled in or in error."""
    return tuple(_part(form, part, opens) for part in form.tool.parts)


def _part(form: ToolForm, part: Part, opens: frozenset[Depth]) -> PartFields:
    items = tuple(_list(form, item) if isinstance(item, Rows) else _question(form, item) for item in part.items)
    is_open = part.depth in opens or any(_is_filled(form, item) for item in part.items)
    return PartFields(part=part, is_folded=part.depth is not Depth.FIRST, is_open=is_open, items=items)


def _question(form: ToolForm, ask: Ask) -> Question:
    return Question(field=form[ask.id], own=form[own_name(ask)] if ask.own else None)


def _list(form: ToolForm, rows: Rows) -> LineList:
    keys = form.keys(rows)
    lines = tuple(_line(form, rows, number, keys[number]) for number in range(form.lines[rows.id]))
    next_id = f"id_{name_of(rows, len(lines), rows.asks[0])}"
    return LineList(rows=rows, lines=lines, may_grow=len(lines) < rows.most, next_id=next_id)


def _line(form: ToolForm, rows: Rows, number: int, key: int) -> LineFields:
    later = tuple(form[name_of(rows, number, ask)] for ask in rows.later_asks)
    return LineFields(
        number=number,
        place=number + 1,
        key=key if rows.keyed else None,
        first=tuple(form[name_of(rows, number, ask)] for ask in rows.first_asks),
        later=later,
        is_later_open=any(field.value() or field.errors for field in later),
    )


def _is_filled(form: ToolForm, item: Ask | Rows) -> bool:
    if isinstance(item, Rows):
        return bool(form.given.get(item.id))
    field = form[item.id]
    # 0 is an answer, and equals False.
    return bool(field.errors) or str(field.value()) not in ("None", "", "[]", "False")


# --- an entry -------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class EntryLine:
    """An entry as a list names it. `is_waiting`: there is a part to come back to."""

    client_id: str
    title: str
    made_on: date
    is_waiting: bool = False


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    entry: ToolEntry
    tool: Tool
    title: str
    made_on: date
    changed_on: date
    sections: tuple[Section, ...]
    replies: tuple[Reply, ...]
    needs_care: bool
    later: Part | None
    plan: PacingPlan | None
    climb: Climb | None


def entry_page(entry: ToolEntry, *, zone: ZoneInfo, matters: tuple[str, ...] = ()) -> EntryPage:
    tool, answers = TOOL[entry.tool], entry.answers
    made_on = local_day(entry.made_at, zone)
    needs_care = asks_for_care(answers)
    return EntryPage(
        entry=entry,
        tool=tool,
        title=title_of(tool, answers, made_on),
        made_on=made_on,
        changed_on=local_day(entry.changed_at, zone),
        sections=read(tool, answers),
        # No rule answers such words: what answers them is a person.
        replies=() if needs_care else tuple(replies_to(tool, answers, matters)),
        needs_care=needs_care,
        later=part_to_come(tool, answers),
        plan=plan_of(answers) if tool.slug == "pacing-planner" else None,
        climb=climb_of(answers) if tool.slug == "ladder" else None,
    )


def part_to_come(tool: Tool, answers: Answers) -> Part | None:
    """The part to be filled in after the event, while nothing of it is."""
    for part in tool.parts:
        if part.depth is Depth.LATER and not any(item.id in answers for item in part.items):
            return part
    return None


def entry_lines(entries: Sequence[ToolEntry], zone: ZoneInfo) -> list[EntryLine]:
    return [_entry_line(entry, zone) for entry in entries]


def _entry_line(entry: ToolEntry, zone: ZoneInfo) -> EntryLine:
    tool, made_on = TOOL[entry.tool], local_day(entry.made_at, zone)
    try:
        answers = entry.answers
    except CannotOpen:
        # One row that a lost key has closed must not take the whole list away.
        return EntryLine(client_id=entry.client_id, title="This one cannot be opened", made_on=made_on)
    return EntryLine(
        client_id=entry.client_id,
        title=title_of(tool, answers, made_on),
        made_on=made_on,
        is_waiting=part_to_come(tool, answers) is not None,
    )


# --- a tool, and all of them ----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class ToolFace:
    """How sure the science is, how much is kept of this tool already, and whether it may not be begun now."""

    tool: Tool
    grade_words: str
    bars: tuple[Bar, ...]
    sources: tuple[Source, ...] = ()
    count: int = 0
    is_shut: bool = False


@dataclass(frozen=True, kw_only=True)
class NightRow:
    """A night in the table under the drawing, newest first; "–" where nothing was noted."""

    on: date
    up: str
    goal: str
    sleep: str
    slept: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    """What the entries add up to; the sleep diary has a drawing as well."""

    replies: tuple[Reply, ...]
    night_rows: tuple[NightRow, ...] = ()
    picture: Picture | None = None


def face_of(tool: Tool) -> ToolFace:
    known = knowledge().sources
    return ToolFace(
        tool=tool,
        grade_words=_grade_words(tool),
        bars=bars_of(tool.grade),
        sources=tuple(known[key] for key in tool.sources if key in known),
    )


def faces(person: Person | None, shut: frozenset[str]) -> list[tuple[Group, list[ToolFace]]]:
    counts = person.tool_entries.counts() if person else {}
    return [(group, [_face(tool, counts, shut) for tool in tools]) for group, tools in shelves()]


def _face(tool: Tool, counts: Mapping[str, int], shut: frozenset[str]) -> ToolFace:
    return ToolFace(
        tool=tool,
        grade_words=_grade_words(tool),
        bars=bars_of(tool.grade),
        count=counts.get(tool.slug, 0),
        is_shut=tool.slug in shut,
    )


def overview(tool: Tool, entries: Sequence[Answers]) -> Overview:
    replies = tuple(overview_of(tool, entries))
    if tool.slug != "sleep-diary":
        return Overview(replies=replies)
    nights = nights_of(entries)
    rows = tuple(_night_row(night) for night in reversed(nights.nights))
    return Overview(replies=replies, night_rows=rows, picture=picture_of(nights))


def _night_row(night: Night) -> NightRow:
    return NightRow(
        on=night.on,
        up=NOTHING if night.up is None else clock_of(night.up),
        goal=NOTHING if night.goal is None else clock_of(night.goal),
        sleep=NOTHING if night.sleep is None else str(night.sleep),
        slept=NOTHING if night.slept is None else length_of(night.slept),
    )


def _grade_words(tool: Tool) -> str:
    if tool.grade is None:
        return "Not tested by itself"
    return Grade(tool.grade).label
