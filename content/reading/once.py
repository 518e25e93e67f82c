"""What pages show of the library, read once and kept by the process until any row of the library changes.

A person's page shows the same texts as everybody's. What is read here is of the library alone, is never changed by who
has it, and belongs to nobody. Each reading has a number, which is another one as soon as the library is: with it, a
reading says to a template what it may be drawn by (`config/drawn/part.py`).
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.utils import timezone

from content.reading.stamp import ask_anew, library_stamp, span

MOST_KEPT = 96
"""Readings of a process; a lesson with all its text takes a hundred kilobytes."""

Read = TypeVar("Read")


class Readings:
    def __init__(self) -> None:
        self._lock = Lock()
        self._stamp: tuple[Any, ...] | None = None
        self._shelf: dict[Hashable, Any] = {}
        self._number = 0

    def __len__(self) -> int:
        return len(self._shelf)

    def of(self, key: Hashable, read: Callable[[int], Read | None]) -> Read | None:
        """`read` is given the number of the reading; what is not there is asked for each time."""
        number, shelf = self._now()
        known = shelf.get(key)
        if known is not None:
            return known
        # The library was looked at before its rows are: should it change meanwhile, the next look has another number.
        made = read(number)
        if made is not None:
            with self._lock:
                while len(shelf) >= MOST_KEPT:
                    shelf.pop(next(iter(shelf)))
                shelf[key] = made
        return made

    def _now(self) -> tuple[int, dict[Hashable, Any]]:
        stamp = (*library_stamp(timezone.now()), span())
        with self._lock:
            is_new = stamp != self._stamp
            if is_new:
                self._begin(stamp)
            told = self._number, self._shelf
        if is_new:
            # What others keep of the library, each with its own second, is as new as this from now on.
            ask_anew()
        return told

    def forget(self) -> None:
        """Keep nothing any more: for whoever changes rows around their models."""
        with self._lock:
            self._begin(None)

    def _begin(self, stamp: tuple[Any, ...] | None) -> None:
        self._stamp, self._shelf, self._number = stamp, {}, self._number + 1


readings = Readings()
"""Those of this process."""
