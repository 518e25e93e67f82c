"""When a person is to be reminded: one slot on each chosen day, in the chosen hour of their own clock.

A slot opens when its hour begins and closes when that hour ends; what has not left by then does not leave. Clocks that
are put on or back make some hours none or two. An hour that comes twice is that slot once, the first time. Where the
hour does not come that day, the slot opens at the nearest hour of the same day that is not quiet, the later one first,
so that no day is lost. A day that a zone leaves out as a whole (one that crosses the date line) has no slot.

    18:00 in Lisbon, on Mondays, quiet from 22 until 7
    02:00 in New York on the day its clocks go from 02:00 to 03:00: at 03:00
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.core.sending.hours import HOUR, beginning_of

DAY, A_HOUR = timedelta(days=1), timedelta(hours=1)
HOURS = 24
MOST_QUIET = 16
"""Hours of a day that may be quiet at most: an hour left out always has a neighbour that is not."""

LEAST_LONG = timedelta(minutes=25)
"""Of an hour in which the clocks are changed, less than this does not count: some change theirs at a minute past
midnight. Our choice; the shortest that Lord Howe Island leaves is 30."""

LOOK_AHEAD = 9
"""Days in which the next slot lies: a week, one that a zone may leave out, and the day at hand."""


@dataclass(frozen=True, kw_only=True)
class Hours:
    """`days` are 0 (Monday) to 6. Quiet from the full hour `quiet_from` on and before `quiet_until`; none if equal.

    `since` is the first day on which one may come, for somebody who takes a break.
    """

    days: frozenset[int]
    hour: int
    zone: ZoneInfo
    quiet_from: int = 0
    quiet_until: int = 0
    since: date | None = None

    def is_quiet(self, hour: int) -> bool:
        return (hour - self.quiet_from) % HOURS < self.quiet_length

    @property
    def quiet_length(self) -> int:
        return (self.quiet_until - self.quiet_from) % HOURS


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One slot: its day on the person's clock, when it opens, and from when on it is too late."""

    day: date
    opens: datetime
    closes: datetime


def slot_on(day: date, hours: Hours) -> Moment | None:
    if day.weekday() not in hours.days or (hours.since and day < hours.since):
        return None
    nearest = sorted(range(HOURS), key=lambda hour: (abs(hour - hours.hour), -hour))
    wanted = (hour for hour in nearest if not hours.is_quiet(hour))
    return next((slot for hour in wanted if (slot := _beginning_in(hour, day, hours))), None)


def slot_at(at: datetime, hours: Hours) -> Moment | None:
    """The slot that is open at a moment."""
    here = at.astimezone(hours.zone).date()
    several = (slot_on(here + DAY * off, hours) for off in (0, -1))
    return next((slot for slot in several if slot and slot.opens <= at < slot.closes), None)


def next_slot(after: datetime, hours: Hours) -> Moment | None:
    """The first that opens after a moment; None where no day is chosen."""
    here = max(after.astimezone(hours.zone).date(), hours.since or date.min)
    several = (slot_on(here + DAY * off, hours) for off in range(LOOK_AHEAD))
    return next((slot for slot in several if slot and slot.opens > after), None)


def slots_between(begins: datetime, ends: datetime, hours: Hours) -> list[Moment]:
    slots: list[Moment] = []
    slot = next_slot(begins, hours)
    while slot and slot.opens < ends:
        slots.append(slot)
        slot = next_slot(slot.opens, hours)
    return slots


def is_quiet_at(at: datetime, hours: Hours) -> bool:
    return hours.is_quiet(at.astimezone(hours.zone).hour)


def _beginning_in(hour: int, day: date, hours: Hours) -> Moment | None:
    """None where that hour does not come on that day, or too little of it."""
    second = datetime.combine(day, time(hour), tzinfo=hours.zone).replace(fold=1).astimezone(UTC)
    for opens in (beginning_of(day, hours.zone, minutes=hour * HOUR).astimezone(UTC), second):
        closes = _end_of_hour(opens, hours.zone)
        if _wall(opens, hours.zone) == (day, hour) and closes - opens >= LEAST_LONG:
            return Moment(day=day, opens=opens, closes=closes)
    return None


def _end_of_hour(opens: datetime, zone: ZoneInfo) -> datetime:
    """Where its hour ends on the clock, or where the clock is changed within it."""
    here = opens.astimezone(zone)
    ends = opens + A_HOUR - timedelta(minutes=here.minute, seconds=here.second)
    if (ends - timedelta(seconds=1)).astimezone(zone).utcoffset() == here.utcoffset():
        return ends
    minutes = (opens + timedelta(minutes=number) for number in range(1, HOUR))
    return next((at for at in minutes if at < ends and _wall(at, zone) != _wall(opens, zone)), ends)


def _wall(at: datetime, zone: ZoneInfo) -> tuple[date, int]:
    here = at.astimezone(zone)
    return here.date(), here.hour
