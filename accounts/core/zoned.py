"""A time as it is typed, in a time zone, as a moment. Clocks that are put on or back make some times none or two."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

FARTHEST = timedelta(days=2 * 366)
"""How far from now a typed time may lie. Beyond it is a slip of the year, and at the ends of the calendar no zone can
be reckoned with."""


def moment_in(typed: datetime, zone: str) -> datetime | None:
    """The moment of a naive time in a zone, in UTC: the earlier one of two, None when that time never comes."""
    there = ZoneInfo(zone)
    moment = typed.replace(tzinfo=there).astimezone(UTC)
    return moment if moment.astimezone(there).replace(tzinfo=None) == typed else None
