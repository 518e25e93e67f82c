"""How long mail waits before it is tried again.

One mail that did not go through waits longer each time, and is given up after the last pause:
some 8 hours in all, which outlasts most greylisting and most outages of a receiving server.
While our own mail server is away, everything waits, briefly at first: a restart takes seconds.
"""

from datetime import timedelta

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600, 6 * 3600))
LONGEST_CLOSED = timedelta(minutes=5)


def pause_after(tries: int) -> timedelta | None:
    """The wait after so many tries (1 or more) that failed; None: give it up."""
    return PAUSES[tries - 1] if tries <= len(PAUSES) else None


def closed_for(failures: int) -> timedelta:
    """The wait for all mail after the mail server was found away so many times (1 or more) in a row: 1, 2, 4, ... s."""
    return min(timedelta(seconds=2 ** min(failures - 1, 20)), LONGEST_CLOSED)
