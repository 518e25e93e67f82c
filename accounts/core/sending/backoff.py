"""How long mail waits before it is tried again.

One mail that did not go through waits longer each time, and is given up after the last pause:
some 8 hours in all, which outlasts most greylisting and most outages of a receiving server.
A letter that may have arrived is tried again rarely and late: each copy more is one that a reader may see twice.
While our own mail server is away, everything waits, briefly at first: a restart takes seconds.
"""

from datetime import timedelta

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600, 6 * 3600))
FIRST_PAUSE_IN_DOUBT = 4
"""Where in PAUSES a letter that may have arrived begins: it is sent again after an hour, and after six, and no more."""
LONGEST_CLOSED = timedelta(minutes=5)


def pause_after(tries: int) -> timedelta | None:
    """The wait after so many tries (1 or more) that failed; None: give it up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def tries_in_doubt(tries: int) -> int:
    """The count of tries after one more, when the server may have the letter."""
    return max(tries, FIRST_PAUSE_IN_DOUBT) + 1


def closed_for(failures: int) -> timedelta:
    """The wait for all mail after the mail server was found away so many times (1 or more) in a row: 1, 2, 4, ... s."""
    return min(timedelta(seconds=2 ** min(failures - 1, 20)), LONGEST_CLOSED)
