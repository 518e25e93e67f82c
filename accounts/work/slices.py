"""Long work in slices of seconds: a task does what one slice holds and queues the next, behind whatever came since.

So letters, reminders and short tasks never wait long, a worker that is told to stop stops within a slice, and one that
is killed loses a slice. What is done in slices is safe to begin anew: each looks for what is left.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any

from django.db.models import QuerySet

SLICE = 5.0
"""Seconds. What is at hand when they are over is finished first, so one step of the work must be much shorter."""

ROWS_AT_ONCE = 500

GoesOn = Callable[[], bool]


def for_a_slice(seconds: float = SLICE) -> GoesOn:
    ends_at = monotonic() + seconds
    return lambda: monotonic() < ends_at


def for_ever() -> bool:
    return True


def change_in_batches(rows: QuerySet[Any], goes_on: GoesOn = for_ever, **values: Any) -> int:
    """Write these values, some rows at a time, until none is left or `goes_on` says no; how many rows. A row that was
    changed must be none of them any more."""
    changed, is_more = 0, True
    while is_more and goes_on():
        keys = list(rows.order_by().values_list("pk", flat=True)[:ROWS_AT_ONCE])
        now = rows.filter(pk__in=keys).update(**values) if keys else 0
        changed, is_more = changed + now, bool(now) and len(keys) == ROWS_AT_ONCE
    return changed


def delete_in_batches(rows: QuerySet[Any], goes_on: GoesOn = for_ever) -> int:
    """Delete rows with all that hangs on them, some at a time, until none is left or `goes_on` says no. The answer is
    how many went, with those that hung on them."""
    gone, is_more = 0, True
    while is_more and goes_on():
        keys = list(rows.order_by().values_list("pk", flat=True)[:ROWS_AT_ONCE])
        # Named again with what made it one of them: it may have changed just now.
        gone += rows.filter(pk__in=keys).delete()[0] if keys else 0
        is_more = len(keys) == ROWS_AT_ONCE
    return gone
