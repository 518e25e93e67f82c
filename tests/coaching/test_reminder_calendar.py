"""The calendar of reminders: by a secret link that can be taken away, right where clocks change, cheap to ask."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from accounts.members import reminder_wishes
from accounts.models import ReminderWish
from coaching.models import Intake, Person, WeekStep
from coaching.reminders import feed
from coaching.reminders.links import calendar_link
from content.core.vocabulary import Level
from tests.coaching.reminder_makers import LONG_AGO, a_wish
from tests.coaching.shell_makers import a_member, a_plan, text

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    feed._kept.clear()


def link_of(wish: ReminderWish) -> str:
    reminder_wishes.open_calendar(wish.user, "en", timezone.now())
    return calendar_link(ReminderWish.objects.get(pk=wish.pk)).removeprefix("http://localhost:8000")


def events(answer: Any) -> list[Any]:
    assert answer.status_code == 200
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_each_slot_of_four_weeks_is_an_event_at_its_moment(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))
    wish = a_wish(zone="America/New_York", hour=2, quiet_from=22, quiet_until=1, days="06", way="none")
    answer = client.get(link_of(wish))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    found = [event.start.astimezone(UTC) for event in events(answer)]
    hours = {f"{at:%d %b}": at.hour for at in found}
    # 02:00 in winter; on 8 March, when it does not come, 03:00, which is 07:00 of the world; then 02:00 in summer.
    assert (hours["02 Mar"], hours["08 Mar"], hours["09 Mar"]) == (7, 7, 6)
    assert len(found) == 9


def test_a_reader_that_asks_each_minute_is_told_that_nothing_changed(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    link = link_of(a_wish())
    first = client.get(link)
    with django_assert_max_num_queries(3):
        again = client.get(link, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert client.get(link, headers={"If-None-Match": '"another"'}).status_code == 200
    assert "private" in first.headers["Cache-Control"]


def test_a_change_shows_with_the_next_question(client: Client) -> None:
    wish = a_wish()
    link = link_of(wish)
    before = client.get(link)
    a_wish(wish.user, hour=9, at=timezone.now())
    after = client.get(link, headers={"If-None-Match": before.headers["ETag"]})
    assert {event.start.astimezone(UTC).hour for event in events(after)} == {9}


def test_a_new_link_ends_the_old_one_and_so_does_taking_it_away(client: Client) -> None:
    wish = a_wish()
    old, new = link_of(wish), link_of(wish)
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    reminder_wishes.close_calendar(wish.user, timezone.now())
    assert client.get(new).status_code == 404


def test_whoever_stops_their_reminders_ends_the_link_too(client: Client) -> None:
    wish = a_wish()
    link = link_of(wish)
    reminder_wishes.stop(wish, ReminderWish.Stopped.ASKED, timezone.now())
    assert client.get(link).status_code == 404


def test_the_kept_calendars_stay_few(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "MOST_KEPT", 3)
    for _ in range(5):
        client.get(link_of(a_wish()))
    assert len(feed._kept) == 3


@pytest.fixture
def person(client: Client, library: None) -> Person:
    found = a_member(client)
    a_plan(found, at=timezone.now())
    client.post("/week/make/")
    return found


def summaries(client: Client, link: str) -> str:
    return " ".join(str(event["SUMMARY"]) for event in events(client.get(link)))


def test_the_steps_of_the_week_are_in_it_and_their_names_where_chosen(client: Client, person: Person) -> None:
    name = WeekStep.objects.select_related("technique").order_by("day", "at")[0].technique.name
    link = link_of(a_wish(person.user, at=LONG_AGO))
    assert "One small step" in summaries(client, link) and name not in summaries(client, link)
    a_wish(person.user, at=timezone.now(), names_step=True)
    assert name in summaries(client, link)


def test_while_danger_stands_no_step_is_in_it(client: Client, person: Person) -> None:
    Intake.objects.update(safety_level=Level.NOW, safety_at=timezone.now())
    assert "step" not in summaries(client, link_of(a_wish(person.user, names_step=True)))


def test_the_page_makes_shows_and_takes_away_the_link(client: Client) -> None:
    a_member(client)
    assert "/reminders/calendar/" in text(client.post("/reminders/link/", follow=True))
    wish = ReminderWish.objects.get()
    assert (wish.way, wish.next_reminder_at) == ("none", None)
    assert "/reminders/calendar/" not in text(client.post("/reminders/link/", {"do": "close"}, follow=True))
