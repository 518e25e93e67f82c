import re
import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.mail import outgoing
from accounts.members.hashers import LeanArgon2PasswordHasher
from accounts.models import Consent, ConsentKind, OutgoingMail, Subscriber, SubscriberStatus, User
from tests.accounts.people import PASSWORD, code_sent_to, log_in, mail_to, make_user

pytestmark = pytest.mark.django_db

SIGNUP = "/accounts/signup/"
CODE = "/accounts/confirm-email/"


def sign_up(client: Client, email: str = "nadia@example.org", **more: str) -> Any:
    return client.post(SIGNUP, {"email": email, "password1": PASSWORD, **more})


def enter(client: Client, code: str) -> Any:
    return client.post(CODE, {"code": code})


def wrong(code: str) -> str:
    return "0000-0000" if code != "0000-0000" else "1111-1111"


def test_a_new_person_enters_the_code_and_is_at_today(client: Client) -> None:
    answer = sign_up(client)
    assert answer.url == CODE
    answer = enter(client, code_sent_to("nadia@example.org"))
    assert (answer.status_code, answer.url) == (302, reverse("coaching:today"))
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_an_address_is_kept_in_one_form(client: Client) -> None:
    sign_up(client, "  Nadia@EXAMPLE.org ")
    assert User.objects.get().email == "nadia@example.org"


def test_what_the_session_holds_is_there_after_signing_up(client: Client) -> None:
    session = client.session
    session["person"] = 7
    session.save()
    assert "Keep this" in client.get(SIGNUP).content.decode()
    sign_up(client)
    enter(client, code_sent_to("nadia@example.org"))
    assert client.session["person"] == 7


def test_a_wrong_code_says_so_and_can_be_tried_again(client: Client) -> None:
    sign_up(client)
    code = code_sent_to("nadia@example.org")
    answer = enter(client, wrong(code))
    assert answer.status_code == 422
    assert "not the code we sent" in answer.content.decode()
    assert enter(client, code).status_code == 302
    assert "_auth_user_id" in client.session


def test_after_three_wrong_codes_the_code_is_spent(client: Client) -> None:
    sign_up(client)
    code = code_sent_to("nadia@example.org")
    for _ in range(3):
        answer = enter(client, wrong(code))
    assert answer.url == reverse("account_login")
    enter(client, code)
    assert "_auth_user_id" not in client.session


def test_a_code_that_grew_too_old_is_refused_with_a_word(client: Client) -> None:
    sign_up(client)
    session = client.session
    session["account_email_verification_code"]["at"] = time.time() - 601
    session.save()
    answer = client.post(CODE, {"code": code_sent_to("nadia@example.org")}, follow=True)
    assert "too old" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_new_code_can_be_asked_for(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}
    sign_up(client)
    first = code_sent_to("nadia@example.org")
    client.post(CODE, {"action": "resend"})
    second = code_sent_to("nadia@example.org")
    assert first != second
    enter(client, second)
    assert "_auth_user_id" in client.session


def test_a_known_address_gets_the_very_same_page_as_a_new_one() -> None:
    make_user("known@example.org")
    pages = [page_after_signing_up(address) for address in ("known@example.org", "fresh@example.org")]
    assert pages[0] == pages[1]
    assert "You already have an account" in mail_to("known@example.org")[0].subject


def page_after_signing_up(address: str) -> list[str]:
    """The page as everyone gets it: without the address and without the form's own tokens."""
    browser = Client()
    sign_up(browser, address)
    page = browser.get(CODE)
    assert page.status_code == 200
    lines = page.content.decode().replace(address, "").splitlines()
    return [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", line) for line in lines]


def test_a_known_address_gets_the_same_answer_to_a_wrong_code() -> None:
    make_user("known@example.org")
    answers = []
    for address in ("known@example.org", "fresh@example.org"):
        browser = Client()
        sign_up(browser, address)
        answers.append(
            [(a.status_code, a.headers.get("Location")) for a in (enter(browser, "9999-9999") for _ in range(3))]
        )
    assert answers[0] == answers[1]


def test_starting_again_keeps_what_the_session_holds(client: Client) -> None:
    session = client.session
    session["person"] = 7
    session.save()
    sign_up(client, "nadai@example.org")
    answer = client.post("/accounts/logout/", {"next": SIGNUP})
    assert answer.url == SIGNUP
    assert client.get(SIGNUP).status_code == 200
    assert client.session["person"] == 7


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"email": ""}, "Enter your email address"),
        ({"email": "nadia"}, "such as name@example.org"),
        ({"email": "nädia@example.org"}, "before the @"),
        ({"email": "nadia@example.org\nBcc: walter@example.org"}, "such as name@example.org"),
        ({"email": "postmaster@example.org"}, "mail system"),
        ({"email": "n" * 300 + "@example.org"}, "longer than"),
        ({"password1": ""}, "required"),
        ({"password1": "short"}, "at least 10 characters"),
        ({"password1": "password123"}, "lists of stolen passwords"),
    ],
)
def test_what_cannot_be_used_is_refused_at_its_field(client: Client, fields: dict[str, str], word: str) -> None:
    answer = client.post(SIGNUP, {"email": "nadia@example.org", "password1": PASSWORD, **fields})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert word in page
    assert f"id_{next(iter(fields))}_error" in page
    assert not User.objects.exists()


def test_answers_are_kept_when_one_is_refused(client: Client) -> None:
    page = client.post(
        SIGNUP, {"email": "nadia@example.org", "password1": "short", "newsletter": "on"}
    ).content.decode()
    assert 'value="nadia@example.org"' in page
    assert "checked" in page
    assert "short" not in page.replace("shorter", "").replace("too short", "")


def test_the_box_for_letters_is_not_ticked_for_anyone(client: Client) -> None:
    assert "checked" not in client.get(SIGNUP).content.decode()


def test_letters_start_only_for_those_who_ticked_the_box(client: Client) -> None:
    sign_up(client)
    enter(client, code_sent_to("nadia@example.org"))
    assert not Subscriber.objects.exists()
    assert not Consent.objects.exists()


def test_a_ticked_box_starts_letters_once_the_address_is_proved(client: Client) -> None:
    sign_up(client, newsletter="on")
    assert not Subscriber.objects.exists()
    enter(client, code_sent_to("nadia@example.org"))
    subscriber = Subscriber.objects.get()
    assert subscriber.status == SubscriberStatus.ACTIVE
    assert subscriber.user == User.objects.get()
    assert subscriber.consent_words == Consent.objects.get(kind=ConsentKind.NEWSLETTER).words


def test_nobody_is_logged_in_before_the_address_is_proved(client: Client) -> None:
    sign_up(client)
    assert client.get(reverse("accounts:profile")).status_code == 302
    log_in(Client())
    assert "_auth_user_id" not in client.session


def test_the_code_is_gone_from_the_database_once_it_was_sent(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sign_up(client)
    mail = OutgoingMail.objects.get()
    outgoing.deliver(mail.pk, at=mail.due_at)
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("", "")


class CountingHasher(LeanArgon2PasswordHasher):
    hashed: list[str] = []

    def encode(self, password: str, salt: str) -> str:
        self.hashed.append(password)
        return super().encode(password, salt)


def test_a_known_address_takes_as_long_as_a_new_one(settings: Any) -> None:
    """What takes the time is hashing the password, so that is done for both."""
    make_user("known@example.org")
    settings.PASSWORD_HASHERS = ["tests.accounts.test_signing_up.CountingHasher"]
    for address in ("known@example.org", "fresh@example.org"):
        CountingHasher.hashed.clear()
        sign_up(Client(), address)
        assert CountingHasher.hashed == [PASSWORD]
