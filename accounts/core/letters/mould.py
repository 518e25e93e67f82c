"""One letter to many: everything that is the same for all is encoded once, and each copy is filled in.

A slot of `letter_slots` stands where a copy differs, in a header or in the words. The words are
quoted-printable (RFC 2045, section 6.7), so that they pass every server unchanged and a signature over them
holds. A slot in the words sits between soft line breaks, on a line of its own, which leaves no trace in what
is read and keeps lines short whatever the value. The boundary holds "=_", which quoted-printable text never does.

A value holds printable ASCII only, and no "=": ValueError otherwise, so that no value can add a header.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import Header
from email.quoprimime import body_encode
from hashlib import sha256

from accounts.core.letters.slots import CLOSE, OPEN

SLOT = re.compile(rf"{OPEN}([a-z_]+){CLOSE}")
VALUE = re.compile(r"[ -<>-~]*")
LINE = 72
SOFT_BREAK = "=\r\n"


@dataclass(frozen=True, kw_only=True)
class Mould:
    """`pieces` and slots in turn: a piece, a slot, a piece, ..., a piece. A slot is (name, is in the words)."""

    pieces: tuple[bytes, ...]
    slots: tuple[tuple[str, bool], ...]


def make(headers: Mapping[str, str], *, text: str, html: str) -> Mould:
    boundary = f"=_{sha256(f'{text}{html}'.encode()).hexdigest()[:20]}"
    kind = {"MIME-Version": "1.0", "Content-Type": f'multipart/alternative; boundary="{boundary}"'}
    head = "".join(f"{name}: {_header(value)}\r\n" for name, value in {**headers, **kind}.items())
    parts = [_part(boundary, "plain", text), _part(boundary, "html", html), [f"--{boundary}--\r\n"]]
    pieces, slots = _split(f"{head}\r\n")
    for part in parts:
        slots += [(name, True) for name in part[1::2]]
        pieces[-1] += part[0]
        pieces += part[2::2]
    return Mould(pieces=tuple(piece.encode("ascii") for piece in pieces), slots=tuple(slots))


def fill(mould: Mould, values: Mapping[str, str]) -> bytes:
    """One copy, ready to be sent. KeyError when a slot has no value."""
    for value in values.values():
        if not VALUE.fullmatch(value):
            raise ValueError("A value for a letter holds a character that has no place there.")
    filled = [mould.pieces[0]]
    for (name, is_in_words), piece in zip(mould.slots, mould.pieces[1:], strict=True):
        value = _wrapped(values[name]) if is_in_words else values[name]
        filled += [value.encode("ascii"), piece]
    return b"".join(filled)


def _part(boundary: str, subtype: str, words: str) -> list[str]:
    """Pieces and slot names in turn."""
    head = f'--{boundary}\r\nContent-Type: text/{subtype}; charset="utf-8"\r\n'
    head += "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    turns = SLOT.split("\n".join(words.splitlines()))
    for index in range(0, len(turns), 2):
        piece = body_encode(turns[index].encode("utf-8").decode("latin-1"), LINE, "\r\n")
        before = SOFT_BREAK if index else ""
        after = SOFT_BREAK if index < len(turns) - 1 else "\r\n"
        turns[index] = f"{before}{piece}{after}"
    turns[0] = head + turns[0]
    return turns


def _split(head: str) -> tuple[list[str], list[tuple[str, bool]]]:
    turns = SLOT.split(head)
    return turns[::2], [(name, False) for name in turns[1::2]]


def _header(value: str) -> str:
    if "\r" in value or "\n" in value:
        raise ValueError("A header of a letter holds a line break.")
    if SLOT.search(value) or value.isascii():
        return value
    return Header(value, "utf-8").encode(linesep="\r\n")


def _wrapped(value: str) -> str:
    return SOFT_BREAK.join(value[start : start + LINE] for start in range(0, len(value), LINE))
