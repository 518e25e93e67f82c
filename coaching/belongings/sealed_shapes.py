"""What may stand in the columns whose inside the database does not check: seals, and plain values as JSON.

Each check takes a value and says what is wrong with it, or nothing. They are as strict as the forms through which such
words come otherwise, so that no file can put into an account what no page would have let in.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from coaching.core.intake.answers import AnswerError, clean, clean_item
from coaching.core.intake.questionnaires import ITEM
from coaching.core.intake.safety import SIGN_LISTS
from coaching.core.practice.rung import Since
from coaching.core.questions.items import Item
from coaching.core.record.codes import ITEM_CODES
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.core.tools.shapes import LONGEST_LINE, LONGEST_TEXT, OWN, Ask, Kind, Rows
from coaching.tools.fields import EARLIEST, LATEST
from coaching.tools.forms import HIGHEST_KEY
from content.core.week_facts import IN_THE_WAY

Fault = str
FINE: Fault = ""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SLUG = re.compile(r"[-a-z0-9_]{1,60}")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
LONG_DAY = len("2026-03-05")
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


def answers(value: Any) -> Fault:
    """Answers to the questions. None stands for an answer that was taken back. What is never kept is refused too."""
    return _fault_of(value, _is_answer)


def _fault_of(value: Any, is_answer: Callable[[str, Any], bool]) -> Fault:
    if not isinstance(value, dict):
        return _(NOT_AN_ANSWER)
    wrong = next((name for name, given in value.items() if not is_answer(name, given)), None)
    return FINE if wrong is None else f"{wrong[:40]}: {_(NOT_AN_ANSWER)}"


def _is_answer(name: str, given: Any) -> bool:
    if name in MARKS:
        return given is True or given is None
    if name not in ITEM or name == "self_harm":
        return False
    try:
        return given is None or clean(name, given, _signs_from_elsewhere(name, given)) == given
    except AnswerError:
        return False


def _signs_from_elsewhere(name: str, given: Any) -> frozenset[str]:
    """Danger signs that staff of another site added: kept as they were ticked, whether or not this site has them.

    One that nobody knows here counts as the most urgent of its list (`coaching/core/intake/signs.py`), until that
    question is answered anew.
    """
    if name not in SIGN_LISTS or not isinstance(given, list) or len(given) > MOST_ROWS:
        return frozenset()
    return frozenset(sign for sign in given if isinstance(sign, str) and SLUG.fullmatch(sign))


def check_in_answers(own: Iterable[Item]) -> Callable[[Any], Fault]:
    """`own`: the questions that a check-in has beside the scales."""
    items = {item.id: item for item in own}

    def is_answer(name: str, given: Any) -> bool:
        try:
            if name in items:
                return clean_item(items[name], given) == given
        except AnswerError:
            return False
        # Danger that is told here would be heard by nobody: a check-in asks for none.
        return name in ITEM_CODES and _is_answer(name, given)

    return lambda value: _fault_of(value, is_answer)


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
    has_key = "key" not in row or _is_key(row["key"])
    return has_key and all(_fits(asked[name], given) for name, given in row.items() if name != "key")


def _is_key(key: Any) -> bool:
    return type(key) is int and 0 < key <= HIGHEST_KEY


def _number(ask: Ask, given: Any) -> bool:
    return type(given) is int and ask.low <= given <= ask.high


def _choice(ask: Ask, given: Any) -> bool:
    """Of a list of the page's own, or the number of a line in another list of the entry."""
    if ask.line_of:
        return _is_key(given) or is_text(given, LONGEST_LINE)
    return isinstance(given, str) and given in {option.code for option in ask.options}


def _ticks(ask: Ask, given: Any) -> bool:
    known = {option.code for option in ask.options}
    if not isinstance(given, list) or len(given) > MOST_ROWS:
        return False
    return all(is_text(code, LONGEST_LINE + len(OWN)) and (code in known or code.startswith(OWN)) for code in given)


def _day(_ask: Ask, given: Any) -> bool:
    """Written as our pages write it, and of the years that they take: a week more can be counted from it."""
    try:
        return isinstance(given, str) and EARLIEST <= date.fromisoformat(given) <= LATEST and len(given) == LONG_DAY
    except ValueError:
        return False


def _clock(_ask: Ask, given: Any) -> bool:
    return isinstance(given, str) and bool(CLOCK.fullmatch(given))


_FITS: Mapping[Kind, Callable[[Ask, Any], bool]] = {
    Kind.LINE: lambda _ask, given: is_text(given, LONGEST_LINE),
    Kind.TEXT: lambda _ask, given: is_text(given),
    Kind.PERCENT: _number,
    Kind.TENTHS: _number,
    Kind.NUMBER: _number,
    Kind.CHOICE: _choice,
    Kind.TICKS: _ticks,
    Kind.DATE: _day,
    Kind.TIME: _clock,
    Kind.YES: lambda _ask, given: isinstance(given, bool),
}


# --- Plain values -----------------------------------------------------------------------


def of_each_technique(is_told: "Told", is_moment: Callable[[Any], bool]) -> Callable[[Any], Fault]:
    """Technique -> what was told of it, and when."""

    def check(value: Any) -> Fault:
        if not isinstance(value, dict) or len(value) > MOST_ROWS:
            return _(NOT_AN_ANSWER)
        is_fine = all(SLUG.fullmatch(technique) and is_told(told, is_moment) for technique, told in value.items())
        return FINE if is_fine else _(NOT_AN_ANSWER)

    return check


Told = Callable[[Any, Callable[[Any], bool]], bool]


def is_sure(told: Any, is_moment: Callable[[Any], bool]) -> bool:
    """How sure, and when that was said."""
    if not isinstance(told, dict) or set(told) != {"value", "at"}:
        return False
    return type(told["value"]) is int and 0 <= told["value"] <= 10 and is_moment(told["at"])


NAMES_OF_HELD = {"place", "why", "at", "before", "was"}
REASONS = tuple(since.value for since in Since)
FROM_BEFORE = (Since.FLARE.value, Since.TOO_MUCH.value)
"""Reasons that lead back to the rung of before, which has to be there then."""


def is_held(told: Any, is_moment: Callable[[Any], bool]) -> bool:
    """The rung that the person decided on, why, since when, and the one before."""
    if not isinstance(told, dict) or not {"place", "why", "at"} <= set(told) <= NAMES_OF_HELD:
        return False
    reasons = [told["why"], *([] if told.get("was") is None else [told["was"]])]
    goes_back = any(reason in FROM_BEFORE for reason in reasons)
    places = [told["place"], *([told.get("before")] if "before" in told or goes_back else [])]
    return (
        all(type(place) is int and 1 <= place <= MOST_RUNGS for place in places)
        and all(reason in REASONS for reason in reasons)
        and is_moment(told["at"])
    )


def slugs(value: Any) -> Fault:
    is_list = isinstance(value, list) and len(value) <= MOST_ROWS
    return FINE if is_list and all(isinstance(one, str) and SLUG.fullmatch(one) for one in value) else _(NOT_AN_ANSWER)


def in_the_way(value: Any) -> Fault:
    known = [fact.value for fact in IN_THE_WAY]
    is_list = isinstance(value, list) and len(value) <= MOST_ROWS
    return FINE if is_list and all(one in known for one in value) else _(NOT_AN_ANSWER)


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
