"""A file that somebody brings: read without trusting it, and refused with the line that is wrong.

It may come from us, from another site like this one, or from somebody who means harm. So it is measured before it is
unpacked, unpacked no further than a file of ours could reach, and read by rules that take no number twice.
"""

import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from accounts.core.typed import HALF_A_LETTER

LARGEST = 10 * 1024 * 1024
"""Bytes of a file, packed or not. Ten years of daily use come to some 5 MB."""
MOST_MEMBERS = 50

SPELLED_HALF = re.compile(r"\\u[dD][89A-Fa-f]")

Path = tuple[str | int, ...]


class Refused(Exception):
    """Nothing of the file is taken. `line` is counted from 1; 0 where the file as a whole is meant."""

    def __init__(self, words: str, line: int = 0) -> None:
        super().__init__(words)
        self.words, self.line = words, line

    def __str__(self) -> str:
        return _("Line %(line)d: %(words)s") % {"line": self.line, "words": self.words} if self.line else self.words


@dataclass(frozen=True, kw_only=True)
class Wrong(Exception):
    """What is wrong, and where in the values that were read."""

    path: Path
    words: str


def read_file(raw: bytes) -> tuple[dict[str, Any], str]:
    """The values of a file and its text; Refused where it is none of ours."""
    text = _text(_unpacked(raw))
    try:
        values = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise Refused(_("The file is broken here."), error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise Refused(_("The file is not written as ours are.")) from error
    if not isinstance(values, dict):
        raise Refused(_("The file is not written as ours are."), 1)
    # Asked of the text first, which is quick: few files spell letters so at all.
    path = _broken_letters(values) if SPELLED_HALF.search(text) else None
    if path is not None:
        raise Refused(_("A letter here is broken."), line_of(text, path))
    return values, text


def _broken_letters(values: Any) -> Path | None:
    """Where half of a letter stands alone (a surrogate): JSON can spell one, and nothing can keep or show it."""
    waiting: list[tuple[Path, Any]] = [((), values)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += (((*path, name), inner) for name, inner in value.items())
            value = "".join(value)
        elif isinstance(value, list):
            waiting += (((*path, place), inner) for place, inner in enumerate(value))
        if isinstance(value, str) and HALF_A_LETTER.search(value):
            return path
    return None


def _unpacked(raw: bytes) -> bytes:
    if len(raw) > LARGEST:
        raise Refused(_("The file is larger than any that we hand out (10 MB)."))
    if not raw.startswith(b"PK"):
        return raw
    try:
        return _from_zip(raw)
    except (BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError, OSError) as error:
        raise Refused(_("The packed file cannot be opened.")) from error


def _from_zip(raw: bytes) -> bytes:
    with ZipFile(BytesIO(raw)) as packed:
        members = [one for one in packed.infolist() if one.filename.endswith(".json")]
        if len(members) != 1 or len(packed.infolist()) > MOST_MEMBERS:
            raise Refused(_("We look for one JSON file in the packed file, and there is not just one."))
        with packed.open(members[0]) as member:
            # What it says of its size may be a lie, so no more than this is ever unpacked.
            content = member.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than any that we hand out (10 MB)."))
    return content


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused(_("The file is not text in UTF-8."), raw[: error.start].count(b"\n") + 1) from error


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise ValueError("a name that stands twice")
    return values


def _no_number(spelled: str) -> None:
    raise ValueError(f"{spelled} is no number")


# --- Where a value stands in the text ---------------------------------------------------

TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def line_of(text: str, path: Path) -> int:
    """The line, from 1, on which the value begins; that of the nearest value around it where it is not there."""
    deepest, line = -1, 1
    for value_path, at in _values(text):
        if path[: len(value_path)] == value_path and len(value_path) > deepest:
            deepest, line = len(value_path), text.count("\n", 0, at) + 1
            if value_path == path:
                break
    return line


def _values(text: str) -> Iterator[tuple[Path, int]]:
    """Every value with its path and the place at which it begins, in the order of the text."""
    stack: list[str | int] = []
    kinds: list[str] = []
    is_name = False
    for match in TOKEN.finditer(text):
        sign = match[0]
        if sign in "}]":
            kinds.pop()
            stack.pop()
        elif sign == ",":
            is_name = kinds[-1] == "{"
            if not is_name:
                stack[-1] = int(stack[-1]) + 1
        elif sign == ":":
            is_name = False
        elif is_name:
            stack[-1] = json.loads(sign)
        else:
            yield tuple(stack), match.start()
            if sign in "{[":
                kinds.append(sign)
                stack.append("" if sign == "{" else 0)
                is_name = sign == "{"
