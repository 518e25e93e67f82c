"""Two texts side by side: which lines stayed, and inside a changed line which words came and went.

Lines are compared first (paragraphs of Markdown are one line each), then the words of lines
that were replaced, pair by pair. Long stretches that stayed the same are left out but for
`AROUND` lines beside a change.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

AROUND = 1
WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Some signs of a line; `is_changed` when the other side does not have them here."""

    text: str
    is_changed: bool = False


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of both sides. `number` counts on each side from 1; None where that side has no such line."""

    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()
    number_before: int | None = None
    number_after: int | None = None
    is_gap: bool = False

    @property
    def is_changed(self) -> bool:
        return self.before != self.after and not self.is_gap

    @property
    def is_blank(self) -> bool:
        """An empty line between paragraphs that stayed: nothing to show."""
        return not self.is_changed and not any(piece.text.strip() for piece in self.before)


def side_by_side(before: str, after: str) -> tuple[Line, ...]:
    """Empty when both say the same."""
    if before == after:
        return ()
    lines = list(_lines(before.split("\n"), after.split("\n")))
    return tuple(_without_quiet_stretches(lines))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, first, last, start, end in matcher.get_opcodes():
        numbered_before = [(number + 1, before[number]) for number in range(first, last)]
        numbered_after = [(number + 1, after[number]) for number in range(start, end)]
        for old, new in zip_longest(numbered_before, numbered_after):
            yield _same(old, new) if kind == "equal" else _changed(old, new)


def _same(old: tuple[int, str], new: tuple[int, str]) -> Line:
    said = (Piece(text=old[1]),)
    return Line(before=said, after=said, number_before=old[0], number_after=new[0])


def _changed(old: tuple[int, str] | None, new: tuple[int, str] | None) -> Line:
    if old is None and new is not None:
        return Line(after=(Piece(text=new[1], is_changed=True),), number_after=new[0])
    if new is None and old is not None:
        return Line(before=(Piece(text=old[1], is_changed=True),), number_before=old[0])
    assert old is not None and new is not None  # noqa: S101 (the shorter side alone is filled up)
    before, after = _word_pieces(old[1], new[1])
    return Line(before=before, after=after, number_before=old[0], number_after=new[0])


def _word_pieces(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    old, new = WORDS.findall(before), WORDS.findall(after)
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, first, last, start, end in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        is_changed = kind != "equal"
        if last > first:
            left.append(Piece(text="".join(old[first:last]), is_changed=is_changed))
        if end > start:
            right.append(Piece(text="".join(new[start:end]), is_changed=is_changed))
    return tuple(left), tuple(right)


def _without_quiet_stretches(lines: list[Line]) -> Iterator[Line]:
    changed = [place for place, line in enumerate(lines) if line.is_changed]
    was_left_out = False
    for place, line in enumerate(lines):
        if any(abs(place - other) <= AROUND for other in changed):
            was_left_out = False
            yield line
        elif not was_left_out:
            was_left_out = True
            yield Line(is_gap=True)
