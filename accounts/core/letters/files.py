"""A letter of a series as its file holds it: front matter in TOML between `+++` lines, then Markdown.

`position` is the place in the series, `days` the wait after the letter before it, `when` one of the
occasions of `accounts/models/series.py`; `lesson` the lesson of the course that the letter says is open, where
it says so. What a file leaves out has the default given here.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.core.letters.course_letters import LESSON_OPEN
from content.core.files.formats import Fault, Field, Format, read_fields
from content.core.files.shapes import Reader, ShapeError, or_none, slug, text, whole, words

RULE = "+++\n"


class LetterFileError(ValueError):
    """A file that is no letter; the message names what to repair."""


@dataclass(frozen=True, kw_only=True)
class LetterFile:
    """`values` are the fields of the letter, `place` those of its place in the series."""

    values: dict[str, Any]
    place: dict[str, Any]


def format_of(occasions: Iterable[str]) -> Format:
    return {
        "subject": Field(read=words),
        "preheader": Field(read=text, default=""),
        "practice": Field(read=slug),
        "language": Field(read=slug, default="en"),
        "words": Field(read=words),
        "position": Field(read=whole(1, 100)),
        "days": Field(read=whole(0, 365)),
        "when": Field(read=_one_of([*occasions]), default="after_confirmation"),
        "lesson": Field(read=or_none(whole(1, 6)), default=None),
    }


PLACE = ("position", "days", "when", "lesson")


def read_letter(source: str, of: Format) -> LetterFile:
    """Raises LetterFileError with every fault of the file."""
    opening, front, body = [*source.split(RULE, 2), "", ""][:3]
    if opening or not body.strip():
        raise LetterFileError("must begin with front matter between +++ lines, and then have words")
    values, faults = read_fields({**_table(front), "words": body.strip()}, of)
    if faults:
        raise LetterFileError("; ".join(_said(fault) for fault in faults))
    if (values["when"] == LESSON_OPEN) != bool(values["lesson"]):
        raise LetterFileError(f"lesson names the lesson that opened, where when is {LESSON_OPEN} and nowhere else")
    place = {name: values.pop(name) for name in PLACE}
    return LetterFile(values=values, place=place)


def _table(front: str) -> dict[str, Any]:
    try:
        return tomllib.loads(front)
    except tomllib.TOMLDecodeError as error:
        raise LetterFileError(str(error)) from None


def _said(fault: Fault) -> str:
    return f"{fault.field} {fault.message}"


def _one_of(known: list[str]) -> Reader:
    def read(value: Any) -> str:
        if value not in known:
            raise ShapeError(f"must be one of: {', '.join(known)}")
        return str(value)

    return read
