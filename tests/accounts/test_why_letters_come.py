"""The page that says why a letter came: the words, the time and the way of the consent."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.core.consent_words import NEWSLETTER_VERSION, NEWSLETTER_WORDS
from accounts.mail.links import Standing, standing_path, wish_of
from accounts.models import ConsentWay, EventKind, Subscriber, SubscriberStatus
from accounts.newsletter import subscriptions
from tests.accounts.people import link_sent_to, make_subscriber

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    answer = client.get(standing_path(Subscriber.objects.get(), Standing.WHY))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("way", "words"),
    [
        (ConsentWay.FORM, "the button in that letter"),
        (ConsentWay.ACCOUNT, "the code we sent"),
        (ConsentWay.IMPORT, "a paper list"),
    ],
)
def test_the_words_the_time_and_the_way_are_told(client: Client, way: ConsentWay, words: str) -> None:
    make_subscriber(consent_way=way, consent_note="a paper list")
    told = page(client)
    assert NEWSLETTER_WORDS[NEWSLETTER_VERSION] in told
    assert "2 November 2026, 12:00" in told
    assert words in told


def test_it_opens_for_whoever_stopped_and_for_whoever_never_confirmed(client: Client) -> None:
    subscriber = make_subscriber(status=SubscriberStatus.UNSUBSCRIBED)
    assert "You get no letters now" in page(client)
    subscriber.delete()
    make_subscriber(status=SubscriberStatus.PENDING, consent_at=None, confirmed_at=None)
    assert "nothing more comes unless you say yes" in page(client)


def test_every_turn_is_remembered_with_the_words_of_each_consent(client: Client) -> None:
    for _ in range(2):
        subscriptions.ask("walter@example.org", language="en", at=timezone.now())
        wish = wish_of(link_sent_to("walter@example.org", "confirm").split("/")[3], at=timezone.now())
        assert wish and subscriptions.confirm(wish, at=timezone.now())
        subscriptions.unsubscribe(Subscriber.objects.get(), at=timezone.now())
    events = list(Subscriber.objects.get().events.all())
    assert [event.kind for event in events] == [EventKind.AGREED, EventKind.STOPPED] * 2
    assert events[2].words == NEWSLETTER_WORDS[NEWSLETTER_VERSION]
    assert "Letters stopped" in page(client)


def test_a_link_of_another_purpose_does_not_open_it(client: Client) -> None:
    link = standing_path(make_subscriber(), Standing.UNSUBSCRIBE)
    assert client.get(link.replace("unsubscribe", "why")).status_code == 404
