"""Every page of the account library wears the site's own clothes."""

from html.parser import HTMLParser
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from accounts.models import User
from tests.accounts.people import confirm_it_is_me, log_in, make_user

pytestmark = pytest.mark.django_db

OPEN = ["login", "signup", "password/reset", "inactive", "password/reset/done"]
OWN = [
    "logout",
    "email",
    "password/change",
    "profile",
    "data",
    "data/erase",
    "reauthenticate",
    "2fa",
    "2fa/totp/activate",
    "2fa/webauthn",
    "2fa/webauthn/add",
]
WITH_APP = ["2fa", "2fa/totp/deactivate", "2fa/recovery-codes", "2fa/recovery-codes/generate", "2fa/reauthenticate"]


class Outline(HTMLParser):
    """What a page is made of, as far as these tests care."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]

    def ids(self) -> set[str | None]:
        return {attrs["id"] for _, attrs in self.tags if "id" in attrs}


def look_at(client: Client, name: str) -> Outline:
    answer = client.get(f"/accounts/{name}/")
    assert answer.status_code == 200, answer
    outline = Outline(answer.content.decode())
    assert outline.all("html")[0]["lang"] == "en"
    assert len(outline.all("h1")) == len(outline.all("main")) == 1
    assert "site.css" in answer.content.decode()
    assert not any("style" in attrs for _, attrs in outline.tags)
    assert all(is_data(script) or "src" in script for script in outline.all("script"))
    return outline


def is_data(script: dict[str, str | None]) -> bool:
    return script.get("type") == "application/json"


def is_seen(field: dict[str, str | None]) -> bool:
    return field.get("type") not in ("hidden", "submit")


def check_fields(outline: Outline) -> None:
    labelled = {label.get("for") for label in outline.all("label")}
    for field in [*outline.all("input"), *outline.all("select"), *outline.all("textarea")]:
        if is_seen(field):
            assert field.get("id") in labelled, field
        for described_by in (field.get("aria-describedby") or "").split():
            assert described_by in outline.ids(), field


@pytest.fixture
def nadia(client: Client) -> User:
    user = make_user()
    log_in(client)
    confirm_it_is_me(client)
    return user


@pytest.mark.parametrize("name", OPEN)
def test_pages_open_to_all(client: Client, name: str) -> None:
    check_fields(look_at(client, name))


@pytest.mark.parametrize("name", OWN)
def test_pages_of_ones_own_account(client: Client, nadia: User, name: str) -> None:
    check_fields(look_at(client, name))


@pytest.mark.parametrize("name", WITH_APP)
def test_pages_of_the_second_step(client: Client, nadia: User, name: str) -> None:
    TOTP.activate(nadia, generate_totp_secret())
    RecoveryCodes.activate(nadia)
    check_fields(look_at(client, name))


def test_the_second_step_is_asked_for_at_log_in(nadia: User) -> None:
    TOTP.activate(nadia, generate_totp_secret())
    browser = Client()
    assert log_in(browser).url == "/accounts/2fa/authenticate/"
    check_fields(look_at(browser, "2fa/authenticate"))
    assert "_auth_user_id" not in browser.session


def test_a_recovery_code_works_in_place_of_the_app(nadia: User) -> None:
    TOTP.activate(nadia, generate_totp_secret())
    codes = RecoveryCodes.activate(nadia).get_unused_codes()
    browser = Client()
    log_in(browser)
    wrong = browser.post("/accounts/2fa/authenticate/", {"code": "00000000"})
    assert wrong.status_code == 422
    browser.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert "_auth_user_id" in browser.session


def test_a_wrong_code_while_setting_up_an_app_is_refused_at_its_field(client: Client, nadia: User) -> None:
    answer = client.post("/accounts/2fa/totp/activate/", {"code": "1"})
    assert answer.status_code == 422
    assert 'id="id_code_error"' in answer.content.decode()


@pytest.mark.parametrize("name", ["login", "password/change", "password/reset", "email", "reauthenticate"])
def test_an_empty_form_is_refused_as_one(client: Client, nadia: User, name: str) -> None:
    browser: Any = Client() if name in ("login", "password/reset") else client
    answer = browser.post(f"/accounts/{name}/", {"action_add": ""})
    assert answer.status_code == 422
    assert "<title>Error:" in answer.content.decode()
    assert 'role="alert"' in answer.content.decode()


def test_too_many_tries_get_a_page_of_their_own(client: Client) -> None:
    for _ in range(21):
        answer = client.post("/accounts/signup/", {"email": ""})
    assert answer.status_code == 429
    assert "site.css" in answer.content.decode()
