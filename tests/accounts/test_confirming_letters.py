from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.core.consent_words import NEWSLETTER_VERSION, NEWSLETTER_WORDS
from accounts.mail.links import Standing, confirm_link, standing_link, wish_of
from accounts.models import Subscriber, SubscriberStatus, Suppression, SuppressionReason
from accounts.newsletter import subscriptions
from tests.accounts.people import link_sent_to, make_subscriber

pytestmark = pytest.mark.django_db

NEVER_CONFIRMED = {"status": SubscriberStatus.PENDING, "consent_at": None, "consent_words": "", "confirmed_at": None}


@pytest.fixture
def link(client: Client) -> str:
    client.post("/newsletter/", {"email": "walter@example.org"})
    return link_sent_to("walter@example.org", "confirm")


def status() -> str:
    return Subscriber.objects.get().status


def path_of(link: str) -> str:
    return link.removeprefix("http://localhost:8000")


def test_opening_the_link_confirms_nothing(client: Client, link: str) -> None:
    page = client.get(link)
    assert page.status_code == 200
    assert "walter@example.org" in page.content.decode()
    assert status() == SubscriberStatus.PENDING


def test_pressing_the_button_starts_the_letters_and_keeps_the_proof(client: Client, link: str) -> None:
    before = timezone.now()
    page = client.post(link, follow=True).content.decode()
    subscriber = Subscriber.objects.get()
    assert "You are on the list" in page
    assert subscriber.status == SubscriberStatus.ACTIVE
    assert subscriber.consent_words == NEWSLETTER_WORDS[NEWSLETTER_VERSION]
    assert subscriber.consent_version == NEWSLETTER_VERSION
    assert subscriber.consent_at and subscriber.confirmed_at
    assert subscriber.consent_at < before < subscriber.confirmed_at


def test_pressing_twice_is_as_once(client: Client, link: str) -> None:
    client.post(link)
    first = Subscriber.objects.get().confirmed_at
    assert client.post(link).status_code == 302
    assert Subscriber.objects.get().confirmed_at == first


def test_the_button_needs_neither_cookie_nor_token(link: str) -> None:
    assert Client(enforce_csrf_checks=True).post(link).status_code == 302
    assert status() == SubscriberStatus.ACTIVE


def test_a_link_works_for_two_weeks(client: Client) -> None:
    subscriber = make_subscriber(**NEVER_CONFIRMED)
    at = timezone.now()
    fresh = confirm_link(subscriber, NEWSLETTER_VERSION, at=at - timedelta(days=13, hours=23))
    stale = confirm_link(subscriber, NEWSLETTER_VERSION, at=at - timedelta(days=14, seconds=1))
    assert client.get(path_of(fresh)).status_code == 200
    assert client.post(path_of(stale)).status_code == 404
    assert status() == SubscriberStatus.PENDING


def test_a_spent_link_does_not_bring_back_letters_that_were_stopped(client: Client, link: str) -> None:
    client.post(link)
    subscriptions.unsubscribe(Subscriber.objects.get(), at=timezone.now())
    assert client.post(link).status_code == 404
    assert status() == SubscriberStatus.UNSUBSCRIBED


def test_a_fresh_wish_brings_them_back(client: Client, link: str) -> None:
    client.post(link)
    subscriptions.unsubscribe(Subscriber.objects.get(), at=timezone.now())
    client.post("/newsletter/", {"email": "walter@example.org"})
    client.post(link_sent_to("walter@example.org", "confirm"))
    assert status() == SubscriberStatus.ACTIVE


def test_a_fresh_wish_lifts_the_mark_left_by_an_erased_subscriber(client: Client) -> None:
    Suppression.objects.add_address("walter@example.org", SuppressionReason.UNSUBSCRIBED)
    client.post("/newsletter/", {"email": "walter@example.org"})
    assert Suppression.objects.exists()
    client.post(link_sent_to("walter@example.org", "confirm"))
    assert not Suppression.objects.exists()


def bad_links(link: str) -> dict[str, str]:
    subscriber = Subscriber.objects.get()
    stop, change = (
        path_of(standing_link(subscriber, purpose)) for purpose in (Standing.UNSUBSCRIBE, Standing.PREFERENCES)
    )
    return {
        "truncated": link[:-9] + "/",
        "altered": link[:-3] + ("a" if link[-3] != "a" else "b") + "/",
        "made up": "/newsletter/confirm/abc/",
        "of another purpose": stop.replace("unsubscribe", "confirm"),
        "of another purpose too": change.replace("preferences", "unsubscribe"),
        "with strange letters": "/newsletter/preferences/%00%F0%9F%92%A9/",
    }


def test_every_kind_of_bad_link_gets_the_same_kind_page(client: Client, link: str) -> None:
    pages = {name: client.get(path) for name, path in bad_links(link).items()}
    assert {page.status_code for page in pages.values()} == {404}
    assert len({page.content for page in pages.values()}) == 1
    assert "does not work" in pages["truncated"].content.decode()
    assert 'action="/newsletter/"' in pages["truncated"].content.decode()


def test_a_link_of_someone_erased_is_a_bad_link(client: Client, link: str) -> None:
    page_of_a_bad_link = client.get("/newsletter/confirm/abc/").content
    Subscriber.objects.all().delete()
    answer = client.get(link)
    assert (answer.status_code, answer.content) == (404, page_of_a_bad_link)


def test_tokens_never_reach_the_log(client: Client, link: str, caplog: Any) -> None:
    for path in [link, *bad_links(link).values()]:
        client.get(path)
        client.put(path)
        client.get(path.removesuffix("/"))
    written = [line for line in caplog.text.splitlines() if "/newsletter/" in line]
    assert written
    assert all("/.../" in line or line.endswith("/...") for line in written)


def test_links_are_signed_with_the_secret_of_the_site(link: str, settings: Any) -> None:
    token = link.split("/")[3]
    settings.SECRET_KEY = "another"
    assert wish_of(token, at=timezone.now()) is None
    settings.SECRET_KEY_FALLBACKS = ["the-key-of-the-tests-and-of-nothing-else-at-all"]
    assert wish_of(token, at=timezone.now())


def test_no_link_holds_an_address(link: str) -> None:
    assert "walter" not in link


def test_pages_behind_a_link_are_kept_in_no_cache_and_no_index(client: Client, link: str) -> None:
    page = client.get(link)
    assert "no-store" in page.headers["Cache-Control"]
    assert 'content="noindex"' in page.content.decode()


def test_a_link_is_in_the_language_it_is_asked_for_whatever_was_asked_before(link: str) -> None:
    subscriber = Subscriber.objects.get()
    with override("es"):
        assert path_of(standing_link(subscriber, Standing.PREFERENCES)).startswith("/es/")
    assert path_of(standing_link(subscriber, Standing.PREFERENCES)).startswith("/newsletter/")
