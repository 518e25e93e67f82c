"""Letters keep to the clock of whoever gets them: its hours, its days, and when it is put on or back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from accounts.core.sending.hours import Hours, beginning_of, day_there, may_come_at
from accounts.letters import editions
from accounts.mail.links import Standing, standing_path
from accounts.models import Edition, EditionKind, Series, SeriesLetter, Subscriber
from accounts.sending import series
from tests.accounts.people import NOON, make_subscriber
from tests.accounts.rounds import Clock, make_edition, send_due
from tests.outbox import Outbox

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
HOURS = Hours(opens=7, closes=21)
# With the clocks of both halves of the world, half an hour, forty-five minutes, none, and a midnight that is left out.
ZONES = (
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "America/Santiago",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Africa/Cairo",
    "",
)
MOMENTS = st.integers(0, 4 * 365 * 24 * 60).map(lambda minutes: NOON - 700 * DAY + timedelta(minutes=minutes))
SAME_DATABASE = examples(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def by_day(settings: Any) -> None:
    settings.LETTERS_HOURS = (7, 21)


def there(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone or "UTC"))


# --- The bare rules ---------------------------------------------------------------------


@examples(max_examples=300)
@given(at=MOMENTS, zone=st.sampled_from(ZONES))
def test_the_next_opening_is_within_the_hours_and_the_first_there_is(at: datetime, zone: str) -> None:
    moment = may_come_at(at, zone, HOURS)
    assert HOURS.opens <= there(moment, zone).hour < HOURS.closes
    assert at <= moment <= at + timedelta(hours=11)
    if moment > at:
        assert (there(moment, zone).hour, there(moment, zone).minute) == (HOURS.opens, 0)
        assert not HOURS.opens <= there(moment - timedelta(minutes=1), zone).hour < HOURS.closes


@examples(max_examples=300)
@given(at=MOMENTS, zone=st.sampled_from(ZONES[:-1]), minutes=st.integers(0, 24 * 60 - 1))
def test_a_minute_of_the_day_is_that_one_or_the_first_after_a_gap(at: datetime, zone: str, minutes: int) -> None:
    day = there(at, zone).date()
    moment = beginning_of(day, ZoneInfo(zone), minutes=minutes)
    found = there(moment, zone)
    assert found.date() == day
    assert found.hour * 60 + found.minute >= minutes
    before = there(moment - timedelta(minutes=1), zone)
    assert before.date() < day or before.hour * 60 + before.minute < minutes


def test_a_midnight_that_is_left_out_begins_when_the_clocks_go_on() -> None:
    """In Cairo the clocks go from midnight to one on 24 April 2026."""
    assert beginning_of(date(2026, 4, 24), ZoneInfo("Africa/Cairo")) == datetime(2026, 4, 23, 22, 0, tzinfo=UTC)


# --- Editions ---------------------------------------------------------------------------


def every(step: timedelta, *, since: datetime, days: float) -> Iterator[datetime]:
    at = since
    while at < since + days * DAY:
        yield at
        at += step


def sent_at(subscriber: Subscriber) -> list[datetime]:
    return [each for each in subscriber.deliveries.order_by("sent_at").values_list("sent_at", flat=True) if each]


@SAME_DATABASE
@given(at=MOMENTS, zones=st.lists(st.sampled_from(ZONES), min_size=1, max_size=4, unique=True))
def test_nobody_gets_an_edition_outside_of_the_hours_and_everybody_gets_it(
    outbox: Outbox, at: datetime, zones: list[str]
) -> None:
    Edition.objects.all().delete()
    Subscriber.objects.all().delete()
    people = {zone: make_subscriber(f"reader{n}@example.org", time_zone=zone) for n, zone in enumerate(zones)}
    make_edition(started_at=at, resumed_at=at)
    for moment in every(timedelta(hours=2), since=at, days=0.7):
        send_due(Clock(moment))
    for zone, person in people.items():
        [moment] = sent_at(person)
        assert HOURS.opens <= there(moment, zone).hour < HOURS.closes


def test_a_pause_or_a_slow_server_brings_no_letter_at_night(outbox: Outbox) -> None:
    person = make_subscriber()
    edition, clock = make_edition(), Clock(NOON.replace(hour=20, minute=59))
    send_due(clock, most=0)
    editions.pause(edition, "To look.")
    clock.move(hours=3)
    editions.resume(edition, at=clock())
    for moment in every(timedelta(minutes=60), since=clock().replace(minute=0), days=0.4):
        send_due(Clock(moment))
    assert [there(each, "").hour for each in sent_at(person)] == [7]


def test_one_for_any_hour_goes_at_once(outbox: Outbox) -> None:
    night = NOON.replace(hour=2)
    make_subscriber()
    make_edition(started_at=night, resumed_at=night, any_hour=True)
    send_due(Clock(night))
    assert len(outbox.letters) == 1


# --- Breaks -----------------------------------------------------------------------------


@examples(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=MOMENTS, zone=st.sampled_from(ZONES))
def test_a_break_ends_with_the_readers_own_day(at: datetime, zone: str) -> None:
    Subscriber.objects.all().delete()
    today = day_there(at, zone, HOURS)
    make_subscriber(time_zone=zone, paused_until=today)
    assert Subscriber.objects.reachable(at).exists()
    Subscriber.objects.update(paused_until=today + DAY)
    assert not Subscriber.objects.reachable(at).exists()


def test_back_from_a_break_the_first_letter_comes_by_day(outbox: Outbox) -> None:
    made = a_welcome(0, 2)
    person = make_subscriber(time_zone="Pacific/Auckland", paused_until=date(2026, 11, 9))
    live(made, since=NOON + 4 * DAY, days=5)
    hours = [there(each, "Pacific/Auckland") for each in sent_at(person)]
    assert hours[0].date() == date(2026, 11, 9)
    assert all(HOURS.opens <= each.hour < HOURS.closes for each in hours)


# --- The welcome series -----------------------------------------------------------------


def a_welcome(*days: int) -> Series:
    made = Series.objects.create(slug="welcome", title="Welcome")
    for position, wait in enumerate(days, start=1):
        edition = make_edition(f"welcome-{position}", status="draft", kind=EditionKind.SERIES)
        SeriesLetter.objects.create(series=made, edition=edition, position=position, days=wait)
    series.begin(made, at=NOON - 1000 * DAY)
    return made


def live(made: Series, *, since: datetime, days: float, step: timedelta = timedelta(hours=2)) -> None:
    for moment in every(step, since=since, days=days):
        series.put_in_due(at=moment)
        send_due(Clock(moment))


CHANGES = [
    ("Europe/Paris", datetime(2026, 3, 26, 8, 30, tzinfo=UTC)),
    ("Europe/Paris", datetime(2026, 10, 22, 17, 0, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 3, 6, 15, 30, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 4, 3, 1, 30, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 4, 18, 0, tzinfo=UTC)),
]


@pytest.mark.parametrize(("zone", "signed_up"), CHANGES)
def test_the_series_keeps_its_hour_when_the_clocks_change(outbox: Outbox, zone: str, signed_up: datetime) -> None:
    person = make_subscriber(time_zone=zone, confirmed_at=signed_up)
    made, hour = a_welcome(0, 2, 2), there(signed_up, zone)
    live(made, since=signed_up, days=0.05)
    for day in range(1, 6):
        on_the_day = hour + day * DAY
        for moment in (on_the_day.replace(hour=0), on_the_day - timedelta(minutes=1), on_the_day):
            live(made, since=moment.astimezone(UTC), days=0.05)
    times = [there(each, zone) for each in sent_at(person)]
    first = there(signed_up, zone)
    assert [each.date() for each in times] == [first.date() + n * DAY for n in (0, 2, 4)]
    assert {(each.hour, each.minute) for each in times} == {(first.hour, first.minute)}


def test_the_hour_that_was_chosen_holds_from_the_second_letter_on(outbox: Outbox) -> None:
    person = make_subscriber(time_zone="Asia/Kathmandu", letters_hour=18)
    made = a_welcome(0, 1, 1)
    live(made, since=NOON, days=0.05)
    for day in range(1, 4):
        for hour in (17, 18, 19):
            at = datetime(2026, 11, 2 + day, hour, tzinfo=ZoneInfo("Asia/Kathmandu"))
            live(made, since=at.astimezone(UTC), days=0.05)
    times = [there(each, "Asia/Kathmandu") for each in sent_at(person)]
    assert [each.hour for each in times[1:]] == [18, 18]


def test_who_signs_up_at_night_is_greeted_at_once_and_then_by_day(outbox: Outbox) -> None:
    night = NOON.replace(hour=1)
    person = make_subscriber(confirmed_at=night)
    live(a_welcome(0, 1), since=night, days=1.5)
    assert [(each.day, each.hour) for each in sent_at(person)] == [(2, 1), (3, 7)]


def test_a_greeting_that_is_late_waits_for_the_day(outbox: Outbox) -> None:
    night = NOON.replace(hour=1)
    person = make_subscriber(confirmed_at=night)
    live(a_welcome(0), since=night + timedelta(hours=2), days=1)
    assert [each.hour for each in sent_at(person)] == [7]


def test_whom_a_sleeping_worker_missed_is_found_by_the_look_at_all(outbox: Outbox) -> None:
    make_subscriber()
    a_welcome(0)
    late = NOON + 10 * DAY
    assert series.put_in_due(at=late) == 0
    assert sum(series.all_in_steps(late)) == 1
    assert sum(series.all_in_steps(late)) == 0


# --- On the page ------------------------------------------------------------------------


def choose(client: Client, **changed: Any) -> Any:
    page = standing_path(Subscriber.objects.get(), Standing.PREFERENCES)
    return client.post(page, {"topics": ["sleep"], "pace": "weekly", "pause": "", "language": "en", **changed})


def test_the_zone_and_the_hour_are_asked_and_never_guessed(client: Client) -> None:
    person = make_subscriber()
    page = client.get(standing_path(person, Standing.PREFERENCES)).content.decode()
    assert "Not set: the clock of UTC holds" in page
    assert "Letters come between 7:00 and 21:00 on your clock." in page
    assert choose(client, time_zone="Asia/Kathmandu", letters_hour="18").status_code == 302
    kept = Subscriber.objects.get()
    assert (kept.time_zone, kept.letters_hour) == ("Asia/Kathmandu", 18)
    choose(client)
    kept = Subscriber.objects.get()
    assert (kept.time_zone, kept.letters_hour) == ("", None)


@pytest.mark.parametrize("wrong", [{"time_zone": "Mars/Olympus"}, {"letters_hour": "3"}, {"letters_hour": "x"}])
def test_what_no_clock_shows_is_refused(client: Client, wrong: dict[str, str]) -> None:
    make_subscriber()
    assert choose(client, **wrong).status_code == 422
    kept = Subscriber.objects.get()
    assert (kept.time_zone, kept.letters_hour) == ("", None)
