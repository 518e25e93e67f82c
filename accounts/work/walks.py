"""Long work that comes to something only at its end, or that goes over people one after another and must not begin
with the same ones each time: between its slices it waits in the memory of its process.

What it has read so far is of people, so it is written nowhere. A worker that ends loses it, and whoever takes up the
next slice begins anew. Where workers take the slices in turn each walks by itself, and the first at the end has made
it. Each walk has a turn of a name of its own. One that comes round while the one before is under way goes on
with that first, so that none is ever pushed back to its beginning; what was left lying is begun anew.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any

from django.utils.crypto import get_random_string
from django_tasks.base import Task

from accounts.work.slices import GoesOn

Steps = Iterator[object]
"""Stops after each step, which is much shorter than a slice. What is made of all is kept by its last step."""

LEFT_LYING = 3600.0
"""Seconds after which nobody goes on with a walk: another worker was at its end first."""


@dataclass(kw_only=True)
class Walk:
    turn: str
    steps: Steps
    touched_at: float


_known: dict[str, Walk] = {}
_ended: dict[str, deque[str]] = {}
"""The turns of each name that came to their end lately."""

ENDED_KNOWN = 20


def do_a_slice(
    task: Task[..., Any], turn: str, begin: Callable[[datetime], Steps], at: datetime, goes_on: GoesOn
) -> None:
    """For a task that is asked for without a turn, and queues itself with one until its walk came to its end."""
    turn = turn or get_random_string(12)
    if not go_on(task.module_path, turn, lambda: begin(at), goes_on):
        task.enqueue(turn)


def go_on(name: str, turn: str, begin: Callable[[], Steps], goes_on: GoesOn) -> bool:
    """Do what one slice holds. True when nothing is left to do for this turn."""
    ended = _ended.setdefault(name, deque(maxlen=ENDED_KNOWN))
    if turn in ended:
        return True
    # Taken out for as long as it goes on: a walk that fails is begun anew.
    walk = _known.pop(name, None)
    if walk is None or walk.touched_at < monotonic() - LEFT_LYING:
        walk = Walk(turn=turn, steps=begin(), touched_at=monotonic())
    for _ in walk.steps:
        if not goes_on():
            walk.touched_at = monotonic()
            _known[name] = walk
            return False
    ended.append(walk.turn)
    return turn == walk.turn
