"""Reminders come in the hour a person chose, once, and say nothing of health."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import OutgoingMail, Profile, Reminder, User
from coaching.practice.reminders import is_due, send_due

pytestmark = pytest.mark.django_db

SIX_IN_LISBON = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)


def wishing(reminder: Reminder = Reminder.DAILY, hour: int = 18, zone: str = "Europe/Lisbon") -> Profile:
    user = User.objects.create_user(f"person{Profile.objects.count()}@example.org", "a-made-up-password")
    profile = Profile.objects.of(user)
    profile.reminder, profile.reminder_hour, profile.time_zone = reminder, hour, zone
    profile.save()
    return profile


def test_a_reminder_leaves_in_the_hour_that_was_chosen() -> None:
    wishing()

    assert send_due(SIX_IN_LISBON) == 1


@pytest.mark.parametrize("off", [timedelta(hours=-1), timedelta(hours=1), timedelta(hours=5)])
def test_outside_that_hour_nothing_leaves_not_even_late(off: timedelta) -> None:
    wishing()

    assert send_due(SIX_IN_LISBON + off) == 0


def test_the_hour_is_that_of_the_persons_own_time_zone() -> None:
    wishing(zone="America/Chicago", hour=12)

    assert send_due(SIX_IN_LISBON) == 1


def test_nobody_is_reminded_twice_a_day() -> None:
    wishing()
    send_due(SIX_IN_LISBON)

    assert send_due(SIX_IN_LISBON + timedelta(minutes=15)) == 0
    assert send_due(SIX_IN_LISBON + timedelta(days=1)) == 1


def test_two_workers_send_one_reminder() -> None:
    first = wishing()
    second = Profile.objects.get(pk=first.pk)
    send_due(SIX_IN_LISBON)

    assert is_due(second, SIX_IN_LISBON)
    assert send_due(SIX_IN_LISBON) == 0
    assert OutgoingMail.objects.count() == 1


def test_a_weekly_reminder_waits_a_week() -> None:
    wishing(Reminder.WEEKLY)
    send_due(SIX_IN_LISBON)

    assert send_due(SIX_IN_LISBON + timedelta(days=6)) == 0
    assert send_due(SIX_IN_LISBON + timedelta(days=7)) == 1


def test_who_wishes_none_gets_none() -> None:
    wishing(Reminder.NONE)

    assert send_due(SIX_IN_LISBON) == 0


def test_a_reminder_tells_how_to_stop_it_and_nothing_of_health() -> None:
    wishing()
    send_due(SIX_IN_LISBON)

    mail = OutgoingMail.objects.get()
    assert "/accounts/profile/" in mail.text
    assert not any(word in (mail.subject + mail.text).lower() for word in ("pain", "anxi", "worry"))
