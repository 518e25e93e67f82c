"""The token of a form on any page: Django takes it, and the letters of one are not asked of the system one by one."""

import re

import pytest
from django.conf import settings
from django.middleware import csrf
from django.middleware.csrf import _does_token_match
from django.test import Client

HELP = "/help-now/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')

pytestmark = pytest.mark.django_db


def tokens_on(client: Client) -> set[str]:
    return set(TOKEN.findall(client.get(HELP).content.decode()))


def secret_of(client: Client) -> str:
    return client.cookies[settings.CSRF_COOKIE_NAME].value


def test_a_form_with_it_is_taken_and_one_without_it_is_not() -> None:
    client = Client(enforce_csrf_checks=True)
    [token] = tokens_on(client)
    assert client.post(HELP, {"country": "GB"}).status_code == 403
    assert client.post(HELP, {"country": "GB", "csrfmiddlewaretoken": token}).status_code == 302


def test_all_forms_of_a_page_have_the_same_and_each_page_another() -> None:
    client = Client()
    first, second = tokens_on(client), tokens_on(client)
    assert len(first) == len(second) == 1
    assert first != second
    assert all(_does_token_match(token, secret_of(client)) for token in first | second)


def test_the_cookie_stays_what_it_was_and_is_renewed() -> None:
    client = Client()
    client.get(HELP)
    before = secret_of(client)
    assert settings.CSRF_COOKIE_NAME in client.get(HELP).cookies
    assert secret_of(client) == before
    assert len(before) == csrf.CSRF_SECRET_LENGTH


def test_a_page_without_a_form_sets_no_cookie() -> None:
    assert settings.CSRF_COOKIE_NAME not in Client().get("/healthz").cookies


def test_the_system_is_not_asked_for_each_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> str:
        raise AssertionError("Django makes the token")

    monkeypatch.setattr(csrf, "_get_new_csrf_string", asked)
    assert tokens_on(Client())
