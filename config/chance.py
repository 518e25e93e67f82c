"""Random bytes of the system, fetched many at a time, and what is made of them, made many at a time.

To ask the system lets other threads go first: a page that asked three times for some bytes waited three times.
Each thread has its own. What was given out is forgotten, and a process that was forked begins with none.
"""

import os
from collections.abc import Callable
from threading import local
from typing import Generic, TypeVar

AT_ONCE = 2048
HEAP = 64
"""How many are made at once of what pages take one of. Each then costs a tenth of what it costs alone."""


Thing = TypeVar("Thing")
Letters = TypeVar("Letters", str, bytes)


class _Kept(local):
    def __init__(self) -> None:
        self.left = bytearray()


_kept = _Kept()
os.register_at_fork(after_in_child=lambda: _kept.left.clear())


def random_bytes(count: int) -> bytes:
    """As good as those of `os.urandom`, which they are. None is given out twice."""
    left = _kept.left
    rest = len(left) - count
    if rest < 0:
        left += os.urandom(max(AT_ONCE, count))
        rest = len(left) - count
    given = bytes(left[rest:])
    del left[rest:]
    return given


class Heap(Generic[Thing]):
    """Things of chance that lie ready. Each is given out once, to whichever thread asks."""

    def __init__(self, make: Callable[[int], list[Thing]]) -> None:
        self._make, self._left = make, list[Thing]()
        os.register_at_fork(after_in_child=self._left.clear)

    def one(self) -> Thing:
        try:
            return self._left.pop()
        except IndexError:
            made = self._make(HEAP)
            given = made.pop()
            self._left.extend(made)
            return given


def cut(letters: Letters, size: int) -> list[Letters]:
    """In pieces of one size."""
    return [letters[at : at + size] for at in range(0, len(letters), size)]
