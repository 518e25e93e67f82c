"""Bounces and complaints, as a provider posts them."""

import hashlib
import hmac
import json
from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.core.sending.bounces import Notice, meaning
from accounts.mail.sender_names import MailName
from accounts.models import Delivery, Subscriber, Suppression
from accounts.newsletter import subscriptions
from accounts.sending import notices
from tests.accounts.people import NOON, make_subscriber
from tests.accounts.rounds import Clock, make_edition, send_due, states
from tests.outbox import Outbox
from tests.pgplugin import WEBHOOK_KEY, WEBHOOK_SECRET

pytestmark = pytest.mark.django_db

ADDRESS = "/mail-events/mailgun/tracking/"
BASIC = f"Basic {b64encode(WEBHOOK_SECRET.encode()).decode()}"


def post(client: Client, event: str, *, key: str = WEBHOOK_KEY, basic: str = BASIC, **data: Any) -> int:
    signature = hmac.new(key.encode(), b"1700000000token", hashlib.sha256).hexdigest()
    body = {
        "signature": {"timestamp": "1700000000", "token": "token", "signature": signature},
        "event-data": {"event": event, "recipient": "walter@example.org", "timestamp": 1700000000, **data},
    }
    headers = {"authorization": basic}
    answer = client.post(ADDRESS, json.dumps(body), content_type="application/json", headers=headers)
    return int(answer.status_code)


def bounce(client: Client, **data: Any) -> int:
    return post(client, "failed", severity="permanent", reason="bounce", **data)


def status() -> str:
    return Subscriber.objects.get().status


def test_a_hard_bounce_ends_the_letters_and_is_remembered(client: Client, outbox: Outbox) -> None:
    make_subscriber()
    edition = make_edition()
    send_due(Clock())
    named = {"message": {"headers": {"message-id": str(outbox.letters[0]["Message-ID"]).strip("<>")}}}
    assert bounce(client, **named) == bounce(client, **named) == 200
    assert (status(), Suppression.objects.get().reason) == ("bounced", "bounced")
    assert states(edition) == {"bounced": 1}


def test_a_complaint_ends_the_letters_for_good(client: Client) -> None:
    make_subscriber()
    assert post(client, "complained") == 200
    assert (status(), Suppression.objects.get().reason) == ("unsubscribed", "complained")


def test_a_stop_at_the_provider_is_a_stop_here(client: Client) -> None:
    make_subscriber()
    assert post(client, "unsubscribed") == 200
    assert (status(), Suppression.objects.count()) == ("unsubscribed", 0)


@pytest.mark.parametrize("fault", [{"key": "another"}, {"basic": ""}, {"basic": "Basic YTpi"}])
def test_a_notice_from_somebody_else_changes_nothing(client: Client, fault: dict[str, str]) -> None:
    make_subscriber()
    assert post(client, "complained", **fault) == 400
    assert status() == "active"


@pytest.mark.parametrize("event", ["delivered", "opened", "something-new"])
def test_other_news_change_nothing(client: Client, event: str) -> None:
    make_subscriber()
    assert post(client, event) == 200
    assert status() == "active"


def test_a_notice_about_somebody_unknown_is_taken_in_silence(client: Client) -> None:
    assert post(client, "unsubscribed") == 200


def send_one(slug: str, clock: Clock) -> None:
    make_edition(slug, started_at=clock(), resumed_at=clock())
    send_due(clock)


def test_three_soft_bounces_are_as_good_as_a_hard_one(outbox: Outbox) -> None:
    make_subscriber()
    clock = Clock()
    for number in range(3):
        assert status() == "active"
        send_one(f"week-{number}", clock)
        for _ in range(2):  # a provider may say it twice
            letter = Delivery.objects.latest("pk")
            named = MailName("l", letter.edition_id, letter.subscriber_id)
            notices.take("walter@example.org", Notice.SOFT, mail=named, at=clock())
        clock.move(days=7)
    assert status() == "bounced"


def test_soft_bounces_of_long_ago_do_not_count(outbox: Outbox) -> None:
    make_subscriber()
    clock = Clock()
    for number in range(4):
        send_one(f"month-{number}", clock)
        notices.take("walter@example.org", Notice.SOFT, mail=None, at=clock())
        clock.move(days=40)
    assert status() == "active"


def test_who_complained_gets_nothing_even_if_an_old_list_brings_them_back(outbox: Outbox) -> None:
    subscriber = make_subscriber()
    notices.take(subscriber.email, Notice.COMPLAINT, mail=None, at=NOON)
    subscriptions.erase(Subscriber.objects.get())
    make_subscriber()
    edition = make_edition()
    send_due(Clock())
    assert (outbox.letters, states(edition)) == ([], {"skipped": 1})


def test_a_complaint_weighs_more_than_an_earlier_stop() -> None:
    subscriber = make_subscriber()
    subscriptions.unsubscribe(subscriber, at=NOON)
    subscriptions.erase(subscriber)
    notices.take("walter@example.org", Notice.COMPLAINT, mail=None, at=NOON + timedelta(days=1))
    assert Suppression.objects.get().reason == "complained"
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("event", "reason", "detail", "expected"),
    [
        ("bounced", "bounced", "HardBounce", Notice.HARD),
        ("bounced", "bounced", "SoftBounce", Notice.SOFT),
        ("rejected", "invalid", "", Notice.HARD),
        ("rejected", "blocked", "", Notice.SOFT),
        ("bounced", "spam", "", Notice.COMPLAINT),
        ("deferred", None, "", Notice.NOTHING),
        ("failed", None, "", Notice.SOFT),
    ],
)
def test_what_a_notice_means(event: str, reason: str | None, detail: str, expected: Notice) -> None:
    assert meaning(event, reason, detail) == expected
