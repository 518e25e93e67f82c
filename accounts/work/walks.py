"""Long work that comes to something only at its end: between its slices it waits in the memory of its process.

What it has read so far is of people, so it is written nowhere before it is whole. A worker that ends loses it, and
whoever takes up the next slice begins anew. Where workers take the slices in turn each walks by itself, and the first
at the end has made it; what the others have is forgotten with their next walk. Each walk has a turn, named by when it
began: a slice of an older one than is known here ends it, so that two never push each other back to the beginning.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.work.slices import GoesOn

Steps = Iterator[object]
"""Stops after each step, which is much shorter than a slice. What it makes is kept by its last step."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    turn: str
    steps: Steps


_known: dict[str, Walk] = {}


def turn_of(at: datetime) -> str:
    """A later moment is a later turn."""
    return f"{at:%Y-%m-%dT%H:%M:%S.%f}"


def go_on(name: str, turn: str, begin: Callable[[], Steps], goes_on: GoesOn) -> bool:
    """Do what one slice holds. True when nothing is left to do for this turn."""
    # Taken out for as long as it goes on: a walk that fails is begun anew.
    walk = _known.pop(name, None)
    if walk and walk.turn > turn:
        _known[name] = walk
        return True
    if walk is None or walk.turn < turn:
        walk = Walk(turn=turn, steps=begin())
    for _ in walk.steps:
        if not goes_on():
            _known[name] = walk
            return False
    return True
