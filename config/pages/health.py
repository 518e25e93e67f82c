"""What a load balancer and an operator want to know: is the database there, up to date, and is the queue moving?"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Min, Q
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from config.version import VERSION

LATE_SECONDS = 600


@dataclass(frozen=True, kw_only=True)
class Health:
    reaches_database: bool = False
    is_migrated: bool = False
    oldest_task_seconds: int = 0

    @property
    def is_ready(self) -> bool:
        return self.reaches_database and self.is_migrated

    def as_words(self) -> dict[str, str | int]:
        return {
            "version": VERSION,
            "database": "ok" if self.reaches_database else "unreachable",
            "migrations": "ok" if self.is_migrated else "missing",
            "queue": "ok" if self.oldest_task_seconds <= LATE_SECONDS else "late",
            "oldest_task_seconds": self.oldest_task_seconds,
        }


def look() -> Health:
    try:
        is_migrated = shipped_migrations() <= set(MigrationRecorder(connection).applied_migrations())
    except Error:
        return Health()
    if not is_migrated:
        return Health(reaches_database=True)
    return Health(reaches_database=True, is_migrated=True, oldest_task_seconds=oldest_task_seconds(timezone.now()))


@cache
def shipped_migrations() -> set[tuple[str, str]]:
    """The migrations in this code; they cannot change while it runs."""
    return set(MigrationLoader(None).disk_migrations)


def oldest_task_seconds(at: datetime) -> int:
    """How long the task that has waited longest could have run already; 0 when none waits."""
    at_once = Q(run_after=get_date_max())
    oldest = DBTaskResult.objects.ready().aggregate(
        asked=Min("enqueued_at", filter=at_once), due=Min("run_after", filter=~at_once)
    )
    waits = [at - moment for moment in oldest.values() if moment]
    return max((int(wait.total_seconds()) for wait in waits), default=0)
