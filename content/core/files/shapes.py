"""The shapes a field may have: each reader takes what a file or a form holds and gives the plain value to keep.

A reader raises `ShapeError` with what is wanted, in words that finish the sentence "this field ...".
Plain values are what JSON can hold: dates become ISO text, so that a row, a file and a merge base compare equal.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from content.core.steps import PACK_WORDS, WALK_WORDS
from content.core.vocabulary import Cue, Limit, Size, Term
from content.core.ways import Way

Reader = Callable[[Any], Any]
LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z0-9]{2,8})?\Z")
SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*\Z")


class ShapeError(ValueError):
    """A value that does not have its field's shape; the message says what is wanted."""


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise ShapeError("must be text in quotes")
    return value.strip()


def words(value: Any) -> str:
    written = text(value)
    if not written:
        raise ShapeError("must not be empty")
    return written


def whole(low: int, high: int) -> Reader:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ShapeError(f"must be a whole number from {low} to {high}")
        return value

    return read


def truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ShapeError("must be true or false")
    return value


def day(value: Any) -> str:
    """A date as ISO text."""
    if type(value) is date:
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ShapeError("must be a date such as 2026-11-22") from None


def slug(value: Any) -> str:
    if not isinstance(value, str) or not SLUG.match(value):
        raise ShapeError("must be one name in lower-case letters, digits, - and _")
    return value


def language(value: Any) -> str:
    if not isinstance(value, str) or not LANGUAGE.match(value) or value.startswith("en"):
        raise ShapeError("must be a language other than English, such as es or es-mx")
    return value


def slugs(value: Any) -> list[str]:
    """Names of other rows, sorted: the order in which a file gives them means nothing."""
    return sorted(each(slug)(value))


def or_none(read: Reader) -> Reader:
    """The same shape, or nothing: an empty text and a missing value are both None."""
    return lambda value: None if value in ("", None) else read(value)


def term(vocabulary: type[Term]) -> Reader:
    def read(value: Any) -> str:
        known = [word.value for word in vocabulary]
        if value not in known:
            raise ShapeError(f"must be one of: {', '.join(known)}")
        return str(value)

    return read


def each(read: Reader) -> Reader:
    """A list whose items all have one shape, none twice."""

    def read_all(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ShapeError("must be a list in [ ]")
        items = [read(item) for item in value]
        if any(item in items[:place] for place, item in enumerate(items)):
            raise ShapeError("names something twice")
        return items

    return read_all


def rows(read: Reader) -> Reader:
    """A list whose items may repeat; a wrong one is named by its place, counted from 1."""

    def read_all(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise ShapeError("must be a list")
        return [_at_place(read, item, place) for place, item in enumerate(value, start=1)]

    return read_all


def _at_place(read: Reader, item: Any, place: int) -> Any:
    try:
        return read(item)
    except ShapeError as wrong:
        raise ShapeError(f"number {place}: {wrong}") from None


def table(needed: dict[str, Reader], optional: dict[str, Reader] | None = None) -> Reader:
    """A small table with exactly these parts; an optional part that is missing stays missing."""
    known = needed | (optional or {})

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise ShapeError(f"must be a table with {', '.join(needed)}")
        if unknown := sorted(value.keys() - known.keys()):
            raise ShapeError(f"has an unknown part: {', '.join(unknown)}")
        if missing := sorted(needed.keys() - value.keys()):
            raise ShapeError(f"lacks: {', '.join(missing)}")
        return {name: _part(known[name], name, value[name]) for name in known if name in value}

    return read


def _part(read: Reader, name: str, value: Any) -> Any:
    try:
        return read(value)
    except ShapeError as wrong:
        raise ShapeError(f"{name} {wrong}") from None


_answer = table({"words": words, "right": truth, "feedback": words})
_question = table({"question": words, "answers": rows(_answer)})


def question(value: Any) -> dict[str, Any]:
    """A check question: three or four answers, exactly one right, feedback for each."""
    if value == {}:
        return {}
    asked: dict[str, Any] = _question(value)
    if not 3 <= len(asked["answers"]) <= 4:
        raise ShapeError("must have three or four answers")
    if sum(answer["right"] for answer in asked["answers"]) != 1:
        raise ShapeError("must have exactly one right answer")
    return asked


_task = table({"words": words}, {"technique": or_none(slug), "minutes": whole(0, 120)})


def task(value: Any) -> dict[str, Any]:
    return {} if value == {} else _task(value)


def reflection(value: Any) -> str:
    """Files hold a table with one question; rows hold the question."""
    return text(value.get("question", "") if isinstance(value, dict) else value)


CARD_WORDS = ("title", "size", "certainty", "for_whom", "time", "harms", "cost")
_card_words = table({}, dict.fromkeys(CARD_WORDS, words))


def card_words(value: Any) -> dict[str, str]:
    """An evidence card in other words: any of its texts."""
    card: dict[str, str] = {} if value in ({}, "", None) else _card_words(value)
    return card


changes = rows(table({"on": day, "what": words}))
services = rows(table({"name": words, "how": words}, {"call": text, "url": text, "name_es": text, "how_es": text}))
crisis_lines = rows(
    table({"name": words}, {"call": text, "text": text, "url": text, "note": text, "name_es": text, "note_es": text})
)
_other = table({"words": words}, {"cue": term(Cue), "part": text})
_instead = table({}, {way.value: _other for way in Way})
steps = rows(
    table(
        {"words": words, "seconds": whole(1, 720), "cue": term(Cue), "sizes": each(term(Size))},
        {"part": text, "instead": _instead, "without": each(term(Limit))},
    )
)
_pack_words, _walk_words = table(dict.fromkeys(PACK_WORDS, words)), table(dict.fromkeys(WALK_WORDS, words))


def own_length(value: Any) -> dict[str, str]:
    """What is said where somebody sets the time: of a pack, or of a walk, which has spells."""
    if value in ({}, "", None):
        return {}
    said: dict[str, str] = (_walk_words if isinstance(value, dict) and "spell" in value else _pack_words)(value)
    return said


_pattern = table({"in": whole(1, 20), "hold": whole(0, 20), "out": whole(1, 20), "rest": whole(0, 20)})


def pattern(value: Any) -> dict[str, int]:
    return {} if value == {} else _pattern(value)
