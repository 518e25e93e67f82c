"""Keeping what a person writes in the tools.

Sending an entry again changes nothing. A change is written only over the version it was made
from: of two open tabs the second is told, with its words kept on the page.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from accounts.members.extent import WHOLE, Extent
from accounts.sealing import CannotOpen
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.kinds.flare_plan import FLARE_PLAN
from coaching.core.tools.laid_out import Section, read, title_of
from coaching.core.tools.shapes import OWN, Answers, Kind, Tool
from coaching.intake.known import newest_known
from coaching.models import Person, Practice, ToolEntry
from content.models import Technique

LOOKED_BACK = 60
"""How many of the newest entries are read to add up numbers and to gather a person's own options."""


@dataclass(frozen=True, kw_only=True)
class Saved:
    """`is_clash`: there is already an entry of this id that says something else."""

    entry: ToolEntry
    is_clash: bool = False


@dataclass(frozen=True, kw_only=True)
class FlarePlan:
    """A person's newest flare plan, as Help now shows it."""

    client_id: str
    note: str
    sections: tuple[Section, ...]
    made_at: datetime


@transaction.atomic
def save_new(person: Person, tool: Tool, client_id: str, answers: dict[str, Any], at: datetime) -> Saved:
    draft = ToolEntry(person=person, tool=tool.slug, client_id=client_id, made_at=at, changed_at=at)
    draft.answers = answers
    entry, is_new = ToolEntry.objects.get_or_create(
        person=person,
        client_id=client_id,
        defaults={
            "tool": tool.slug,
            "sealed_answers": draft.sealed_answers,
            "made_at": at,
            "changed_at": at,
        },
    )
    if is_new:
        count_as_practice(entry, tool, at)
    return Saved(entry=entry, is_clash=not is_new and (entry.tool != tool.slug or entry.answers != answers))


def count_as_practice(entry: ToolEntry, tool: Tool, at: datetime) -> None:
    """Filling in a tool is a go at its technique: once when it is made, and once on each later day it is carried on."""
    # Without its technique in the library there is nothing to count it for.
    if tool.is_practice and Technique.objects.filter(slug=tool.technique).exists():
        Practice.objects.get_or_create(
            person=entry.person,
            client_id=_id_of_go(entry, at),
            defaults={"technique_id": tool.technique, "started_at": at},
        )


def forget(entry: ToolEntry) -> None:
    """The entry, and the goes that it counted as."""
    Practice.objects.filter(person=entry.person, client_id=entry.client_id).delete()
    Practice.objects.filter(person=entry.person, client_id__startswith=_stem(entry)).delete()
    entry.delete()


def _id_of_go(entry: ToolEntry, at: datetime) -> str:
    return entry.client_id if at.date() == entry.made_at.date() else f"{_stem(entry)}{at:%Y%m%d}"


def _stem(entry: ToolEntry) -> str:
    """An id of a practice has forty signs at most."""
    return f"{entry.client_id[:31]}~"


@transaction.atomic
def save_change(entry: ToolEntry, seen_version: int, answers: dict[str, Any], at: datetime) -> bool:
    """False when somebody else, or another tab, changed the entry since `seen_version` was shown."""
    entry.answers = answers
    unchanged = ToolEntry.objects.filter(pk=entry.pk, version=seen_version)
    if unchanged.update(sealed_answers=entry.sealed_answers, version=F("version") + 1, changed_at=at):
        entry.refresh_from_db()
        count_as_practice(entry, TOOL[entry.tool], at)
        return True
    entry.refresh_from_db()
    return entry.answers == answers


def newest_answers(person: Person | None, tool: Tool, most: int = LOOKED_BACK) -> list[dict[str, Any]]:
    """What the newest entries of a tool say, newest first."""
    if person is None:
        return []
    return list(_opened(person.tool_entries.of_tool(tool.slug).newest_first()[:most]))


def _opened(entries: Iterable[ToolEntry]) -> Iterator[dict[str, Any]]:
    """One entry that a lost key has closed must not take a whole page away."""
    for entry in entries:
        try:
            yield entry.answers
        except CannotOpen:
            continue


def own_options(tool: Tool, entries: Iterable[Answers]) -> dict[str, tuple[str, ...]]:
    """The options a person added in earlier entries, by question, the newest first and each once."""
    options: dict[str, dict[str, None]] = {ask.id: {} for ask in tool.asks if ask.kind is Kind.TICKS and ask.own}
    for answers in entries:
        for name, codes in options.items():
            codes.update(dict.fromkeys(code for code in answers.get(name, []) if code.startswith(OWN)))
    return {name: tuple(codes) for name, codes in options.items()}


def first_answers(tool: Tool, last: Answers | None, today: date) -> dict[str, Any]:
    """What a new page has filled in: the day, and what is carried on from the last entry."""
    given = {ask.id: today.isoformat() for ask in tool.asks if ask.is_today}
    carried = [ask.id for ask in tool.asks if ask.is_carried]
    return given | {name: last[name] for name in carried if last and name in last}


def matters_of(person: Person | None) -> tuple[str, ...]:
    """The codes of what the person said matters to them."""
    return tuple((newest_known(person) or {}).get("values", []))


def flare_plan_of(person: Person | None) -> FlarePlan | None:
    """The newest flare plan. None also when it cannot be opened: Help now must come up whatever else is wrong."""
    entry = person.tool_entries.of_tool(FLARE_PLAN.slug).newest_first().first() if person else None
    if entry is None:
        return None
    try:
        answers = entry.answers
    except CannotOpen:
        return None
    rest = {name: value for name, value in answers.items() if name != "note"}
    return FlarePlan(
        client_id=entry.client_id,
        note=never_as_a_wish(answers.get("note", "")),
        sections=read(FLARE_PLAN, rest),
        made_at=entry.made_at,
    )


@transaction.atomic
def hand_over_entries(waiting: Person, person: Person) -> None:
    """Give one person's entries to another. The seal names its owner, so each is sealed anew."""
    known = set(person.tool_entries.values_list("client_id", flat=True))
    for entry in waiting.tool_entries.exclude(client_id__in=known):
        answers = entry.answers
        entry.person = person
        entry.answers = answers
        entry.save(update_fields=["person", "sealed_answers"])


def export_of(person: Person, extent: Extent = WHOLE) -> list[dict[str, Any]]:
    """What a person wrote in the tools, for a file of their own."""
    return extent.newest_first(person.tool_entries.newest_first(), export_entry)


def export_entry(entry: ToolEntry) -> dict[str, Any]:
    tool, answers = TOOL.get(entry.tool), entry.answers
    return {
        "tool": entry.tool,
        "name": tool.name if tool else entry.tool,
        "title": title_of(tool, answers, entry.made_at.date()) if tool else "",
        "id": entry.client_id,
        "made_at": entry.made_at.isoformat(),
        "changed_at": entry.changed_at.isoformat(),
        "answers": answers,
    }


def local_day(at: datetime, zone: ZoneInfo) -> date:
    return at.astimezone(zone).date()
