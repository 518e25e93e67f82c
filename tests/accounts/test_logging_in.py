import sys
import time
from contextlib import suppress
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.core.internal import ratelimit
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.guard.known_browser import COOKIE, known_as
from accounts.members.passwords import EASY
from accounts.models import User
from tests.accounts.people import PASSWORD, log_in, make_user

pytestmark = pytest.mark.django_db


def is_logged_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_the_right_password_leads_to_today(client: Client) -> None:
    make_user()
    assert log_in(client).url == reverse("coaching:today")


def test_the_address_may_be_typed_in_any_case(client: Client) -> None:
    make_user()
    log_in(client, " Nadia@Example.ORG ")
    assert is_logged_in(client)


def test_one_goes_on_to_the_page_that_asked_for_it(client: Client) -> None:
    make_user()
    asked = client.get("/accounts/profile/").url
    answer = client.post(asked, {"login": "nadia@example.org", "password": PASSWORD})
    assert answer.url == "/accounts/profile/"


def test_nobody_is_sent_to_another_site(client: Client) -> None:
    make_user()
    answer = client.post(
        "/accounts/login/?next=https://example.com/", {"login": "nadia@example.org", "password": PASSWORD}
    )
    assert answer.url == reverse("coaching:today")


@pytest.mark.parametrize("email", ["nadia@example.org", "nobody@example.org"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_words(client: Client, email: str) -> None:
    make_user()
    answer = log_in(client, email, "not this one at all")
    assert answer.status_code == 422
    assert "do not go together" in answer.content.decode()
    assert f'value="{email}"' in answer.content.decode()


def test_guessing_is_slowed(client: Client) -> None:
    """Five at once, then one every quarter of a minute."""
    make_user()
    for _ in range(7):
        answer = log_in(client, password="not this one at all")
    assert "a lot of tries" in answer.content.decode()
    log_in(client)
    assert not is_logged_in(client)


def test_the_limit_is_not_fooled_by_a_header_the_visitor_writes(client: Client) -> None:
    make_user()
    for number in range(11):
        client.post(
            "/accounts/login/",
            {"login": f"person{number}@example.org", "password": "x"},
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        )
    assert "a lot of tries" in log_in(client).content.decode()


def test_the_limits_outlast_a_flood_of_other_visitors(client: Client) -> None:
    make_user()
    for _ in range(7):
        log_in(client, password="not this one at all")
    for number in range(400):
        cache.set(f"visitor-{number}", 1)
    assert "a lot of tries" in log_in(client).content.decode()


def test_a_locked_account_cannot_be_used(client: Client) -> None:
    make_user(is_active=False)
    log_in(client)
    assert not is_logged_in(client)


def test_logging_out_asks_first_and_ends_the_session(client: Client) -> None:
    make_user()
    log_in(client)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_logged_in(client)
    assert client.post("/accounts/logout/").url == reverse("coaching:home")
    assert not is_logged_in(client)


def test_passwords_are_hashed_within_the_memory_of_a_small_server(full_hashing: None) -> None:
    assert "m=19456,t=2,p=1" in make_user().password


def test_a_hash_of_before_is_renewed_at_log_in(client: Client, settings: Any, full_hashing: None) -> None:
    user = make_user()
    with_old_hasher(user, settings)
    log_in(client)
    assert "m=19456,t=2,p=1" in User.objects.get().password


def with_old_hasher(user: User, settings: Any) -> None:
    hashers = settings.PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = list(reversed(hashers))
    user.set_password(PASSWORD)
    user.save()
    assert user.password.startswith("pbkdf2")
    settings.PASSWORD_HASHERS = hashers


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"])
def test_account_pages_are_kept_in_no_cache(client: Client, path: str) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]


def guess(times: int, source: str = "127.0.0.1", client: Client | None = None) -> str:
    client = client or Client(REMOTE_ADDR=source)
    for _ in range(times):
        answer = log_in(client, password="not this one at all")
    return answer.content.decode()


def test_strangers_who_guess_do_not_keep_the_owner_out_of_a_browser_they_know(client: Client) -> None:
    """Neither from elsewhere, nor from behind the same address as the owner's."""
    make_user()
    log_in(client)
    client.post(reverse("account_logout"))
    assert "a lot of tries" in guess(11)
    for number in range(7):
        guess(5, f"198.51.100.{number}")
    assert log_in(client).status_code == 302


def test_nor_out_of_a_browser_that_is_new(client: Client) -> None:
    """However much others guess, whoever comes from elsewhere has a try of their own."""
    make_user()
    for number in range(7):
        guess(5, f"198.51.100.{number}")
    assert log_in(Client(REMOTE_ADDR="203.0.113.9")).status_code == 302


def test_many_sources_that_guess_one_address_are_slowed_together() -> None:
    make_user()
    for number in range(6):
        guess(5, f"198.51.100.{number}")
    assert "a lot of tries" in guess(2, "203.0.113.9")


def test_who_was_slowed_has_a_try_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    make_user()
    guess(7)
    monkeypatch.setattr(ratelimit, "time", SimpleNamespace(time=lambda: time.time() + 16, monotonic=time.monotonic))
    assert log_in(Client()).status_code == 302


def test_a_known_browser_may_not_guess_without_end_either(client: Client) -> None:
    make_user()
    log_in(client)
    client.post(reverse("account_logout"))
    assert "a lot of tries" in guess(12, client=client)


def test_the_cookie_of_a_known_browser_names_nobody_and_is_good_for_its_own_addresses(client: Client) -> None:
    nadia, walter = make_user(), make_user("walter@example.org")
    log_in(client)
    kept = client.cookies[COOKIE]
    assert "nadia" not in signing.b64_decode(kept.value.split(":")[0].encode()).decode()
    assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/")
    assert [bool(known(kept.value, user)) for user in (nadia, walter)] == [True, False]
    assert not known(kept.value + "x", nadia)
    client.post(reverse("account_logout"))
    log_in(client, "walter@example.org")
    assert known(client.cookies[COOKIE].value, nadia) == known(client.cookies[COOKIE].value, walter) != ""


def known(value: str, user: User) -> str | None:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = value
    return known_as(request, user.email)


def test_it_goes_with_all_that_a_browser_holds(client: Client) -> None:
    make_user()
    log_in(client)
    client.post(reverse("account_logout"))
    client.post("/privacy/")
    assert client.cookies[COOKIE].value == ""


def test_the_cookie_goes_with_the_account(client: Client) -> None:
    make_user()
    log_in(client)
    client.post("/accounts/data/erase/", {"word": "erase", "password": PASSWORD})
    assert client.cookies[COOKIE].value == ""


@pytest.mark.parametrize(
    "password",
    ["password1234", "Passw0rd!!22", "qwertyuiop12", "iloveyou2026", "nadia.nadia1", "Unloop2026!", "Espalda-2026"],
)
def test_a_password_from_a_list_or_of_words_of_this_site_is_refused(password: str) -> None:
    with pytest.raises(ValidationError, match=r"lists of stolen passwords"):
        validate_password(password, User(email="nadia.nadia@example.org"))


@pytest.mark.parametrize("password", ["password1234", "Password123 ", "schokolade", "kifj9n7bfu"])
def test_a_password_that_one_list_or_both_hold_is_refused_in_one_sentence(password: str) -> None:
    """The last two stand on Django's list alone."""
    with pytest.raises(ValidationError) as refused:
        validate_password(password, User(email="nadia@example.org"))
    assert refused.value.messages == [str(EASY)]


@pytest.mark.parametrize("password", [PASSWORD, "nine loud sparrows sing", "x7#pLq!zR2vw", "correct horse " * 9])
def test_a_password_that_no_list_holds_is_taken(password: str) -> None:
    validate_password(password, User(email="nadia.nadia@example.org"))


@pytest.mark.parametrize("signs", ["4@8({[<369!|17$5%+0", "48369170@({[<", "a", "ab", "1"])
def test_no_password_keeps_the_site_busy(signs: str) -> None:
    """Told by how often one function calls another, which is the same on every machine: some ninety thousand times."""
    calls = count()
    sys.setprofile(lambda *_told: next(calls))
    try:
        with suppress(ValidationError):
            validate_password((signs * 4096)[:4096])
    finally:
        sys.setprofile(None)
    assert next(calls) < 500_000
