"""Leaving well: when the letters come after the end, and how long one waits to be sent.

Boosters at 1, 3 and 6 months and then silence: needing this less is the aim (field notes: graduation).
"""

from calendar import monthrange
from datetime import date, timedelta

STILL_SENT = timedelta(days=7)
"""A letter that comes later than this after its day is not sent at all: silence was promised."""

MONTHS_A_YEAR = 12


def months_after(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where that month is shorter."""
    place = day.month - 1 + months
    year, month = day.year + place // MONTHS_A_YEAR, place % MONTHS_A_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_to_be_sent(due: date, today: date) -> bool:
    return due <= today <= due + STILL_SENT
