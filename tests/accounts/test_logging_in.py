from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

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


def test_guessing_is_stopped(client: Client) -> None:
    make_user()
    for _ in range(6):
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
    for _ in range(6):
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
