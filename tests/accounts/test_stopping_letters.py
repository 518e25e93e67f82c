from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.mail.links import Standing, standing_link
from accounts.models import Consent, ConsentKind, Subscriber, SubscriberStatus
from tests.accounts.people import NOON, make_subscriber, make_user

pytestmark = pytest.mark.django_db


def path_to(purpose: Standing) -> str:
    return standing_link(Subscriber.objects.get(), purpose).removeprefix("http://localhost:8000")


def status() -> str:
    return Subscriber.objects.get().status


def test_opening_the_link_stops_nothing(client: Client) -> None:
    make_subscriber()
    page = client.get(path_to(Standing.UNSUBSCRIBE)).content.decode()
    assert "Stop the letters" in page
    assert status() == SubscriberStatus.ACTIVE


def test_pressing_the_button_stops_them(client: Client) -> None:
    make_subscriber()
    page = client.post(path_to(Standing.UNSUBSCRIBE), follow=True).content.decode()
    assert "no more letters" in page
    assert status() == SubscriberStatus.UNSUBSCRIBED


def test_the_button_of_a_mail_program_stops_them_at_once() -> None:
    """As a mail provider posts it: no cookie, no token, no page (RFC 8058)."""
    make_subscriber()
    answer = Client(enforce_csrf_checks=True).post(
        path_to(Standing.UNSUBSCRIBE), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    assert status() == SubscriberStatus.UNSUBSCRIBED


def test_stopping_twice_is_as_once(client: Client) -> None:
    make_subscriber()
    client.post(path_to(Standing.UNSUBSCRIBE))
    first = Subscriber.objects.get().unsubscribed_at
    client.post(path_to(Standing.UNSUBSCRIBE))
    assert Subscriber.objects.get().unsubscribed_at == first


def test_someone_who_never_confirmed_can_say_never_write_again(client: Client) -> None:
    make_subscriber(status=SubscriberStatus.PENDING, confirmed_at=None)
    client.post(path_to(Standing.UNSUBSCRIBE))
    assert status() == SubscriberStatus.UNSUBSCRIBED


def test_stopping_takes_back_the_consent_of_the_account(client: Client) -> None:
    user = make_user()
    make_subscriber(user=user)
    Consent.objects.give(user, ConsentKind.NEWSLETTER, words="Yes", words_version="1", at=NOON)
    client.post(path_to(Standing.UNSUBSCRIBE))
    assert not Consent.objects.standing().exists()


def choose(client: Client, **answers: Any) -> Any:
    chosen = {"topics": ["sleep", "flares"], "pace": "monthly", "pause": "", "language": "en"}
    return client.post(path_to(Standing.PREFERENCES), {**chosen, **answers})


def test_topics_pace_and_language_are_kept(client: Client) -> None:
    make_subscriber()
    assert choose(client, language="es").status_code == 302
    subscriber = Subscriber.objects.get()
    assert (subscriber.topics, subscriber.pace, subscriber.language) == (["sleep", "flares"], "monthly", "es")
    assert "Saved" in client.get(path_to(Standing.PREFERENCES)).content.decode()


def test_a_break_has_an_end_and_can_be_kept_or_lifted(client: Client) -> None:
    make_subscriber()
    choose(client, pause="30")
    until = timezone.now().date() + timedelta(days=30)
    assert Subscriber.objects.get().paused_until == until
    choose(client, pause="keep")
    assert Subscriber.objects.get().paused_until == until
    choose(client, pause="")
    assert Subscriber.objects.get().paused_until is None


def test_nobody_is_reached_during_a_break(client: Client) -> None:
    make_subscriber(paused_until=NOON.date() + timedelta(days=1))
    assert not Subscriber.objects.reachable(NOON).exists()
    assert Subscriber.objects.reachable(NOON + timedelta(days=1)).exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("topics", []),
        ("topics", ["horoscope"]),
        ("pace", "hourly"),
        ("pause", "-1"),
        ("pause", "keep"),
        ("language", "xx"),
    ],
)
def test_what_is_not_offered_is_refused_at_its_field(client: Client, field: str, value: Any) -> None:
    make_subscriber()
    answer = choose(client, **{field: value})
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert Subscriber.objects.get().pace == "weekly"


def test_an_empty_post_is_refused(client: Client) -> None:
    make_subscriber()
    assert client.post(path_to(Standing.PREFERENCES), {}).status_code == 422


def test_the_page_leads_to_why_one_gets_the_letters(client: Client) -> None:
    make_subscriber()
    assert path_to(Standing.WHY) in client.get(path_to(Standing.PREFERENCES)).content.decode()


@pytest.mark.parametrize("state", [SubscriberStatus.PENDING, SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.BOUNCED])
def test_whoever_gets_no_letters_has_nothing_to_choose_but_a_way_back(client: Client, state: SubscriberStatus) -> None:
    make_subscriber(status=state)
    page = client.get(path_to(Standing.PREFERENCES)).content.decode()
    assert "You get no letters now" in page
    assert 'action="/newsletter/"' in page
    choose(client)
    assert Subscriber.objects.get().pace == "weekly"
