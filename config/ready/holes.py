"""Finished bytes with holes, in three codings: what is filled in differs for each visitor, the rest never does.

A page is compressed once, around its holes. Each hole is a block that is not compressed (RFC 1951, 3.2.4; RFC 7932,
9.2), so that filling one costs no compression and its length says nothing of what is in it: what is secret is never
compressed together with anything. The checksum of gzip is linear, so that of the whole follows from those of the holes.
"""

import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import brotli  # type: ignore[import-untyped]

TOKEN, NUMBER = "token", "number"
HOLES = {
    TOKEN: re.compile(rb'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"'),
    NUMBER: re.compile(rb'name="client_id" value="([A-Za-z0-9_-]{22})"'),
}
MARKS = {TOKEN: b"csrfmiddlewaretoken", NUMBER: b'name="client_id" value="'}
"""Each stands once for each hole of its kind; one more, and the page holds what is not known here."""

TAIL = 2
"""Bytes after a hole that go into its block: brotli reads what follows by the two bytes before it."""

GZIP_LEVEL, BROTLI_QUALITY = 6, 6
BROTLI_WINDOW = 17
"""128 KB: a page is smaller, and the compressor takes no more memory than it needs."""

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
Fill = Mapping[str, bytes]


@dataclass(frozen=True, kw_only=True)
class Hole:
    kind: str
    size: int
    after: int
    """Bytes of the page that follow it."""


@dataclass(frozen=True, kw_only=True)
class Coded:
    """Pieces, and the kind of the hole between each two; `checks` is nothing where there is no checksum."""

    pieces: tuple[bytes, ...]
    holes: tuple[str, ...] = ()
    checks: "Checks | None" = None

    @cached_property
    def laid_out(self) -> list[bytes]:
        """The pieces, with room for what is put between them."""
        return [part for piece in self.pieces for part in (piece, b"")][:-1]

    def filled(self, fill: Fill) -> bytes:
        if not self.holes:
            return self.pieces[0]
        parts = self.laid_out.copy()
        at = 1
        for kind in self.holes:
            parts[at] = fill[kind]
            at += 2
        if self.checks:
            parts.append(self.checks.of(fill))
        return b"".join(parts)


@dataclass(frozen=True, kw_only=True)
class Checks:
    """The end of a gzip file: its checksum, worked out from that of the page with zeros in its holes, and its size."""

    empty: int
    size: int
    shifts: tuple[tuple[str, int, tuple[int, ...]], ...]
    """Of each hole: kind, checksum of so many zeros, and what each bit of a checksum becomes behind what follows."""

    def of(self, fill: Fill) -> bytes:
        check = self.empty
        for kind, nothing, shift in self.shifts:
            differs = zlib.crc32(fill[kind]) ^ nothing
            while differs:
                low = differs & -differs
                check ^= shift[low.bit_length() - 1]
                differs ^= low
        return check.to_bytes(4, "little") + (self.size & 0xFFFFFFFF).to_bytes(4, "little")


class Woven:
    """One page. `between` are its constant bytes: before the first hole, between two, and after the last."""

    def __init__(self, body: bytes) -> None:
        spots = sorted(
            ((match.span(1), kind) for kind, pattern in HOLES.items() for match in pattern.finditer(body)),
        )
        ends = [0, *(span[1] for span, _kind in spots)]
        starts = [*(span[0] for span, _kind in spots), len(body)]
        self.between = [body[end:start] for end, start in zip(ends, starts, strict=True)]
        self.holes = [Hole(kind=kind, size=end - start, after=len(body) - end) for (start, end), kind in spots]
        self.size = len(body)
        self.is_known = all(
            body.count(mark) == sum(hole.kind == kind for hole in self.holes) for kind, mark in MARKS.items()
        )

    @cached_property
    def kinds(self) -> frozenset[str]:
        return frozenset(hole.kind for hole in self.holes)

    @cached_property
    def blank(self) -> Fill:
        """Fills each hole with nothing that is anybody's."""
        return {hole.kind: bytes(hole.size) for hole in self.holes}

    @cached_property
    def identity(self) -> Coded:
        return Coded(pieces=tuple(self.between), holes=tuple(hole.kind for hole in self.holes))

    @cached_property
    def gzip(self) -> Coded | None:
        if not self.holes:
            made = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, 31)
            return Coded(pieces=(made.compress(self.between[0]) + made.flush(),))
        press = zlib.compressobj(GZIP_LEVEL, zlib.DEFLATED, -15)
        coded = self._around_holes(
            press.compress, lambda: press.flush(zlib.Z_FULL_FLUSH), press.flush, _stored_in_deflate
        )
        pieces = (GZIP_HEAD + coded.pieces[0], *coded.pieces[1:])
        made_whole = Coded(pieces=pieces, holes=coded.holes, checks=self._checks())
        return self._if_right(made_whole, lambda told: zlib.decompress(told, 31))

    @cached_property
    def brotli(self) -> Coded | None:
        if not self.holes:
            return Coded(pieces=(brotli.compress(self.between[0], quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW),))
        press = brotli.Compressor(quality=BROTLI_QUALITY, lgwin=BROTLI_WINDOW)
        coded = self._around_holes(press.process, press.flush, press.finish, _stored_in_brotli)
        return self._if_right(coded, brotli.decompress)

    def coded(self, name: str) -> Coded | None:
        """`name` as a header has it; nothing stands for the bytes as they are."""
        if name == "br":
            return self.brotli
        return self.gzip if name == "gzip" else self.identity

    def _around_holes(self, take: Any, flush: Any, finish: Any, stored: Callable[[int], bytes]) -> Coded:
        """The compressor sees bytes in each hole that no text holds, so that nothing after it points into it."""
        pieces, stands_in, tail = [], _never_in_a_text(sum(hole.size for hole in self.holes)), b""
        for hole, before, after in zip(self.holes, self.between[:-1], self.between[1:], strict=True):
            pieces.append(tail + take(before[len(tail) :]) + flush() + stored(hole.size + TAIL))
            stands, stands_in = stands_in[: hole.size], stands_in[hole.size :]
            tail = after[:TAIL]
            take(stands + tail)
            flush()
        pieces.append(tail + take(self.between[-1][len(tail) :]) + finish())
        return Coded(pieces=tuple(pieces), holes=self.identity.holes)

    def _checks(self) -> Checks:
        empty = self.identity.filled(self.blank)
        shifts = tuple((hole.kind, zlib.crc32(bytes(hole.size)), _shift(hole.after)) for hole in self.holes)
        return Checks(empty=zlib.crc32(empty), size=self.size, shifts=shifts)

    def _if_right(self, coded: Coded, read: Callable[[bytes], bytes]) -> Coded | None:
        """Tried with two fillings that have no byte in common. What cannot be read again is not offered."""
        for one in (b"a", b"Z"):
            fill = {hole.kind: one * hole.size for hole in self.holes}
            try:
                if read(coded.filled(fill)) != self.identity.filled(fill):
                    return None
            except (zlib.error, brotli.error):
                return None
        return coded


def _stored_in_deflate(size: int) -> bytes:
    return b"\x00" + size.to_bytes(2, "little") + (size ^ 0xFFFF).to_bytes(2, "little")


def _stored_in_brotli(size: int) -> bytes:
    """Not the last block, four nibbles of length less one, not compressed."""
    return ((size - 1) << 3 | 1 << 19).to_bytes(3, "little")


def _shift(zeros: int) -> tuple[int, ...]:
    """What each bit of a checksum becomes when so many zeros follow."""
    nothing = bytes(zeros)
    return tuple(zlib.crc32(nothing, 1 << bit) ^ zlib.crc32(nothing, 0) for bit in range(32))


def _never_in_a_text(size: int) -> bytes:
    """Bytes that no UTF-8 holds, of which no four in a row come twice, so that none of them is found again."""
    made, seen = [0xF8, 0xF8, 0xF8], set()
    while len(made) < size:
        following = next(byte for byte in range(0xFF, 0xF7, -1) if (*made[-3:], byte) not in seen)
        seen.add((*made[-3:], following))
        made.append(following)
    return bytes(made[:size])
