"""Somebody is asked in their language, and the proof holds the words as they were shown."""

import pytest
from django.test import Client
from django.utils import timezone, translation

from accounts.core.consent_words import NEWSLETTER_VERSION, NEWSLETTER_WORDS, language_of_newsletter, newsletter_version
from accounts.mail.links import Standing, standing_link
from accounts.models import Subscriber, SubscriberStatus
from accounts.newsletter import subscriptions
from accounts.templatetags.newsletter import newsletter_form
from tests.accounts.people import link_sent_to, mail_to, make_subscriber
from tests.markup import squeezed

SPANISH = NEWSLETTER_WORDS["2026-11-es"]
ENGLISH = NEWSLETTER_WORDS["2026-11"]
WAITING = {"status": SubscriberStatus.PENDING, "consent_at": None, "consent_words": "", "confirmed_at": None}


@pytest.mark.parametrize(
    ("language", "version"),
    [("es", "2026-11-es"), ("es-mx", "2026-11-es"), ("en", NEWSLETTER_VERSION), ("fr", NEWSLETTER_VERSION)],
)
def test_each_language_has_its_words_and_all_others_the_english_ones(language: str, version: str) -> None:
    assert newsletter_version(language) == version


def test_the_language_of_every_version_is_known_and_that_of_a_list_is_not() -> None:
    assert [language_of_newsletter(version) for version in NEWSLETTER_WORDS] == ["en", "es"]
    assert language_of_newsletter("list") == ""


@pytest.mark.django_db
def test_whoever_chose_spanish_reads_keeps_and_finds_again_the_spanish_words(client: Client) -> None:
    make_subscriber(language="es", **WAITING)
    subscriptions.ask("walter@example.org", language="en", at=timezone.now())
    [mail] = mail_to("walter@example.org")
    assert SPANISH in mail.text and SPANISH in mail.html
    link = link_sent_to("walter@example.org", "confirm")
    assert f'lang="es">“{SPANISH}”' in squeezed(client.get(link).content.decode())
    client.post(link)
    subscriber = Subscriber.objects.get()
    assert (subscriber.consent_words, subscriber.consent_version) == (SPANISH, "2026-11-es")
    why = squeezed(client.get(standing_link(subscriber, Standing.WHY)).content.decode())
    assert f'lang="es">“{SPANISH}”' in why


@pytest.mark.django_db
def test_the_words_that_were_shown_stay_the_proof_when_the_language_changes(client: Client) -> None:
    client.post("/newsletter/", {"email": "walter@example.org"})
    link = link_sent_to("walter@example.org", "confirm")
    Subscriber.objects.update(language="es")
    assert f'lang="en">“{ENGLISH}”' in squeezed(client.get(link).content.decode())
    client.post(link)
    assert Subscriber.objects.get().consent_words == ENGLISH


def test_a_page_in_spanish_shows_the_spanish_words() -> None:
    with translation.override("es"):
        assert newsletter_form()["words"] == SPANISH
    assert newsletter_form()["words"] == ENGLISH
