"""Signing up, logging in and asking for letters in Spanish: each page, each error, each mail, and what is agreed to."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Consent, ConsentKind, Subscriber
from tests.accounts.people import PASSWORD, code_sent_to, mail_to, make_user
from tests.coaching.spanish import blocks, is_english

pytestmark = pytest.mark.django_db

ADDRESS = "nadia@example.org"


def english_in(answer: Any) -> set[str]:
    return {block for block in blocks(answer.content.decode()) if is_english(block)}


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("signup/", {"email": "no address", "password1": "short"}),
        ("signup/", {"email": ADDRESS, "password1": "12345678901"}),
        ("login/", {"login": ADDRESS, "password": "not-the-password"}),
        ("login/", {}),
        ("password/reset/", {"email": "?"}),
    ],
)
def test_what_is_wrong_is_said_in_spanish(client: Client, path: str, told: dict[str, str]) -> None:
    make_user(ADDRESS)
    answer = client.post(f"/es/accounts/{path}", told)
    assert answer.status_code == 422
    assert b'<html lang="es">' in answer.content
    assert english_in(answer) == set()


UNPROVED = ("confirm-email", "email", "data/erase", "logout")


def test_somebody_signs_up_in_spanish_from_end_to_end(client: Client) -> None:
    answer = client.post("/es/accounts/signup/", {"email": ADDRESS, "password1": PASSWORD, "newsletter": "on"})
    assert answer.headers["Location"] == "/es/today/"
    for page in ("/es/today/", *(f"/es/accounts/{name}/" for name in UNPROVED)):
        assert english_in(client.get(page)) == set(), page
    [mail] = mail_to(ADDRESS)
    assert mail.subject == "Tu código para Unloop"
    answer = client.post("/es/accounts/confirm-email/", {"code": code_sent_to(ADDRESS)})
    assert answer.headers["Location"] == "/es/today/"
    consent = Consent.objects.get(kind=ConsentKind.NEWSLETTER)
    assert consent.words_version == "2026-11-es"
    assert consent.words.startswith("Quiero recibir por correo consejos gratuitos")


def test_somebody_asks_for_letters_in_spanish(client: Client) -> None:
    answer = client.post("/es/newsletter/", {"email": ADDRESS})
    assert answer.headers["Location"].startswith("/es/newsletter/received/")
    assert english_in(client.get(answer.headers["Location"])) == set()
    assert Subscriber.objects.get().language == "es"


def test_an_address_that_is_wrong_is_said_in_spanish(client: Client) -> None:
    answer = client.post("/es/newsletter/", {"email": "?"})
    assert answer.status_code == 422
    assert english_in(answer) == set()
