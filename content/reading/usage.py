"""How many have begun and finished each lesson, as counts for staff.

This app has never heard of a person, so another tells it: whoever keeps the progress of readers
registers a counter when it is ready. Counts below `FEWEST` are not told, because staff who know
somebody may guess who it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

FEWEST = 5


@dataclass(frozen=True, kw_only=True)
class Usage:
    begun: int = 0
    finished: int = 0

    @property
    def words(self) -> str:
        if not self.begun:
            return "nobody yet"
        return f"{count_in_words(self.begun)} begun, {count_in_words(self.finished)} finished"


Counter = Callable[[], Mapping[str, Usage]]
_counters: list[Counter] = []


def register(counter: Counter) -> None:
    if counter not in _counters:
        _counters.append(counter)


def usage_of_lessons() -> dict[str, Usage]:
    """By the lesson's slug; empty when nobody counts."""
    return {slug: usage for counter in _counters for slug, usage in counter().items()}


def count_in_words(count: int) -> str:
    return str(count) if count >= FEWEST or not count else f"fewer than {FEWEST}"
