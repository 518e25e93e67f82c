"""What a load balancer and an operator want to know: does the database take what people write, and does work move?"""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from time import monotonic

from django.conf import settings
from django.core.cache import cache
from django.db import Error
from django.db.models import Min, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.models import PeriodicRun
from accounts.work.clock import schedule
from accounts.work.schema import is_migrated
from coaching.danger.hurry import in_haste
from config.version import VERSION

LATE_SECONDS = 600
WORKER_SECONDS = 180
"""Workers look at the clock every second, and something is due each minute."""

LEAST_FREE = 200_000_000
"""Bytes that must be free where the site keeps its files; a night of letters and logs needs less."""

WRITES_EVERY = 15.0
"""Seconds between two trial writes of a process: to be asked must not become a load."""


@dataclass(frozen=True, kw_only=True)
class Health:
    reaches_database: bool = False
    is_migrated: bool = False
    takes_writes: bool = False
    has_room: bool = True
    oldest_task_seconds: int = 0
    idle_seconds: int | None = None
    """How long no worker has looked at the clock; None where none ever did."""

    @property
    def is_ready(self) -> bool:
        return self.reaches_database and self.is_migrated and self.takes_writes

    def as_words(self) -> dict[str, str | int]:
        has_worker = self.idle_seconds is not None and self.idle_seconds <= WORKER_SECONDS
        return {
            "version": VERSION,
            "database": "ok" if self.reaches_database else "unreachable",
            "migrations": "ok" if self.is_migrated else "missing",
            "writes": "ok" if self.takes_writes else "failing",
            "disk": "ok" if self.has_room else "full",
            "worker": "ok" if has_worker else "missing",
            "queue": "ok" if self.oldest_task_seconds <= LATE_SECONDS else "late",
            "oldest_task_seconds": self.oldest_task_seconds,
        }


def look() -> Health:
    at, has_room = timezone.now(), room_is_left()
    try:
        if not is_migrated():
            return Health(reaches_database=True, has_room=has_room)
        return Health(
            reaches_database=True,
            is_migrated=True,
            takes_writes=trial.succeeds(),
            has_room=has_room,
            oldest_task_seconds=oldest_task_seconds(at),
            idle_seconds=idle_seconds(at),
        )
    except Error:
        return Health(has_room=has_room)


def room_is_left() -> bool:
    try:
        return shutil.disk_usage(settings.VAR_DIR).free >= LEAST_FREE
    except OSError:
        return False


class Trial:
    """Whether a small write comes back. A full disk and a read-only database show nowhere else."""

    def __init__(self) -> None:
        self.next_at, self.result = 0.0, False

    def succeeds(self) -> bool:
        if monotonic() >= self.next_at:
            self.result = self._write()
            # A failure is looked at again with the next question: it may be over.
            self.next_at = monotonic() + WRITES_EVERY if self.result else 0.0
        return self.result

    def _write(self) -> bool:
        """Under a name of this one write: a process of another machine may have our number, and two threads have it."""
        key = f"trial-{token_hex(16)}"
        with in_haste():
            cache.set(key, key, 60)
            is_there = bool(cache.get(key) == key)
            if is_there:
                cache.delete(key)
        return is_there


trial = Trial()


def idle_seconds(at: datetime) -> int | None:
    """By the task of this code that is due most often and has waited longest for a worker."""
    names = [task.module_path for task, every in schedule() if every <= timedelta(minutes=1)]
    due_at = PeriodicRun.objects.filter(name__in=names).aggregate(first=Min("due_at"))["first"]
    return max(0, int((at - due_at).total_seconds())) if due_at else None


def oldest_task_seconds(at: datetime) -> int:
    """How long the task that has waited longest could have run already; 0 when none waits."""
    at_once = Q(run_after=get_date_max())
    oldest = DBTaskResult.objects.ready().aggregate(
        asked=Min("enqueued_at", filter=at_once), due=Min("run_after", filter=~at_once)
    )
    waits = [at - moment for moment in oldest.values() if moment]
    return max((int(wait.total_seconds()) for wait in waits), default=0)
