"""The site's own letters come in the language that the subscriber chose."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from accounts.letters.parts import fresh_parts
from accounts.models import Subscriber
from accounts.newsletter import moving, subscriptions
from tests.accounts.letters import a_guide, an_edition
from tests.accounts.people import mail_to, make_subscriber

EMAILS = settings.BASE_DIR / "templates" / "newsletter" / "emails"
PHRASE = re.compile(r'\{% translate "([^"]+)" %\}')


@pytest.mark.django_db
def test_whoever_chose_spanish_is_written_to_in_spanish() -> None:
    make_subscriber(language="es")
    subscriptions.ask("walter@example.org", language="en", at=timezone.now())
    [mail] = mail_to("walter@example.org")
    assert mail.subject == "Ya recibes nuestros consejos"
    assert "Hola:" in mail.text
    assert '<html lang="es">' in mail.html


@pytest.mark.django_db
def test_all_others_in_english(client: Client) -> None:
    client.post("/newsletter/", {"email": "walter@example.org"}, headers={"Accept-Language": "es"})
    [mail] = mail_to("walter@example.org")
    assert mail.subject == "Please confirm your tips by email"
    assert '<html lang="en">' in mail.html


@pytest.mark.django_db
def test_a_language_without_translation_says_that_its_words_are_english() -> None:
    make_subscriber(language="fr")
    moving.ask(Subscriber.objects.get(), "walter.b@example.net", at=timezone.now())
    [mail] = mail_to("walter.b@example.net")
    assert mail.subject == "Shall your tips come to this address?"
    assert '<html lang="en">' in mail.html


@pytest.mark.django_db
def test_the_frame_of_an_edition_is_in_its_language() -> None:
    a_guide()
    parts = fresh_parts(an_edition(language="es", words="Hola."))
    assert "No recibir más cartas" in parts.html and "No recibir más cartas" in parts.text
    assert "Empieza: Breathe with me" in parts.text


def phrases() -> list[str]:
    files: list[Path] = sorted(EMAILS.glob("*.*"))
    return sorted({phrase for file in files for phrase in PHRASE.findall(file.read_text())})


@pytest.mark.parametrize("phrase", phrases())
def test_every_phrase_of_a_letter_is_translated(phrase: str) -> None:
    with translation.override("es"):
        assert translation.gettext(phrase) != phrase
