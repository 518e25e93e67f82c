"""Work that comes round again, each piece exactly once a period, however many workers look at the clock.

An app lists its own in its `tasks` module: `PERIODIC = [(send_due_mail, timedelta(minutes=1)), ...]`.
Periods lie on a fixed grid from the epoch, so every worker agrees where they begin: a day
begins at midnight UTC. The worker that moves the row's `due_at` to the next beginning is the one
that enqueues. Periods missed while no worker ran are not made up for: the task runs once. Nor does a second one queue
up behind one that still waits.
A clock that was wrong for a moment, a year ahead say, leaves rows that wait for a year: what lies further ahead than
one period is pulled back, and said (`accounts/sending/wrong_clock.py` does the same for what else waits for a time).

What has a ledger of its own and no tasks, an app lists as `BATCHES = [drain]`: every worker calls each of them with
every round.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol

from django.apps import apps
from django.db import transaction
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.models import PeriodicRun

log = logging.getLogger("unloop.worker")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Schedule = list[tuple[Task, timedelta]]


class Batch(Protocol):
    """True when there may be more to do at once."""

    def __call__(self, worker: str, *, clock: Callable[[], datetime], goes_on: Callable[[], bool]) -> bool: ...


def tick(schedule: Schedule, *, at: datetime) -> list[str]:
    """Enqueue what is due, and name it."""
    turns = dict(PeriodicRun.objects.values_list("name", "due_at"))
    _pull_back(schedule, turns, at=at)
    due = {name for name, due_at in turns.items() if due_at <= at}
    return [task.module_path for task, every in schedule if task.module_path in due and _enqueue(task, every, at=at)]


def _pull_back(schedule: Schedule, turns: dict[str, datetime], *, at: datetime) -> None:
    """No turn lies further ahead than one period, unless the clock was ahead when it was written."""
    for task, every in schedule:
        due_at = turns.get(task.module_path)
        if due_at and due_at > at + every:
            turn = next_beginning(at, every)
            PeriodicRun.objects.filter(name=task.module_path, due_at=due_at).update(due_at=turn)
            log.warning("%s was due at %s, from a clock that was wrong. It is due at %s.", task.name, due_at, turn)


def next_beginning(at: datetime, every: timedelta) -> datetime:
    """The first moment on the grid that lies after `at`."""
    return EPOCH + ((at - EPOCH) // every + 1) * every


def wind_up(schedule: Schedule, *, at: datetime) -> None:
    """Make a row for each new task, due at once. Rows of others stay: a worker of another release may need them."""
    rows = [PeriodicRun(name=task.module_path, due_at=at) for task, _ in schedule]
    PeriodicRun.objects.bulk_create(rows, ignore_conflicts=True)


def schedule() -> Schedule:
    """What every installed app asks for."""
    return [entry for name in _task_modules() for entry in getattr(import_module(name), "PERIODIC", [])]


def batches() -> list[Batch]:
    return [batch for name in _task_modules() for batch in getattr(import_module(name), "BATCHES", [])]


def _task_modules() -> Iterator[str]:
    for config in apps.get_app_configs():
        if find_spec(f"{config.name}.tasks"):
            yield f"{config.name}.tasks"


@transaction.atomic
def _enqueue(task: Task, every: timedelta, *, at: datetime) -> bool:
    mine = PeriodicRun.objects.filter(name=task.module_path, due_at__lte=at)
    if mine.update(due_at=next_beginning(at, every)) != 1:
        return False
    if not _waits(task):
        task.enqueue()
    return True


def _waits(task: Task) -> bool:
    """One that runs does not count: its worker may have died."""
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path).exists()
