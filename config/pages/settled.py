"""What a process has read by the time it has been asked for a while stays: templates, addresses, texts of the library.

Python looks for circles among all that is new since it last stopped looking: each time through templates and texts
again, while somebody waits, and so seldom that megabytes of pages that are over lie about meanwhile. Once what stays is
set aside, a look takes a tenth of that, and comes oftener.
"""

import gc
from collections.abc import Iterable
from threading import Thread
from time import sleep

PAUSES = (10, 50, 540)
"""Seconds before each time: what is asked first is there in seconds, nearly all in minutes. No oftener: a circle that
is set aside, as one of a page that is being made, is never found again. What nothing points to goes as ever."""

YOUNGEST, YOUNG, OLD = 700, 10, 4
"""After how many new objects, and after how many looks at younger ones, each age is looked through."""


def begin() -> None:
    """Called once by a process that serves pages, with all of its modules."""
    set_aside()
    gc.set_threshold(YOUNGEST, YOUNG, OLD)
    Thread(target=go_on, name="settled", daemon=True).start()


def go_on(pauses: Iterable[float] = PAUSES) -> None:
    for pause in pauses:
        sleep(pause)
        set_aside()


def set_aside() -> None:
    gc.collect()
    gc.freeze()
    # The oldest are looked through once a fourth as much is new as was there at the last look: now nothing is there.
    gc.collect()
