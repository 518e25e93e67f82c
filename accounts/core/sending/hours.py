"""The hours of a reader's own clock in which letters may come.

A letter that would come outside of them waits for the next opening, on the reader's own clock, so that it stands still
when that clock is put on or back. Whoever has not told a time zone is reckoned with by the site's: it is never guessed.
An hour that the clocks leave out begins when they go on.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

HOUR = 60
"""Minutes. Times of a day are counted in minutes since its midnight."""


@dataclass(frozen=True, kw_only=True)
class Hours:
    """From `opens` on and before `closes`, in full hours of the day, on the reader's clock or that of `zone`."""

    opens: int
    closes: int
    zone: str = "UTC"


def zone_of(told: str, hours: Hours) -> ZoneInfo:
    try:
        return ZoneInfo(told or hours.zone)
    except (ZoneInfoNotFoundError, ValueError):
        # The name went out of use, or came with a list.
        return ZoneInfo(hours.zone)


def day_there(at: datetime, told: str, hours: Hours) -> date:
    return at.astimezone(zone_of(told, hours)).date()


def may_come_at(at: datetime, told: str, hours: Hours) -> datetime:
    """The first moment from `at` on that lies within the hours."""
    there = zone_of(told, hours)
    local = at.astimezone(there)
    if hours.opens <= local.hour < hours.closes:
        return at
    day = local.date() if local.hour < hours.opens else local.date() + timedelta(days=1)
    return beginning_of(day, there, minutes=hours.opens * HOUR)


def beginning_of(day: date, there: ZoneInfo, *, minutes: int = 0) -> datetime:
    """The moment at which so many minutes of the day have begun, or its first one after them."""
    typed = datetime.combine(day, time(minutes // HOUR, minutes % HOUR), tzinfo=there)
    moment = typed.astimezone(UTC)
    if moment.astimezone(there).replace(tzinfo=None) == typed.replace(tzinfo=None):
        return moment
    # That time never comes: the clocks are put on over it. Read by the new clock, it is a moment before they are.
    return _when_they_go_on(typed.replace(fold=1).astimezone(UTC), moment, there)


def _when_they_go_on(before: datetime, after: datetime, there: ZoneInfo) -> datetime:
    """The moment between the two at which the clocks are put on, to the second."""
    offset = before.astimezone(there).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        before, after = (middle, after) if middle.astimezone(there).utcoffset() == offset else (before, middle)
    return after.replace(microsecond=0)


@lru_cache(maxsize=1)
def every_zone() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def zones_by_day(at: datetime) -> dict[date, tuple[str, ...]]:
    """The day that it is in each zone of the world."""
    return _zones_by_day(_minute(at))


def zones_that_wait(at: datetime, hours: Hours) -> dict[datetime, tuple[str, ...]]:
    """The zones in which no letter may come at this moment, by the moment at which one may."""
    return _zones_that_wait(_minute(at), hours)


def _minute(at: datetime) -> datetime:
    """Days and hours begin on full minutes wherever one lives, so that what holds for a minute is worked out once."""
    return at.replace(second=0, microsecond=0)


@lru_cache(maxsize=8)
def _zones_by_day(minute: datetime) -> dict[date, tuple[str, ...]]:
    by_day: dict[date, list[str]] = defaultdict(list)
    for zone in every_zone():
        by_day[minute.astimezone(ZoneInfo(zone)).date()].append(zone)
    return {day: tuple(zones) for day, zones in by_day.items()}


@lru_cache(maxsize=8)
def _zones_that_wait(minute: datetime, hours: Hours) -> dict[datetime, tuple[str, ...]]:
    waiting: dict[datetime, list[str]] = defaultdict(list)
    for zone in every_zone():
        moment = may_come_at(minute, zone, hours)
        if moment > minute:
            waiting[moment].append(zone)
    return {moment: tuple(zones) for moment, zones in waiting.items()}
