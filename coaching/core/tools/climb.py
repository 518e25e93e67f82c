"""A ladder as it is climbed: the steps from easiest to hardest, and the fear before and after each try.

A step is *dull* after three rated tries of which the last left a fear of 2 or less: then the next
one is there. Three tries and 2 are rules of thumb (lesson "moving again"); no trial tested them.
Fear is 0 to 10. A step without a number comes after those that have one, in the order written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from coaching.core.tools.shapes import Answers

TRIES_TO_DULL = 3
DULL_FEAR = 2
BIG_JUMP = 4
LOW_START = 3
FEWEST_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class Try:
    on: str = ""
    expect: str = ""
    before: int | None = None
    after: int | None = None
    happened: str = ""

    @property
    def last_word(self) -> int | None:
        """The latest rating of this try."""
        return self.before if self.after is None else self.after

    @property
    def drop(self) -> int | None:
        return None if self.before is None or self.after is None else self.before - self.after


@dataclass(frozen=True, kw_only=True)
class Step:
    key: int
    words: str
    fear: int | None
    tries: tuple[Try, ...]
    is_next: bool = False

    @property
    def rated(self) -> tuple[Try, ...]:
        return tuple(each for each in self.tries if each.last_word is not None)

    @property
    def is_dull(self) -> bool:
        rated = self.rated
        return len(rated) >= TRIES_TO_DULL and (rated[-1].last_word or 0) <= DULL_FEAR

    @property
    def now(self) -> int | None:
        """The fear as last rated: from the newest rated try, else as first guessed."""
        return self.rated[-1].last_word if self.rated else self.fear


@dataclass(frozen=True, kw_only=True)
class Climb:
    """`steps` from the easiest up. `loose` are tries whose step is no longer on the ladder."""

    steps: tuple[Step, ...]
    loose: tuple[Try, ...]

    @property
    def from_the_top(self) -> tuple[Step, ...]:
        return self.steps[::-1]

    @property
    def next_step(self) -> Step | None:
        return next((step for step in self.steps if step.is_next), None)

    @property
    def jumps(self) -> tuple[tuple[Step, Step], ...]:
        """Neighbours whose first guesses lie so far apart that a step between them would help."""
        known = [step for step in self.steps if step.fear is not None]
        return tuple((low, high) for low, high in pairwise(known) if (high.fear or 0) - (low.fear or 0) >= BIG_JUMP)


def climb_of(answers: Answers) -> Climb | None:
    rows = [row for row in answers.get("steps", []) if row.get("words")]
    if not rows:
        return None
    tries = answers.get("tries", [])
    rows.sort(key=lambda row: (row.get("fear") is None, row.get("fear", 0), row["key"]))
    steps = tuple(_step(row, tries) for row in rows)
    upcoming = next((step.key for step in steps if not step.is_dull), None)
    keys = {str(step.key) for step in steps}
    return Climb(
        steps=tuple(_marked(step, is_next=step.key == upcoming) for step in steps),
        loose=tuple(_try(row) for row in tries if row.get("step") not in keys),
    )


def _step(row: Mapping, tries: list[Mapping]) -> Step:
    mine = tuple(_try(each) for each in tries if each.get("step") == str(row["key"]))
    return Step(key=row["key"], words=row["words"], fear=row.get("fear"), tries=mine)


def _marked(step: Step, *, is_next: bool) -> Step:
    return Step(key=step.key, words=step.words, fear=step.fear, tries=step.tries, is_next=is_next)


def _try(row: Mapping) -> Try:
    return Try(**{name: row[name] for name in ("on", "expect", "before", "after", "happened") if name in row})
