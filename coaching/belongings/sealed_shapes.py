"""What may stand in the columns whose inside the database does not check: seals, and plain values as JSON.

Each check takes a value and says what is wrong with it, or nothing. They are as strict as the forms through which such
words come otherwise, so that no file can put into an account what no page would have let in.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coaching.core.intake.answers import AnswerError, clean, clean_item
from coaching.core.intake.questionnaires import ITEM
from coaching.core.practice.rung import Since
from coaching.core.questions.items import Item
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.shapes import LONGEST_LINE, LONGEST_TEXT, OWN, Ask, Kind, Rows
from content.core.week_facts import IN_THE_WAY

Fault = str
FINE: Fault = ""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SLUG = re.compile(r"[-a-z0-9_]{1,60}")
MARKS = ("extra_care", "asked_directly")
MOST_ROWS = 200
MOST_RUNGS = 50
NOT_AN_ANSWER = gettext_noop("this is no answer to that question")
NO_TEXT = gettext_noop("this is no text, or too long")
NO_ZONE = gettext_noop("there is no such time zone")


def is_text(value: object, longest: int = LONGEST_TEXT) -> bool:
    return isinstance(value, str) and len(value) <= longest and not CONTROL.search(value)


def texts_of(*names: str) -> Callable[[Any], Fault]:
    """A few texts by their names, such as those of the plan for a bad time."""

    def check(value: Any) -> Fault:
        if not isinstance(value, dict) or not set(value) <= set(names):
            return _(NO_TEXT)
        return FINE if all(is_text(words) for words in value.values()) else _(NO_TEXT)

    return check


def one_line(value: Any) -> Fault:
    return FINE if is_text(value, LONGEST_LINE) else _(NO_TEXT)


# --- Answers ----------------------------------------------------------------------------


def answers(known_signs: Collection[str]) -> Callable[[Any], Fault]:
    """Answers to the questions. None stands for an answer that was taken back. What is never kept is refused too."""

    def check(value: Any) -> Fault:
        if not isinstance(value, dict):
            return _(NOT_AN_ANSWER)
        wrong = next((name for name, given in value.items() if not _is_answer(name, given, known_signs)), "")
        return f"{wrong[:40]}: {_(NOT_AN_ANSWER)}" if wrong else FINE

    return check


def _is_answer(name: str, given: Any, known_signs: Collection[str]) -> bool:
    if name in MARKS:
        return given is True or given is None
    if name not in ITEM or name == "self_harm":
        return False
    try:
        return given is None or clean(name, given, known_signs) == given
    except AnswerError:
        return False


def check_in_answers(own: Iterable[Item]) -> Callable[[Any], Fault]:
    """`own`: the questions that a check-in has beside the scales."""
    items = {item.id: item for item in own}

    def is_answer(name: str, given: Any) -> bool:
        try:
            return clean_item(items[name], given) == given if name in items else _is_answer(name, given, ())
        except AnswerError:
            return False

    def check(value: Any) -> Fault:
        if not isinstance(value, dict):
            return _(NOT_AN_ANSWER)
        wrong = next((name for name, given in value.items() if not is_answer(name, given)), "")
        return f"{wrong[:40]}: {_(NOT_AN_ANSWER)}" if wrong else FINE

    return check


# --- Tools ------------------------------------------------------------------------------


def tool_answers(tool: str, value: Any) -> Fault:
    known = TOOL.get(tool)
    if known is None:
        return _("there is no such tool")
    asked = {item.id: item for item in known.items}
    if not isinstance(value, dict) or not set(value) <= set(asked):
        return _(NOT_AN_ANSWER)
    wrong = next((name for name, given in value.items() if not _fits(asked[name], given)), "")
    return f"{wrong}: {_(NOT_AN_ANSWER)}" if wrong else FINE


def _fits(item: Ask | Rows, given: Any) -> bool:
    if isinstance(item, Ask):
        return _FITS[item.kind](item, given)
    asked = {ask.id: ask for ask in item.asks}
    return isinstance(given, list) and len(given) <= MOST_ROWS and all(_is_row(asked, row) for row in given)


def _is_row(asked: Mapping[str, Ask], row: Any) -> bool:
    if not isinstance(row, dict) or not set(row) <= {"key", *asked}:
        return False
    has_key = "key" not in row or (type(row["key"]) is int and 0 < row["key"] <= 10**6)
    return has_key and all(_fits(asked[name], given) for name, given in row.items() if name != "key")


def _number(ask: Ask, given: Any) -> bool:
    return type(given) is int and ask.low <= given <= ask.high


def _choice(ask: Ask, given: Any) -> bool:
    """Of a list of the page's own, or the number of a line in another list of the entry."""
    if ask.line_of:
        return type(given) is int or is_text(given, LONGEST_LINE)
    return isinstance(given, str) and given in {option.code for option in ask.options}


def _ticks(ask: Ask, given: Any) -> bool:
    known = {option.code for option in ask.options}
    if not isinstance(given, list) or len(given) > MOST_ROWS:
        return False
    return all(is_text(code, LONGEST_LINE + len(OWN)) and (code in known or code.startswith(OWN)) for code in given)


def _is_read_by(read: Callable[[str], object]) -> Callable[[Ask, Any], bool]:
    def check(_ask: Ask, given: Any) -> bool:
        try:
            return isinstance(given, str) and bool(read(given) is not None)
        except ValueError:
            return False

    return check


_FITS: Mapping[Kind, Callable[[Ask, Any], bool]] = {
    Kind.LINE: lambda _ask, given: is_text(given, LONGEST_LINE),
    Kind.TEXT: lambda _ask, given: is_text(given),
    Kind.PERCENT: _number,
    Kind.TENTHS: _number,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.TICKS: _ticks,
    Kind.DATE: _is_read_by(date.fromisoformat),
    Kind.TIME: _is_read_by(time.fromisoformat),
    Kind.YES: lambda _ask, given: isinstance(given, bool),
}


# --- Plain values -----------------------------------------------------------------------


def sure(value: Any) -> Fault:
    """Technique -> how sure, and when that was said."""
    return FINE if isinstance(value, dict) and all(_is_sure(*one) for one in value.items()) else _(NOT_AN_ANSWER)


def _is_sure(technique: str, told: Any) -> bool:
    if not SLUG.fullmatch(technique) or not isinstance(told, dict) or set(told) != {"value", "at"}:
        return False
    return type(told["value"]) is int and 0 <= told["value"] <= 10 and _is_moment(told["at"])


def held(value: Any) -> Fault:
    """Technique -> the rung that the person decided on, why, since when, and the one before."""
    return FINE if isinstance(value, dict) and all(_is_held(*one) for one in value.items()) else _(NOT_AN_ANSWER)


NAMES_OF_HELD = {"place", "why", "at", "before", "was"}
FROM_BEFORE = {Since.FLARE.value, Since.TOO_MUCH.value}
"""Reasons that lead back to the rung of before, which has to be there then."""


def _is_held(technique: str, told: Any) -> bool:
    if not SLUG.fullmatch(technique) or not isinstance(told, dict) or not set(told) <= NAMES_OF_HELD:
        return False
    reasons = {told.get("why"), told.get("was")}
    places = [told.get("place"), *([told.get("before")] if "before" in told or reasons & FROM_BEFORE else [])]
    return (
        all(type(place) is int and 1 <= place <= MOST_RUNGS for place in places)
        and told.get("why") is not None
        and all(reason is None or reason in {since.value for since in Since} for reason in reasons)
        and _is_moment(told.get("at"))
    )


def _is_moment(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def slugs(value: Any) -> Fault:
    is_list = isinstance(value, list) and len(value) <= MOST_ROWS
    return FINE if is_list and all(isinstance(one, str) and SLUG.fullmatch(one) for one in value) else _(NOT_AN_ANSWER)


def in_the_way(value: Any) -> Fault:
    known = {fact.value for fact in IN_THE_WAY}
    return FINE if isinstance(value, list) and all(one in known for one in value) else _(NOT_AN_ANSWER)


# --- Names ------------------------------------------------------------------------------

CLIENT_ID = re.compile(r"[A-Za-z0-9_~-]{1,40}")


def one_of(names: Iterable[str]) -> Callable[[Any], Fault]:
    """One of these, or nothing."""
    known = frozenset(["", *names])
    return lambda value: FINE if isinstance(value, str) and value in known else _("this is none of the words we know")


def client_id(value: Any) -> Fault:
    """Part of the address of a page, so it holds nothing that an address cannot."""
    return FINE if isinstance(value, str) and CLIENT_ID.fullmatch(value) else _("this is no number of ours")


def zone(value: Any) -> Fault:
    try:
        if value != "":
            ZoneInfo(value)
    except (KeyError, ValueError, TypeError, OSError):
        return _(NO_ZONE)
    return FINE
