"""Runs background tasks, and keeps the clock that starts the repeated ones. Run as many of it as you like.

Two lanes in one process: mail that a person waits for has a thread of its own (`accounts/work/lanes.py`), and all else
takes turns here.
"""

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from math import inf
from time import monotonic
from types import FrameType

from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.crypto import get_random_string

from accounts.core.queues import MAIL, USUAL
from accounts.sending.drain import drain
from accounts.sending.ledger import Gone
from accounts.work import clock
from accounts.work.lanes import PAUSE_WITHOUT_DATABASE, Batch, MailLane, is_anything_ready, of_lane, over_and_over
from accounts.work.schema import is_migrated

log = logging.getLogger("unloop.worker")
TASKS_BETWEEN_LETTERS = 5.0
LETTERS_BETWEEN_TICKS = 5.0


class Command(BaseCommand):
    help = "Run background tasks and the clock of the repeated ones, until told to stop (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between looks into an empty queue")
        parser.add_argument("--once", action="store_true", help="do what is due now, then stop")

    def handle(self, *, interval: float, once: bool, **options: object) -> None:
        self.name, self.interval = get_random_string(12), interval
        self.longest_batch = inf if once else TASKS_BETWEEN_LETTERS
        self.is_stopping = threading.Event()
        self.batch: Batch | None = None
        self.mail: MailLane | None = None
        self.gone: list[Gone] = []
        if once:
            self.once()
            return
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self.stop)
        log.info("Worker %s is running.", self.name)
        self.run_until_stopped()
        log.info("Worker %s has stopped.", self.name)

    def once(self) -> None:
        """Both lanes, one after the other."""
        if self.wind_up():
            clock.tick(of_lane(self.schedule, MAIL), at=timezone.now())
            Batch(MAIL, self.name).run()
            self.round()
            # What the tasks have posted.
            Batch(MAIL, self.name).run()

    def run_until_stopped(self) -> None:
        """A fault of either lane ends both, and the process."""
        try:
            over_and_over(self.turn, is_stopping=self.is_stopping)
        finally:
            if self.mail:
                self.mail.stop()
                self.mail.join()
        if self.mail and self.mail.fault:
            raise self.mail.fault

    def turn(self) -> float:
        """A database that is not migrated yet is waited for."""
        if not self.mail:
            if not self.wind_up():
                return PAUSE_WITHOUT_DATABASE
            schedule = of_lane(self.schedule, MAIL)
            self.mail = MailLane(self.name, schedule=schedule, interval=self.interval, on_fault=self.finish)
            self.mail.start()
        return 0.0 if self.round() else self.interval

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
        own, a few seconds each. True when more of any waits."""
        for name in clock.tick(of_lane(self.schedule, USUAL), at=timezone.now()):
            log.debug("Due: %s", name)
        is_more = self.empty_queue()
        is_more = drain(self.name, clock=timezone.now, goes_on=self.for_a_while(), gone=self.gone) or is_more
        for batch in self.batches:
            is_more = batch(self.name, clock=timezone.now, goes_on=self.for_a_while()) or is_more
        return is_more

    def empty_queue(self) -> bool:
        """True when its time was over before it was empty."""
        self.batch = Batch(USUAL, self.name, self.longest_batch)
        self.batch.running = self.is_running()
        if self.mail:
            self.mail.other = self.batch
        self.batch.run()
        return self.batch.is_over and is_anything_ready(USUAL)

    def for_a_while(self) -> Callable[[], bool]:
        ends_at = monotonic() + LETTERS_BETWEEN_TICKS
        return lambda: monotonic() < ends_at and self.is_running()

    def is_running(self) -> bool:
        return not self.is_stopping.is_set()

    def stop(self, signum: int, frame: FrameType | None) -> None:
        """What is at hand is finished first; a second signal does not wait for it."""
        signal.signal(signum, signal.SIG_DFL)
        self.finish()

    def finish(self) -> None:
        self.is_stopping.set()
        if self.batch:
            self.batch.running = False
        if self.mail:
            self.mail.stop()
