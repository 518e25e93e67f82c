"""Nobody floods a mailbox by typing its address into our forms, and nobody keeps its owner out by that either."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.core.sending.asking import LONGEST_WAIT, wait_after
from accounts.mail.links import CONFIRM_WITHIN
from accounts.models import Subscriber
from accounts.newsletter import moving, subscriptions
from tests.accounts.people import NOON, link_sent_to, mail_to, make_subscriber, make_user

pytestmark = pytest.mark.django_db
WALTER = "walter@example.org"


def ask_every_hour(days: int) -> None:
    for hour in range(24 * days):
        subscriptions.ask(WALTER, language="en", at=NOON + timedelta(hours=hour))


@pytest.mark.parametrize("subscribed", [False, True])
def test_a_month_of_asking_every_hour_sends_some_ten_mails(subscribed: bool) -> None:  # noqa: FBT001
    if subscribed:
        make_subscriber(WALTER)
    ask_every_hour(30)
    assert 5 <= len(mail_to(WALTER)) <= 12


def test_the_wait_grows_and_ends_at_a_week() -> None:
    waits = [wait_after(mails) for mails in range(60)]
    assert waits == sorted(waits) and waits[0] == timedelta(0) and waits[-1] == LONGEST_WAIT


def test_the_owner_always_holds_a_letter_whose_button_still_works() -> None:
    assert LONGEST_WAIT < CONFIRM_WITHIN
    ask_every_hour(10)
    path = link_sent_to(WALTER, "confirm")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: NOON + timedelta(days=10))
        Client().post(path)
    assert Subscriber.objects.get().is_active


def test_whoever_answered_begins_anew() -> None:
    ask_every_hour(10)
    walter = Subscriber.objects.get()
    before = len(mail_to(WALTER))
    subscriptions.unsubscribe(walter, at=NOON + timedelta(days=10))
    subscriptions.ask(WALTER, language="en", at=NOON + timedelta(days=10, minutes=1))
    assert len(mail_to(WALTER)) == before + 1


def test_many_subscribers_cannot_flood_one_mailbox_by_moving_to_it() -> None:
    for number in range(40):
        subscriber = make_subscriber(f"attacker{number}@example.org")
        moving.ask(subscriber, "victim@example.org", at=NOON + timedelta(minutes=number))
    assert len(mail_to("victim@example.org")) <= 3


def test_a_stranger_cannot_flood_a_mailbox_through_the_pages_of_accounts() -> None:
    make_user(WALTER)
    for _ in range(8):
        cache.clear()
        Client().post("/accounts/signup/", {"email": WALTER, "password1": "seven quiet herons"})
    assert len(mail_to(WALTER)) <= 3
