"""Signing up with an address that has an account, and with one that has none: the same pages, states and work. Only the
mailbox learns which it was. And an address that nobody proved opens nothing.
"""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.members.hashers import LeanArgon2PasswordHasher
from accounts.models import User
from tests.accounts.people import PASSWORD, code_sent_to, confirm_it_is_me, log_in, mail_to, make_user

pytestmark = pytest.mark.django_db

KNOWN, FRESH = "known@example.org", "fresh@example.org"
SIGNUP, CODE, SEND = "/accounts/signup/", "/accounts/confirm-email/", "/accounts/confirm-email/send/"
NEVER = "9999-9999"
PAGES = [
    "/today/",
    CODE,
    "/my-data/",
    *(f"/accounts/{name}/" for name in ("email", "profile", "data", "2fa", "log-ins")),
]


@pytest.fixture(autouse=True)
def owner() -> User:
    return make_user(KNOWN, "another quiet heron")


def sign_up(email: str) -> tuple[Client, Any]:
    browser = Client()
    return browser, browser.post(SIGNUP, {"email": email, "password1": PASSWORD})


def as_seen(answer: Any, address: str) -> tuple[int, str, str]:
    """What anybody would see of an answer: without the address they typed, the clock, and the tokens of its forms."""
    page = answer.content.decode().replace(address, "")
    for token in (
        r'name="csrfmiddlewaretoken" value="\w+"',
        r'data-owner="\w*"',
        r'content="[0-9a-f]{24}"',
        r"\b\d{1,2}:\d\d\b",
    ):
        page = re.sub(token, "", page)
    return answer.status_code, answer.headers.get("Location", ""), page


def story(address: str) -> list[tuple[int, str, str]]:
    browser, answer = sign_up(address)
    told = [as_seen(answer, address)]
    told += [as_seen(browser.get(page), address) for page in PAGES]
    told += [as_seen(browser.post(SEND), address)]
    told += [as_seen(browser.post(CODE, {"code": NEVER}), address) for _ in range(4)]
    told += [as_seen(log_in(Client(), address), address)]
    return told


def test_every_page_and_every_answer_is_the_same() -> None:
    assert story(KNOWN) == story(FRESH)


def test_only_the_mailbox_learns_it() -> None:
    sign_up(KNOWN)
    sign_up(FRESH)
    assert code_sent_to(FRESH)
    [mail] = mail_to(KNOWN)
    assert "You already have an account" in mail.subject
    assert not re.search(r"\d{4}-\d{4}", mail.text)


def held(browser: Client) -> dict[str, Any]:
    session = dict(browser.session)
    return {name: sorted(value) if isinstance(value, dict) else type(value) for name, value in session.items()}


def test_what_is_kept_of_both_has_the_same_shape() -> None:
    (first, _), (second, _) = sign_up(KNOWN), sign_up(FRESH)
    assert held(first) == held(second)
    new = User.objects.exclude(email=KNOWN)
    assert [(user.email, user.is_active, user.is_staff) for user in new] == [(None, True, False)] * 2
    wishes = EmailAddress.objects.exclude(user__email=KNOWN).values_list("verified", "primary")
    assert list(wishes) == [(False, False)] * 2


class CountingHasher(LeanArgon2PasswordHasher):
    hashed: list[str] = []

    def encode(self, password: str, salt: str) -> str:
        self.hashed.append(password)
        return super().encode(password, salt)


def test_both_take_as_long(settings: Any) -> None:
    """What takes the time is hashing the password, once for both; the rest is the same work but for the mail's own."""
    settings.PASSWORD_HASHERS = ["tests.accounts.test_nobody_learns_who_has_an_account.CountingHasher"]
    sign_up("first@example.org")
    counts = []
    for address in (KNOWN, FRESH):
        CountingHasher.hashed.clear()
        with CaptureQueriesContext(connection) as queries:
            sign_up(address)
        assert CountingHasher.hashed == [PASSWORD]
        counts.append(len(queries))
    assert abs(counts[0] - counts[1]) <= 6, counts


def test_a_taken_address_is_never_given_away_whatever_is_typed() -> None:
    browser, _ = sign_up(KNOWN)
    code = browser.session["account_email_verification_code"]["code"]
    answer = browser.post(CODE, {"code": code}, follow=True)
    assert "cannot be used here" in answer.content.decode()
    assert [user.email for user in User.objects.who_own(KNOWN)] == [KNOWN]
    assert User.objects.filter(email=None).count() == 1


def test_whoever_proves_it_first_has_it() -> None:
    (first, _), (second, _) = sign_up(FRESH), sign_up(FRESH)
    code = code_sent_to(FRESH)
    assert first.post(CODE, {"code": code}).status_code == 302
    second.post(CODE, {"code": second.session.get("account_email_verification_code", {}).get("code", NEVER)})
    assert User.objects.filter(email=FRESH).count() == 1
    assert User.objects.filter(email=None).count() == 1


def test_somebody_who_wishes_for_an_address_keeps_its_owner_from_nothing(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}
    stranger, _ = sign_up(FRESH)
    owner, _ = sign_up(FRESH)
    owner.post(CODE, {"code": code_sent_to(FRESH)})
    assert User.objects.get(email=FRESH).pk == int(owner.session["_auth_user_id"])
    assert stranger.get("/accounts/email/").status_code == 200


def test_an_address_that_is_not_proved_opens_nothing_with_its_password() -> None:
    sign_up(FRESH)
    there, nowhere = log_in(Client(), FRESH), log_in(Client(), "nobody@example.org")
    assert as_seen(there, FRESH) == as_seen(nowhere, "nobody@example.org")
    assert there.status_code == 422


def test_nor_does_a_reset_of_the_password() -> None:
    """Else whoever owns the mailbox could open what a stranger wrote."""
    sign_up(FRESH)
    Client().post("/accounts/password/reset/", {"email": FRESH})
    assert "account" in mail_to(FRESH)[-1].subject.lower()
    assert not re.search(r"\d{4}-\d{4}", mail_to(FRESH)[-1].text)


def test_nothing_but_the_code_goes_to_it(client: Client) -> None:
    client.post(SIGNUP, {"email": FRESH, "password1": PASSWORD, "newsletter": "on"})
    confirm_it_is_me(client)
    new = {"oldpassword": PASSWORD, "password1": "eleven loud geese", "password2": "eleven loud geese"}
    assert client.post(reverse("account_change_password"), new).status_code == 302
    assert User.objects.get(email=None).check_password("eleven loud geese")
    assert len(mail_to(FRESH)) == 1


def test_a_second_step_waits_for_it(client: Client) -> None:
    client.post(SIGNUP, {"email": FRESH, "password1": PASSWORD})
    confirm_it_is_me(client)
    assert client.get("/accounts/2fa/totp/activate/").url == "/accounts/2fa/"
    assert client.get("/accounts/2fa/webauthn/add/").url == "/accounts/2fa/"
