"""Long work in slices of seconds: a task does what one slice holds and queues the next, behind whatever came since.

So letters, reminders and short tasks never wait long, a worker that is told to stop stops within a slice, and one that
is killed loses a slice. What is done in slices is safe to begin anew: each looks for what is left.
"""

from collections.abc import Callable
from time import monotonic

SLICE = 5.0
"""Seconds. What is at hand when they are over is finished first, so one step of the work must be much shorter."""

GoesOn = Callable[[], bool]


def for_a_slice(seconds: float = SLICE) -> GoesOn:
    ends_at = monotonic() + seconds
    return lambda: monotonic() < ends_at
