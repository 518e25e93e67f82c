"""Turns to send, so that a rate holds for all workers together.

Idea: letters pass at fixed gaps of 60 s / rate. `next_at`, which all workers share, is when the next one
may pass; whoever takes turns moves it on. Turns that nobody took are kept for BURST and then lost,
so that an idle hour is not made up for in one go. (The "generic cell rate algorithm", ITU-T I.371.)
A rate is in letters a minute; 0 is no limit.

A turn is never given ahead: what cannot pass now is told about when to come again, behind those that wait already, and
takes its turn then, or waits once more. So nothing is lost when those before it are cancelled, and after a pause
no more pass at once than BURST holds.
"""

from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
BURST = timedelta(seconds=1)


def take(next_at: datetime | None, wanted: int, *, per_minute: int, at: datetime) -> tuple[int, datetime | None]:
    """How many of the turns wanted may be taken now, and `next_at` after that."""
    if not per_minute:
        return wanted, next_at
    gap, start = MINUTE / per_minute, _start(next_at, at)
    if start > at:
        return 0, next_at
    taken = min(wanted, (at - start) // gap + 1)
    return taken, start + taken * gap


def queue(
    next_at: datetime | None, until: datetime | None, waiting: int, *, per_minute: int, at: datetime
) -> tuple[list[datetime], datetime | None]:
    """About when each of those who wait may pass, behind all who wait already (`until`), and where the queue ends."""
    if not waiting:
        return [], until
    gap, start = MINUTE / per_minute, max(filter(None, (next_at, until, at)))
    times = [start + number * gap for number in range(waiting)]
    return times, times[-1] + gap


def _start(next_at: datetime | None, at: datetime) -> datetime:
    return max(next_at, at - BURST) if next_at else at - BURST
