"""A slot a chosen day: never in quiet hours, none lost where clocks change, over all zones and years of changes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.core.reminding.slots import (
    LEAST_LONG,
    MOST_QUIET,
    Hours,
    Moment,
    next_slot,
    slot_at,
    slot_on,
    slots_between,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
EVERY_DAY = frozenset(range(7))
YEARS = ((2026, 2031), (2008, 2013))
"""Five to come; and five in which Samoa left out a whole day, and others changed their clocks at midnight."""


def hours(zone: str, hour: int = 18, quiet: tuple[int, int] = (22, 7), days: frozenset[int] = EVERY_DAY) -> Hours:
    return Hours(days=days, hour=hour, zone=ZoneInfo(zone), quiet_from=quiet[0], quiet_until=quiet[1])


@cache
def changes(zone: str, years: tuple[int, int]) -> tuple[date, ...]:
    """The days of the world's clock around which this one changes."""
    there, day = ZoneInfo(zone), datetime(years[0], 1, 1, tzinfo=UTC)
    found = []
    while day.year < years[1]:
        if day.astimezone(there).utcoffset() != (day + DAY).astimezone(there).utcoffset():
            found.append(day.date())
        day += DAY
    return tuple(found)


@cache
def kinds_of_clocks() -> dict[tuple[object, ...], str]:
    """One zone for all that change at the same moments by the same steps."""
    found: dict[tuple[object, ...], str] = {}
    for zone in sorted(available_timezones()):
        there = ZoneInfo(zone)
        told = []
        for years in YEARS:
            for day in changes(zone, years):
                noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
                offsets = [(noon + HOUR * off).astimezone(there).utcoffset() for off in range(-16, 20, 4)]
                told.append((day, *offsets))
        found.setdefault(tuple(told), zone)
    return found


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether that day comes in that zone at all."""
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC) - DAY
    return any((begins + HOUR * off).astimezone(zone).date() == day for off in range(72))


def faults(slots: list[tuple[date, Moment | None]], wanted: Hours) -> Iterator[str]:
    for day, slot in slots:
        if slot is None:
            if exists(day, wanted.zone):
                yield f"{day} is lost"
            continue
        opens, ends = (at.astimezone(wanted.zone) for at in (slot.opens, slot.closes - timedelta(seconds=1)))
        if opens.date() != day or slot.day != day:
            yield f"{day} opens on {opens}"
        if wanted.is_quiet(opens.hour) or wanted.is_quiet(ends.hour):
            yield f"{day} is quiet at {opens}"
        if not LEAST_LONG <= slot.closes - slot.opens <= HOUR:
            yield f"{day} lasts {slot.closes - slot.opens}"


def days_around(day: date) -> list[date]:
    return [day + DAY * off for off in range(-2, 4)]


# --- All zones, all changes --------------------------------------------------------------------------

QUIET = [(22, 7), (3, 0), (0, 2), (1, 17), (4, 20), (0, 0)]


@pytest.mark.long
@pytest.mark.parametrize("quiet", QUIET)
def test_in_every_zone_and_at_every_change_of_five_years_each_day_has_its_slot(quiet: tuple[int, int]) -> None:
    wrong = []
    for zone in kinds_of_clocks().values():
        days = {near for years in YEARS for day in changes(zone, years) for near in days_around(day)}
        for hour in range(24):
            wanted = hours(zone, hour, quiet)
            if not wanted.is_quiet(hour):
                found = [(day, slot_on(day, wanted)) for day in sorted(days)]
                wrong += [(zone, hour, fault) for fault in faults(found, wanted)]
    assert len(kinds_of_clocks()) > 60
    assert wrong == []


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    hour=st.integers(0, 23),
    quiet_from=st.integers(0, 23),
    quiet_length=st.integers(0, MOST_QUIET),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2030, 12, 1)),  # noqa: DTZ001 (drawn, then put into UTC)
    days=st.frozensets(st.integers(0, 6), min_size=1),
)
@settings(max_examples=150)
def test_from_slot_to_slot_there_is_one_a_chosen_day_and_never_a_quiet_one(
    zone: str, hour: int, quiet_from: int, quiet_length: int, start: datetime, days: frozenset[int]
) -> None:
    wanted = hours(zone, hour, (quiet_from, (quiet_from + quiet_length) % 24), days)
    if wanted.is_quiet(hour):
        return
    begins = start.replace(tzinfo=UTC)
    found = slots_between(begins, begins + 15 * DAY, wanted)
    assert [slot.day for slot in found] == sorted({slot.day for slot in found})
    assert {slot.day.weekday() for slot in found} <= days
    assert list(faults([(slot.day, slot) for slot in found], wanted)) == []
    first, last = begins.astimezone(wanted.zone).date() + DAY, (begins + 14 * DAY).astimezone(wanted.zone).date()
    between = [first + DAY * off for off in range((last - first).days)]
    lost = [day for day in between if day.weekday() in days and day not in {slot.day for slot in found}]
    assert [day for day in lost if exists(day, wanted.zone)] == []


# --- By name -----------------------------------------------------------------------------------------


def opens(zone: str, day: date, hour: int, quiet: tuple[int, int] = (22, 0)) -> str:
    slot = slot_on(day, hours(zone, hour, quiet))
    assert slot
    return f"{slot.opens.astimezone(ZoneInfo(zone)):%d %H:%M%z} for {(slot.closes - slot.opens).seconds // 60}"


@pytest.mark.parametrize(
    ("zone", "day", "hour", "quiet", "found"),
    [
        ("Europe/Lisbon", date(2026, 11, 23), 18, (22, 7), "23 18:00+0000 for 60"),
        ("America/New_York", date(2026, 3, 8), 2, (22, 0), "08 03:00-0400 for 60"),  # 02:00 does not come
        ("America/New_York", date(2026, 3, 8), 2, (3, 0), "08 01:00-0500 for 60"),  # and 03:00 is quiet
        ("America/New_York", date(2026, 11, 1), 1, (22, 0), "01 01:00-0400 for 60"),  # 01:00 comes twice
        ("Australia/Lord_Howe", date(2026, 10, 4), 2, (22, 0), "04 02:30+1100 for 30"),  # by half an hour
        ("Africa/Cairo", date(2026, 4, 24), 0, (22, 0), "24 01:00+0300 for 60"),  # midnight does not come
        ("Africa/Cairo", date(2026, 4, 24), 0, (1, 17), "24 17:00+0300 for 60"),
        ("Asia/Kathmandu", date(2026, 4, 24), 9, (22, 7), "24 09:00+0545 for 60"),
    ],
)
def test_an_hour_that_does_not_come_is_the_nearest_that_does(
    zone: str, day: date, hour: int, quiet: tuple[int, int], found: str
) -> None:
    assert opens(zone, day, hour, quiet) == found


def test_a_day_that_a_zone_leaves_out_has_no_slot_and_the_next_one_has() -> None:
    samoa = hours("Pacific/Apia")
    assert slot_on(date(2011, 12, 30), samoa) is None
    after = next_slot(datetime(2011, 12, 30, 6, tzinfo=UTC), samoa)
    assert after and after.day == date(2011, 12, 31)


def test_no_chosen_day_has_no_slot() -> None:
    assert next_slot(datetime(2026, 1, 1, tzinfo=UTC), hours("UTC", days=frozenset())) is None


def test_a_break_ends_on_its_day() -> None:
    wanted = Hours(days=EVERY_DAY, hour=18, zone=ZoneInfo("UTC"), since=date(2026, 5, 4))
    slot = next_slot(datetime(2026, 4, 1, tzinfo=UTC), wanted)
    assert slot and slot.day == date(2026, 5, 4)


def test_a_slot_is_open_from_its_first_moment_to_before_its_last() -> None:
    wanted = hours("UTC")
    noon = datetime(2026, 5, 4, 12, tzinfo=UTC)
    asked = (
        noon + timedelta(hours=6, minutes=minutes, seconds=seconds) for minutes, seconds in ((0, 0), (59, 59), (60, 0))
    )
    assert [bool(slot_at(at, wanted)) for at in asked] == [True, True, False]
