"""Runs background tasks, and keeps the clock that starts the repeated ones. Run as many of it as you like."""

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from time import monotonic
from types import FrameType

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from accounts.sending.drain import drain
from accounts.sending.ledger import Gone
from accounts.work import clock
from accounts.work.schema import is_migrated

log = logging.getLogger("unloop.worker")
# So that a long queue does not keep the clock from being looked at.
TASKS_BETWEEN_TICKS = 50
LETTERS_BETWEEN_TICKS = 5.0
PAUSE_WITHOUT_DATABASE = 5.0


class Command(BaseCommand):
    help = "Run background tasks and the clock of the repeated ones, until told to stop (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks into an empty queue")
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *, interval: float, once: bool, **options: object) -> None:
        self.name = get_random_string(12)
        self.is_stopping = threading.Event()
        self.worker: Worker | None = None
        self.gone: list[Gone] = []
        if once:
            if self.wind_up():
                self.round()
            return
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self.stop)
        log.info("Worker %s is running.", self.name)
        self.run_until_stopped(interval)
        log.info("Worker %s has stopped.", self.name)

    def run_until_stopped(self, interval: float) -> None:
        """A database that is away for a while, or not migrated yet, is waited for.

        Any other fault ends the process, loudly.
        """
        is_wound_up = False
        while not self.is_stopping.is_set():
            try:
                is_wound_up = is_wound_up or self.wind_up()
                pause = PAUSE_WITHOUT_DATABASE if not is_wound_up else 0 if self.round() else interval
            except (OperationalError, InterfaceError) as error:
                log.warning("The database does not answer (%s). Looking again soon.", type(error).__name__)
                pause = PAUSE_WITHOUT_DATABASE
            close_old_connections()
            self.is_stopping.wait(pause)

    def wind_up(self) -> bool:
        """False while the database lacks migrations of this code: what its rows mean is not known yet."""
        if not is_migrated():
            log.warning('The database is not up to date. Waiting for "manage.py migrate".')
            return False
        self.schedule, self.batches = clock.schedule(), clock.batches()
        clock.wind_up(self.schedule, at=timezone.now())
        return True

    def round(self) -> bool:
        """Put into the queue what the clock says, empty the queue, then send letters and what else has a ledger of its
        own, a few seconds each. True when more of them wait."""
        for name in clock.tick(self.schedule, at=timezone.now()):
            log.debug("Due: %s", name)
        self.worker = one_batch(self.name)
        self.worker.run()
        is_more = drain(self.name, clock=timezone.now, goes_on=self.for_a_while(), gone=self.gone)
        for batch in self.batches:
            is_more = batch(self.name, clock=timezone.now, goes_on=self.for_a_while()) or is_more
        return is_more

    def for_a_while(self) -> Callable[[], bool]:
        ends_at = monotonic() + LETTERS_BETWEEN_TICKS
        return lambda: monotonic() < ends_at and self.is_running()

    def is_running(self) -> bool:
        return not self.is_stopping.is_set()

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """The task at hand is finished first; a second signal does not wait for it."""
        signal.signal(signum, signal.SIG_DFL)
        self.is_stopping.set()
        if self.worker:
            self.worker.running = False


def one_batch(name: str) -> Worker:
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0.2,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=TASKS_BETWEEN_TICKS,
        worker_id=name,
    )
