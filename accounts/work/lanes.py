"""The lanes of a worker: each empties queues of its own, over and over, and waits for no other lane.

Mail that a person waits for, a code or a link, stands in the queue MAIL and is sent by a thread that does nothing else,
so that it never waits behind a batch.
"""

import logging
import threading
from collections.abc import Callable
from math import inf
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError, close_old_connections, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from accounts.core.queues import MAIL
from accounts.work import clock, lost_tasks

log = logging.getLogger("unloop.worker")
# So that a long queue does not keep the clock from being looked at.
TASKS_BETWEEN_TICKS = 50
PAUSE_WITHOUT_DATABASE = 5.0
RENEW_EVERY = 5.0
"""Seconds between two renewals of the lease of a task that is being done."""

Round = Callable[[], float]
"""One turn of a lane; the answer is how many seconds it may rest."""


def over_and_over(turn: Round, *, is_stopping: threading.Event) -> None:
    """A database that is away for a while is waited for. Any other fault ends the lane, loudly."""
    while not is_stopping.is_set():
        try:
            pause = turn()
        except (OperationalError, InterfaceError) as error:
            log.warning("The database does not answer (%s). Looking again soon.", type(error).__name__)
            pause = PAUSE_WITHOUT_DATABASE
        close_old_connections()
        is_stopping.wait(pause)


class Batch(Worker):
    """The tasks of one queue that are ready now, and which of them is being done.

    A task that works in slices is ready again at once. So no task is begun when `seconds` are over: whoever empties the
    queue has other work, and comes back.
    """

    def __init__(self, queue: str, name: str, seconds: float = inf) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=0.2,
            batch=True,
            backend_name=queue,
            startup_delay=False,
            max_tasks=TASKS_BETWEEN_TICKS,
            worker_id=name,
        )
        self.at_hand: UUID | None = None
        self.ends_at = monotonic() + seconds

    def run_task(self, db_task_result: Any) -> None:
        self.at_hand = db_task_result.pk
        try:
            super().run_task(db_task_result)
        finally:
            self.at_hand = None
            self.running = self.running and not self.is_over

    @property
    def is_over(self) -> bool:
        return monotonic() >= self.ends_at


class MailLane(threading.Thread):
    """Sends what a person waits for, and renews the lease of whatever the worker is doing, however long that takes."""

    def __init__(self, name: str, *, schedule: clock.Schedule, interval: float, on_fault: Callable[[], None]) -> None:
        super().__init__(name="mail", daemon=True)
        self.worker_name, self.schedule, self.interval, self.on_fault = name, schedule, interval, on_fault
        self.is_stopping = threading.Event()
        self.batch: Batch | None = None
        self.other: Batch | None = None
        """What the main lane is at."""

        self.renewed_at = 0.0
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            over_and_over(self.turn, is_stopping=self.is_stopping)
        except BaseException as fault:  # noqa: BLE001 (the main lane ends with it)
            self.fault = fault
            self.on_fault()
        finally:
            connections.close_all()

    def turn(self) -> float:
        self.renew()
        clock.tick(self.schedule, at=timezone.now())
        # A plain look first: to take a task, SQLite locks the whole database for a moment.
        if not is_anything_ready(MAIL):
            return self.interval
        self.batch = Batch(MAIL, self.worker_name)
        self.batch.running = not self.is_stopping.is_set()
        self.batch.run()
        return 0.0

    def renew(self) -> None:
        other = self.other
        if other and other.at_hand and monotonic() >= self.renewed_at + RENEW_EVERY:
            lost_tasks.renew(other.at_hand, at=timezone.now())
            self.renewed_at = monotonic()

    def stop(self) -> None:
        """The mail at hand is finished first."""
        self.is_stopping.set()
        if self.batch:
            self.batch.running = False


def is_anything_ready(queue: str) -> bool:
    return DBTaskResult.objects.ready().filter(backend_name=queue).exists()


def of_lane(schedule: clock.Schedule, queue: str) -> clock.Schedule:
    return [(task, every) for task, every in schedule if task.backend == queue]
