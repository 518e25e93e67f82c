import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Subscriber, User
from tests.accounts.people import PASSWORD, code_sent_to, confirm_it_is_me, log_in, mail_to, make_subscriber, make_user

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "eleven loud geese"


def ask_for_reset(client: Client, email: str) -> Any:
    return client.post("/accounts/password/reset/", {"email": email})


def enter_reset_code(client: Client, code: str) -> Any:
    return client.post("/accounts/password/reset/confirm/", {"code": code})


def choose(client: Client, password: str = NEW_PASSWORD) -> Any:
    return client.post("/accounts/password/reset/complete/", {"password1": password, "password2": password})


def test_a_forgotten_password_is_replaced_by_a_mailed_code(client: Client) -> None:
    make_user()
    ask_for_reset(client, "nadia@example.org")
    assert enter_reset_code(client, code_sent_to("nadia@example.org")).status_code == 302
    choose(client)
    assert User.objects.get().check_password(NEW_PASSWORD)


def test_a_wrong_reset_code_is_refused(client: Client) -> None:
    make_user()
    ask_for_reset(client, "nadia@example.org")
    answer = enter_reset_code(client, "9999-9999")
    assert answer.status_code == 422
    assert choose(client).status_code == 302
    assert User.objects.get().check_password(PASSWORD)


def test_a_reset_code_that_grew_too_old_is_refused_with_a_word(client: Client) -> None:
    make_user()
    ask_for_reset(client, "nadia@example.org")
    session = client.session
    session["account_password_reset_verification"]["at"] = time.time() - 601
    session.save()
    page = client.post(
        "/accounts/password/reset/confirm/", {"code": code_sent_to("nadia@example.org")}, follow=True
    ).content.decode()
    assert "too old" in page


def test_a_reset_for_an_unknown_address_looks_the_same(client: Client) -> None:
    make_user()
    answers = [ask_for_reset(Client(), email) for email in ("nadia@example.org", "nobody@example.org")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/accounts/password/reset/confirm/")}
    assert "no account" in mail_to("nobody@example.org")[0].text


@pytest.mark.parametrize("address", ["nadia@example.org", "nobody@example.org"])
def test_few_codes_an_hour_are_sent_to_one_address(address: str) -> None:
    """Whether or not it has an account. After five there is one more in a while, and it is said."""
    make_user()
    answers = [ask_for_reset(Client(), address) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 6 + [422]
    assert "a lot of tries" in answers[-1].content.decode()


def test_strangers_who_ask_for_codes_do_not_keep_the_owner_from_one(client: Client) -> None:
    """Neither in a browser where the owner has logged in before, nor in a new one elsewhere."""
    make_user()
    log_in(client)
    client.post(reverse("account_logout"))
    for number in range(8):
        for _ in range(6):
            ask_for_reset(Client(REMOTE_ADDR=f"198.51.100.{number}"), "nadia@example.org")
    assert [ask_for_reset(client, "nadia@example.org").status_code for _ in range(5)] == [302] * 5
    assert ask_for_reset(Client(REMOTE_ADDR="203.0.113.9"), "nadia@example.org").status_code == 302


def test_changing_the_password_logs_out_other_devices_and_tells_the_owner(client: Client) -> None:
    make_user()
    other = Client()
    log_in(client)
    log_in(other)
    client.post(
        "/accounts/password/change/",
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )
    assert client.get("/accounts/profile/").status_code == 200
    assert other.get("/accounts/profile/").status_code == 302
    assert "password was changed" in mail_to("nadia@example.org")[-1].subject


def test_the_current_password_is_asked_for(client: Client) -> None:
    make_user()
    log_in(client)
    answer = client.post(
        "/accounts/password/change/", {"oldpassword": "wrong", "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    )
    assert answer.status_code == 422
    assert "id_oldpassword_error" in answer.content.decode()


def change_address(client: Client, email: str) -> Any:
    return client.post("/accounts/email/", {"email": email, "action_add": ""})


def test_a_new_address_counts_once_its_code_is_entered(client: Client) -> None:
    make_user()
    log_in(client)
    confirm_it_is_me(client)
    change_address(client, "nadia.k@example.org")
    assert User.objects.get().email == "nadia@example.org"
    client.post("/accounts/confirm-email/", {"code": code_sent_to("nadia.k@example.org")})
    assert User.objects.get().email == "nadia.k@example.org"
    assert "address was changed" in mail_to("nadia@example.org")[-1].subject


def test_letters_follow_the_account_to_its_new_address(client: Client) -> None:
    make_subscriber("nadia@example.org", user=make_user())
    log_in(client)
    confirm_it_is_me(client)
    change_address(client, "nadia.k@example.org")
    client.post("/accounts/confirm-email/", {"code": code_sent_to("nadia.k@example.org")})
    assert Subscriber.objects.get().email == "nadia.k@example.org"


def test_an_address_of_another_account_is_not_given_away(client: Client) -> None:
    make_user()
    make_user("walter@example.org")
    log_in(client)
    confirm_it_is_me(client)
    answers = [change_address(client, email) for email in ("walter@example.org", "fresh@example.org")]
    assert {(answer.status_code, answer.url) for answer in answers} == {(302, "/accounts/confirm-email/")}


def test_the_password_is_asked_for_before_the_address_changes(client: Client) -> None:
    make_user()
    log_in(client)
    assert change_address(client, "nadia.k@example.org").url == "/accounts/reauthenticate/?next=%2Faccounts%2Femail%2F"
    assert confirm_it_is_me(client, "not this one at all").status_code == 422
    assert not mail_to("nadia.k@example.org")
