"""Turns to send, so that a rate holds for all workers together.

Idea: letters pass at fixed gaps of 60 s / rate. `next_at`, which all workers share, is when the next one
may pass; whoever takes turns moves it on. Turns that nobody took are kept for BURST and then lost,
so that an idle hour is not made up for in one go. (The "generic cell rate algorithm", ITU-T I.371.)
A rate is in letters a minute; 0 is no limit.
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


def reserve(next_at: datetime | None, wanted: int, *, per_minute: int, at: datetime) -> tuple[list[datetime], datetime]:
    """The time of each of the turns wanted, some of them perhaps still to come, and `next_at` after that."""
    gap, start = MINUTE / per_minute, _start(next_at, at)
    return [start + number * gap for number in range(wanted)], start + wanted * gap


def _start(next_at: datetime | None, at: datetime) -> datetime:
    return max(next_at, at - BURST) if next_at else at - BURST
