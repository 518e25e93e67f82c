"""What a check-in asks of somebody today, and from when on it is offered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from coaching.core.intake.questionnaires import ITEM
from coaching.core.progress.asking import OFFERED_EVERY, is_to_be_offered, may_be_asked, offered_from
from coaching.core.progress.scales import GAD2_ITEMS, OWN_ITEMS, PAINFUL, Scale
from coaching.core.questions.items import Item, Kind, tenths
from coaching.models import Person
from coaching.people.preferences import UTC
from coaching.plan.knowledge import knowledge
from coaching.progress.history import Day, days_of, series_of

LONGEST_NOTE = 300
WORRY = frozenset({"gad2", "gad7"})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`items` in their order; `more` are the five further questions on worry, which open on a wish."""

    items: tuple[Item, ...]
    more: tuple[Item, ...] = ()
    given: dict[str, Any]
    """What was given today already, to be put right."""


def own_items() -> tuple[Item, ...]:
    """Our own two questions, validated by nobody. They are no copy of any scale. The form says them in the language of
    the page, as it does those of the intake."""
    return (
        tenths(
            "function",
            "This past week, how much could you do of what matters to you?",
            "Nothing of it",
            "All that I wanted",
        ),
        tenths(
            "confidence",
            "How sure are you that you can handle the coming week?",
            "Not at all sure",
            "Quite sure",
        ),
    )


def note_item() -> Item:
    return Item(
        id="note",
        kind=Kind.TEXT,
        question="One line for yourself, if you like",
        help="Nobody else reads it.",
        longest=LONGEST_NOTE,
    )


def asked_of(person: Person, today: date, zone: ZoneInfo, *, hides_pain: bool) -> Asked:
    days = days_of(person, zone)
    due = [scale for scale in knowledge().scales if _is_due(scale, days, today, hides_pain=hides_pain)]
    names = [name for scale in due if scale.slug not in WORRY for name in scale.items if name not in OWN_ITEMS]
    worry = next((scale.items for scale in due if scale.slug == "gad7"), ())
    opens = _had_all_seven(days)
    first = worry if opens else tuple(name for name in worry if name in GAD2_ITEMS)
    return Asked(
        items=(*own_items(), *(ITEM[name] for name in (*names, *first)), note_item()),
        more=() if opens else tuple(ITEM[name] for name in worry if name not in GAD2_ITEMS),
        given=next((row.answers for row in reversed(person.all_check_ins) if row.day == today), {}),
    )


def _is_due(scale: Scale, days: Sequence[Day], today: date, *, hides_pain: bool) -> bool:
    if scale.slug in PAINFUL and hides_pain:
        return False
    given = [on for on, answers in days if any(answers.get(name) is not None for name in scale.items)]
    return may_be_asked(scale, given, today)


def _had_all_seven(days: Sequence[Day]) -> bool:
    """Whether the whole of it was given when it was given last, so that the two can be compared."""
    last = next((answers for _on, answers in reversed(days) if answers.get("gad_1") is not None), {})
    return last.get("gad_7") is not None


def offer_from(person: Person) -> date | None:
    """The day from which one is offered unasked: a week after the last, later once all readings are steady."""
    last = max((row.day for row in person.all_check_ins), default=None)
    return offered_from(series_of(person, UTC, knowledge().scales), last)


def is_offered(person: Person | None, at: datetime, zone: ZoneInfo, scales: Iterable[Scale]) -> bool:
    """Whether Today speaks of a check-in; it asks the database nothing."""
    finished = person.newest_finished if person else None
    if person is None or finished is None:
        return False
    today, begun = at.astimezone(zone).date(), (finished.finished_at or finished.changed_at).astimezone(zone).date()
    offered = person.check_in_from or begun + timedelta(days=OFFERED_EVERY)
    longest = max((scale.steady_every for scale in scales), default=OFFERED_EVERY)
    return is_to_be_offered(offered, today, longest)
