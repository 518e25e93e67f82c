"""What a link in a reminder opens: a page on GET, and on a press it stops, comes once more, or rests."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import ReminderWish, User
from coaching.models import ReminderSlot
from coaching.reminders.links import later_link, stop_link
from config.machine.log_filter import SIGNED_LINK
from tests.coaching.reminder_makers import SIX_IN_LISBON, a_wish, last_mail, sweep_at
from tests.coaching.shell_makers import text

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class Clock:
    at = SIX_IN_LISBON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(timezone, "now", found)
    return found


@pytest.fixture
def wish(clock: Clock) -> ReminderWish:
    """Reminded a moment ago."""
    found = a_wish()
    assert sweep_at(clock.at) == 1
    return found


@pytest.fixture
def reader() -> Client:
    """Whoever holds the link, with no session; and forms are checked as on a server."""
    return Client(enforce_csrf_checks=True)


def path(link: str) -> str:
    return link.removeprefix("http://localhost:8000")


def later(wish: ReminderWish) -> str:
    return path(later_link(wish, ReminderSlot.objects.get(is_again=False)))


def test_opening_the_link_stops_nothing_and_a_press_does(reader: Client, wish: ReminderWish) -> None:
    link = path(stop_link(wish))
    assert "Stop the reminders?" in text(reader.get(link))
    assert not ReminderWish.objects.get().stopped
    assert "Done: no more reminders" in text(reader.post(link, follow=True))
    reader.post(link)
    stopped = ReminderWish.objects.get()
    assert (stopped.stopped, stopped.next_reminder_at) == ("asked", None)
    assert sweep_at(SIX_IN_LISBON + timedelta(days=1)) == 0


@pytest.mark.parametrize("cut", ["", "/"])
def test_the_button_of_a_mail_program_stops_them_in_one_post(reader: Client, wish: ReminderWish, cut: str) -> None:
    link = str(last_mail()["List-Unsubscribe"]).strip("<>").rstrip("/") + cut
    answer = reader.post(path(link), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.content) == (200, b"Stopped.")
    assert ReminderWish.objects.get().stopped == "asked"


def test_once_more_comes_in_an_hour_and_once_a_day(reader: Client, clock: Clock, wish: ReminderWish) -> None:
    link = later(wish)
    assert "Once more at 19:05" in text(reader.get(link))
    assert ReminderSlot.objects.count() == 1
    assert "One more comes at about 19:05" in text(reader.post(link, follow=True))
    reader.post(link)
    assert sweep_at(clock.at + HOUR / 2) == 0
    assert sweep_at(clock.at + HOUR) == 1
    clock.at += HOUR
    reader.post(link)
    assert sweep_at(clock.at + HOUR) == 0
    again = ReminderSlot.objects.get(is_again=True)
    assert (again.probability, again.goes_out, again.state) == (1, True, "sent")


@pytest.mark.parametrize("hour", [20, 23])
def test_once_more_never_comes_in_quiet_hours_or_on_the_next_day(reader: Client, clock: Clock, hour: int) -> None:
    quiet = (21, 7) if hour == 20 else (3, 7)
    wish = a_wish(hour=hour, quiet_from=quiet[0], quiet_until=quiet[1])
    clock.at = SIX_IN_LISBON.replace(hour=hour, minute=35)
    assert sweep_at(clock.at) == 1
    assert "Once more at" not in text(reader.get(later(wish)))
    answer = reader.post(later(wish))
    assert not ReminderSlot.objects.filter(is_again=True).exists()
    # A notice has no page of its own: it opens this one, because the press was not done.
    assert answer.status_code == 409
    assert "One more today would come in your quiet hours, or it came already." in text(answer)


def test_a_break_rests_a_week_and_ends_by_itself(reader: Client, clock: Clock, wish: ReminderWish) -> None:
    assert "None comes before Monday, 30 November" in text(reader.post(later(wish), {"do": "break"}, follow=True))
    days = [number for number in range(1, 10) if sweep_at(clock.at + timedelta(days=number))]
    assert days == [7, 8, 9]


def test_a_link_of_another_day_asks_for_nothing(reader: Client, clock: Clock, wish: ReminderWish) -> None:
    link = later(wish)
    clock.at += timedelta(days=1)
    reader.post(link)
    assert not ReminderSlot.objects.filter(is_again=True).exists()


def test_links_are_good_for_one_purpose_and_one_person(reader: Client, wish: ReminderWish) -> None:
    other = a_wish()
    stop, once = path(stop_link(wish)), later(wish)
    token, foreign = stop.split("/")[3], path(stop_link(other)).split("/")[3]
    forged = [
        stop.replace(token, f"{foreign.partition('.')[0]}.{token.rpartition('.')[2]}"),
        once.replace("later", "stop"),
        stop.replace("stop", "later"),
        f"/reminders/calendar/{token}.ics",
        stop[:-3] + "/",
        "/reminders/stop/nobody/",
    ]
    for link in forged:
        assert reader.get(link).status_code == 404, link
        assert reader.post(link).status_code in (403, 404, 405), link
    assert not ReminderWish.objects.exclude(stopped="").exists()


def test_an_account_that_is_shut_has_no_links(reader: Client, wish: ReminderWish) -> None:
    User.objects.update(is_active=False)
    assert reader.get(path(stop_link(wish))).status_code == 404


def test_tokens_reach_no_log_and_no_cache(reader: Client, wish: ReminderWish) -> None:
    for link in (path(stop_link(wish)), later(wish), "/es" + later(wish), "/reminders/calendar/a.b.ics"):
        assert "..." in SIGNED_LINK.sub(r"\1...", link) and wish.public_id not in SIGNED_LINK.sub(r"\1...", link)
    for link in (path(stop_link(wish)), later(wish), "/es" + later(wish)):
        assert "no-store" in reader.get(link).headers["Cache-Control"]


def test_the_pages_behind_links_are_there_in_spanish(reader: Client, wish: ReminderWish) -> None:
    assert "¿Dejar de recibir recordatorios?" in text(reader.get("/es" + path(stop_link(wish))))
    assert "¿Ahora no? Está bien." in text(reader.get("/es" + later(wish)))


def test_a_repeat_of_a_mail_has_the_message_id_of_the_first(wish: ReminderWish) -> None:
    first: Any = last_mail()["Message-ID"]
    ReminderSlot.objects.update(state="waiting")
    assert sweep_at(SIX_IN_LISBON) == 1
    assert last_mail()["Message-ID"] == first
