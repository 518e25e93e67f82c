"""A breaker between the pages and PostgreSQL: after one failure no thread waits for it, until it answers again.

While it is away every page that needs it fails at once, and one thread beside the requests looks whether it is back. A
ready-made breaker lets a request try instead, which then waits for all others, or holds a lock while it connects.
"""

import logging
from collections.abc import Callable
from threading import Event, Lock, Thread
from time import monotonic, sleep

log = logging.getLogger("unloop.database")
LOOKS_EVERY = 0.5
"""Seconds between looks. How long a recovery may go unnoticed."""

FIRST_LOOK_SECONDS = 0.3
"""How long a thread waits for the first look, which a database that is there answers in milliseconds."""


class Breaker:
    def __init__(self) -> None:
        self._lock = Lock()
        self._is_open = self._is_away = False
        self._was_looked = Event()
        self.times_opened = 0

    @property
    def is_open(self) -> bool:
        """Whether the database is away, or may be."""
        return self._is_open

    def settles(self, seconds: float) -> bool:
        """Wait so long at most for the first look, whatever it finds: many pages at once wear out a pool whose database
        is there. Whether it is."""
        return self._was_looked.wait(seconds) and not self._is_away

    def open(self, look: Callable[[], None], forget: Callable[[], None]) -> None:
        """`look` raises while the database does not answer. `forget` drops the connections of a database that is away,
        so that nobody stands in line for one of them, and those of one that is back, as they are dead."""
        with self._lock:
            if self._is_open:
                return
            self._is_open = True
            self._was_looked.clear()
        try:
            Thread(target=self._watch, args=(look, forget), name="database-watch", daemon=True).start()
        except RuntimeError:
            # No thread can be had: without a watcher it would be open for good. The next failure tries once more.
            self._shut()
            log.error("No thread can be started to look whether the database is back.")

    def _watch(self, look: Callable[[], None], forget: Callable[[], None]) -> None:
        """However it ends, nothing is left open with nobody to shut it: the next failure opens it anew."""
        try:
            self._look_until_it_answers(look, forget)
        except Exception:
            log.exception("Who looked whether the database is back ended.")
        finally:
            self._shut()

    def _look_until_it_answers(self, look: Callable[[], None], forget: Callable[[], None]) -> None:
        since, was_away = monotonic(), False
        while not _answers(look):
            if not was_away:
                was_away = self._is_away = True
                self._was_looked.set()
                self.times_opened += 1
                log.error("The database does not answer. What needs it fails at once until it is back.")
                _try(forget)
            sleep(LOOKS_EVERY)
        if was_away:
            forget()
            log.warning("The database answers again after %.1f s.", monotonic() - since)

    def _shut(self) -> None:
        """In one step: whoever opens it at this moment finds it either still open or wholly shut."""
        with self._lock:
            self._is_open = self._is_away = False
            self._was_looked.set()


def _try(forget: Callable[[], None]) -> None:
    """Whoever stands in line then waits as long as a pool lets them; that it is away is known all the same."""
    try:
        forget()
    except Exception:
        log.exception("The connections of a database that is away could not be forgotten.")


def _answers(look: Callable[[], None]) -> bool:
    try:
        look()
    except Exception:  # noqa: BLE001 - whatever is wrong with it: a watcher that ends would leave the site shut for good
        return False
    return True


breaker = Breaker()
"""That of this process."""
