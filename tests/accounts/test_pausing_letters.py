"""A break from letters, of a chosen length or until a day, and the way back."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.mail.links import Standing, standing_path
from accounts.models import Pace, Subscriber
from tests.accounts.people import make_subscriber

pytestmark = pytest.mark.django_db


def page() -> str:
    return standing_path(Subscriber.objects.get(), Standing.PREFERENCES)


def choose(client: Client, **changed: Any) -> Any:
    answers = {"topics": ["sleep"], "pace": Pace.MONTHLY, "pause": "", "language": "es"}
    return client.post(page(), {**answers, **changed}, follow=True)


def beginning(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def today() -> date:
    return timezone.now().date()


def test_a_break_lasts_until_the_chosen_day(client: Client) -> None:
    make_subscriber()
    day = today() + timedelta(days=40)
    choose(client, pause="date", pause_until=day.isoformat())
    assert Subscriber.objects.get().paused_until == day
    assert not Subscriber.objects.reachable(beginning(day) - timedelta(seconds=1)).exists()
    assert Subscriber.objects.reachable(beginning(day)).exists()


@pytest.mark.parametrize("day", ["", "soon", "2001-01-01", "today", "2999-01-01"])
def test_a_day_that_will_not_do_is_refused(client: Client, day: str) -> None:
    make_subscriber()
    answer = choose(client, pause="date", pause_until=today().isoformat() if day == "today" else day)
    assert answer.status_code == 422
    assert 'id="id_pause_until_error"' in answer.content.decode()
    assert Subscriber.objects.get().paused_until is None


def test_a_day_without_the_choice_changes_nothing(client: Client) -> None:
    make_subscriber()
    choose(client, pause="", pause_until=(today() + timedelta(days=9)).isoformat())
    assert Subscriber.objects.get().paused_until is None


def test_a_break_is_ended_by_one_button_and_not_by_opening_a_link(client: Client) -> None:
    make_subscriber(paused_until=today() + timedelta(days=30))
    assert "Start them again now" in client.get(page()).content.decode()
    client.get(f"{page()}resume/")
    assert Subscriber.objects.get().paused_until
    answer = client.post(f"{page()}resume/", follow=True).content.decode()
    assert "Welcome back" in answer and "Start them again now" not in answer
    assert Subscriber.objects.get().paused_until is None


def test_a_break_that_is_over_is_not_shown(client: Client) -> None:
    make_subscriber(paused_until=today())
    assert "Start them again now" not in client.get(page()).content.decode()
