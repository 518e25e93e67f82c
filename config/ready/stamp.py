"""How the library stands, in one line: whatever changes a public page changes it too.

It is asked for in ready-made SQL, and covers every table of the library and the letters that have gone out. On
PostgreSQL each row says by which change it was written, so that none is overlooked, however it came about; on SQLite
each says when it was last saved. What falls due counts when its time comes, and a new day counts, as some pages speak
of days.
"""

from datetime import datetime
from functools import cache
from threading import Lock
from time import monotonic
from typing import Any

from django.db import Error, close_old_connections, connection
from django.db.models import Model
from django.utils import timezone

from accounts.models import Edition
from coaching.models import PoolNorms
from config.machine.postgresql.away import breaker
from content.reading.stamp import ask_anew, marks_of, shown, span

LOOKS_EVERY = 0.4
"""Seconds for which what was seen is believed. A text that is published shows within a second."""

WAITS_FOR_ANOTHER = 0.9
"""Seconds for which it is believed while another thread is looking."""


def watched() -> tuple[type[Model], ...]:
    return (*shown(), Edition, PoolNorms)


class Watch:
    """What was seen last, by any thread of this process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: tuple[Any, ...] | None = None
        self._at = float("-inf")

    def now(self) -> tuple[Any, ...] | None:
        """None while it cannot be known."""
        age = monotonic() - self._at
        if age <= LOOKS_EVERY:
            return self._seen
        if self._lock.acquire(blocking=False):
            try:
                return self._look()
            finally:
                self._lock.release()
        return self._seen if age <= WAITS_FOR_ANOTHER else None

    def _look(self) -> tuple[Any, ...] | None:
        begun = monotonic()
        try:
            seen = None if breaker.is_open else _asked_for()
        except Error:
            seen = None
        if seen != self._seen:
            # Before anybody makes a page under the new one: what a page asks of the library itself is kept too.
            ask_anew()
            self._seen = seen
        # The one from before stays where it says the same: each request compares it, and the same object at once.
        self._at = begun
        return self._seen


def _asked_for() -> tuple[Any, ...]:
    """The connection is as a request finds it and leaves it: a pool has it back at once."""
    close_old_connections()
    try:
        return stamp(timezone.now())
    finally:
        close_old_connections()


def stamp(at: datetime) -> tuple[Any, ...]:
    return (span(), *library(at))


def library(at: datetime) -> tuple[Any, ...]:
    """The same in every process that asks at this moment."""
    sql, times = _sql(connection.vendor)
    due = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(sql, [due] * times)
        return (at.date(), *cursor.fetchone())


@cache
def _sql(vendor: str) -> tuple[str, int]:
    """And how many times it takes the moment."""
    parts = [part for model in watched() for part in marks_of(model, vendor)]
    return f"SELECT {', '.join(parts)}", sum("%s" in part for part in parts)
