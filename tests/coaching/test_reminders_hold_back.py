"""A reminder that should not come any more does not: quiet hours, a mailbox, a break, an ended log-in, a leaving."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.core.reminding.slots import is_quiet_at
from accounts.members import reminder_wishes
from accounts.models import ReminderWish, Suppression, SuppressionReason, User
from accounts.models.reminder_wish import profile_of
from coaching.core.findings.reminders import Effect
from coaching.models import PushDevice, ReminderSlot, Rhythm
from coaching.reminders import chance, ledger, sweep
from coaching.reminders.links import calendar_link
from tests.coaching.reminder_makers import EVERY_DAY, SIX_IN_LISBON, a_wish, sweep_at
from tests.coaching.shell_makers import a_member, text, the_user

pytestmark = pytest.mark.django_db

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAGE = "/reminders/"


def state() -> str:
    return ReminderSlot.objects.get().state


# --- At the moment of sending -----------------------------------------------------------------------


def test_quiet_hours_that_were_chosen_while_it_stood_in_line_are_kept() -> None:
    wish = a_wish()
    ledger.put_in_due(SIX_IN_LISBON)
    ReminderWish.objects.update(quiet_from=17, quiet_until=20)
    wish.refresh_from_db()
    assert is_quiet_at(SIX_IN_LISBON, wish.hours(profile_of(wish.user)))
    assert sweep_at(SIX_IN_LISBON) == 0
    assert state() == ReminderSlot.State.NOTHING


@pytest.mark.parametrize(
    ("reason", "leaves"),
    [
        (SuppressionReason.BOUNCED, 0),
        (SuppressionReason.COMPLAINED, 0),
        (SuppressionReason.UNSUBSCRIBED, 1),
    ],
)
def test_a_mailbox_that_sends_mail_back_gets_none_and_whoever_left_the_letters_does(reason: Any, leaves: int) -> None:
    wish = a_wish()
    Suppression.objects.add_address(wish.user.email, reason)
    assert sweep_at(SIX_IN_LISBON) == leaves


def test_a_mailbox_that_sends_mail_back_is_no_matter_for_notices(monkeypatch: pytest.MonkeyPatch) -> None:
    wish = a_wish(way="push")
    Suppression.objects.add_address(wish.user.email, SuppressionReason.BOUNCED)
    monkeypatch.setattr(sweep.pushing, "push", lambda *_told, **_more: True)
    sweep_at(SIX_IN_LISBON)
    assert state() == ReminderSlot.State.SENT


# --- On a device whose log-in ended -----------------------------------------------------------------


def a_device(user: User) -> PushDevice:
    return PushDevice.objects.create(
        user=user, endpoint=f"https://push.example/{user.pk}", p256dh="x", auth="y", made_at=SIX_IN_LISBON
    )


@pytest.mark.parametrize("do", ["others", "all"])
def test_whoever_ends_the_log_ins_of_a_lost_phone_ends_its_notices(client: Client, do: str) -> None:
    a_member(client)
    a_device(the_user())
    client.post(f"/accounts/log-ins/end-{do}/")
    assert not PushDevice.objects.exists()


# --- During a break ---------------------------------------------------------------------------------


def test_a_break_that_ran_out_is_no_break(client: Client) -> None:
    a_member(client)
    a_wish(the_user(), at=timezone.now())
    ReminderWish.objects.update(paused_until=timezone.now().date() - DAY)
    assert "End the break" not in text(client.get(PAGE))


def test_whoever_left_is_told_that_none_comes(client: Client, library: None) -> None:
    person, today = a_member(client), timezone.now().date()
    a_wish(the_user(), at=timezone.now())
    assert "The next one" in text(client.get(PAGE))
    Rhythm.objects.create(person=person, began_on=today, ends_on=today + 56 * DAY, left_at=timezone.now())
    page = text(client.get(PAGE))
    assert "You left, so none comes." in page and "The next one" not in page and "Stop all reminders" in page


# --- In a calendar, and by chance -------------------------------------------------------------------


def test_a_link_for_the_calendar_has_days_in_it_also_for_whoever_had_chosen_none() -> None:
    wish = a_wish(days="", way="none")
    reminder_wishes.open_calendar(wish.user, "es", SIX_IN_LISBON)
    wish.refresh_from_db()
    assert (wish.days, wish.language, bool(calendar_link(wish))) == (EVERY_DAY, "es", True)


@pytest.mark.parametrize("have_stopped", [False, True])
def test_that_they_have_stopped_is_said_once_they_have(have_stopped: bool) -> None:  # noqa: FBT001
    """Between two looks the numbers may say harm already, and none has stopped yet."""
    effect = Effect(slots=56, more=-0.8, low=-0.9, high=-0.6, must_stop=True)
    shown = chance.Shown(sent=(2, 28), quiet=(26, 28), effect=effect)
    assert ("they have stopped" in chance.words_of(shown, have_stopped=have_stopped).first) is have_stopped
