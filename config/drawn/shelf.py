"""Where parts of pages lie that were drawn already: no more of them than fit, the oldest making room."""

from collections.abc import Hashable
from sys import getsizeof
from threading import Lock

from django.utils.safestring import SafeString

MEGABYTE = 1024 * 1024
MOST_BYTES = 8 * MEGABYTE
"""Of each process: all lessons in the size that most read, each practice, and the shell in every language."""

MOST_PARTS = 4000
BESIDE_THE_WORDS = 600
"""Bytes that one takes besides its words: what it is found by."""


class Shelf:
    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self._lock = Lock()
        self._parts: dict[Hashable, SafeString] = {}
        self.weighs = 0

    def __len__(self) -> int:
        return len(self._parts)

    def find(self, key: Hashable) -> SafeString | None:
        return self._parts.get(key)

    def keep(self, key: Hashable, words: SafeString) -> None:
        weighs = _weighs(words)
        with self._lock:
            if weighs > self.most_bytes or key in self._parts:
                return
            while self._parts and (len(self._parts) >= MOST_PARTS or self.weighs + weighs > self.most_bytes):
                self.weighs -= _weighs(self._parts.pop(next(iter(self._parts))))
            self._parts[key] = words
            self.weighs += weighs

    def clear(self) -> None:
        with self._lock:
            self._parts, self.weighs = {}, 0


def _weighs(words: SafeString) -> int:
    return getsizeof(words) + BESIDE_THE_WORDS


shelf = Shelf()
"""The one of this process."""
