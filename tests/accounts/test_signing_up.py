import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.mail import outgoing
from accounts.models import Consent, ConsentKind, OutgoingMail, Subscriber, SubscriberStatus, User
from tests.accounts.people import PASSWORD, code_sent_to, confirm_it_is_me, log_in, mail_to

pytestmark = pytest.mark.django_db

SIGNUP = "/accounts/signup/"
CODE = "/accounts/confirm-email/"
SEND = "/accounts/confirm-email/send/"
TODAY = "/today/"


def sign_up(client: Client, email: str = "nadia@example.org", **more: str) -> Any:
    return client.post(SIGNUP, {"email": email, "password1": PASSWORD, **more})


def enter(client: Client, code: str) -> Any:
    return client.post(CODE, {"code": code})


def wrong(code: str) -> str:
    return "0000-0000" if code != "0000-0000" else "1111-1111"


def test_a_new_person_is_in_at_once_and_has_no_address_yet(client: Client) -> None:
    answer = sign_up(client)
    assert (answer.status_code, answer.url) == (302, TODAY)
    user = User.objects.get()
    assert client.session["_auth_user_id"] == str(user.pk)
    assert (user.email, user.is_proved) == (None, False)
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_the_code_makes_the_address_theirs(client: Client) -> None:
    sign_up(client)
    answer = enter(client, code_sent_to("nadia@example.org"))
    assert (answer.status_code, answer.url) == (302, TODAY)
    assert User.objects.get().email == "nadia@example.org"
    assert log_in(Client()).url == TODAY


def test_an_address_is_kept_in_one_form(client: Client) -> None:
    sign_up(client, "  Nadia@EXAMPLE.org ")
    assert EmailAddress.objects.get().email == "nadia@example.org"
    enter(client, code_sent_to("nadia@example.org"))
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
    assert User.objects.get().is_proved


def test_after_three_wrong_codes_the_code_is_spent(client: Client) -> None:
    sign_up(client)
    code = code_sent_to("nadia@example.org")
    for _ in range(3):
        answer = client.post(CODE, {"code": wrong(code)}, follow=True)
    assert "Send the code again" in answer.content.decode()
    enter(client, code)
    assert not User.objects.get().is_proved


def test_a_code_that_grew_too_old_is_refused_with_a_word(client: Client) -> None:
    sign_up(client)
    session = client.session
    session["account_email_verification_code"]["at"] = time.time() - 601
    session.save()
    answer = client.post(CODE, {"code": code_sent_to("nadia@example.org")}, follow=True)
    assert "too old" in answer.content.decode()
    assert not User.objects.get().is_proved


@pytest.mark.parametrize(("path", "sent"), [(CODE, {"action": "resend"}), (SEND, {})])
def test_a_new_code_can_be_asked_for(client: Client, settings: Any, path: str, sent: dict[str, str]) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"confirm_email": None}
    sign_up(client)
    first = code_sent_to("nadia@example.org")
    assert client.post(path, sent).url == CODE
    second = code_sent_to("nadia@example.org")
    assert first != second
    enter(client, second)
    assert User.objects.get().is_proved


def test_a_code_that_was_asked_for_too_soon_is_said_to_have_to_wait(client: Client) -> None:
    sign_up(client)
    assert "a moment ago" in client.post(SEND, follow=True).content.decode()
    assert len(mail_to("nadia@example.org")) == 1


def test_whoever_signs_up_just_after_another_with_that_address_is_in_too(client: Client) -> None:
    sign_up(Client())
    assert sign_up(client).url == TODAY
    assert client.get(TODAY).status_code == 200
    assert len(mail_to("nadia@example.org")) == 1


def test_another_address_takes_the_place_of_the_first(client: Client) -> None:
    sign_up(client, "nadai@example.org")
    confirm_it_is_me(client)
    client.post(reverse("account_email"), {"action_add": "", "email": "nadia@example.org"})
    assert [row.email for row in EmailAddress.objects.all()] == ["nadia@example.org"]
    enter(client, code_sent_to("nadia@example.org"))
    assert User.objects.get().email == "nadia@example.org"
    assert len(mail_to("nadai@example.org")) == 1


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


def test_the_code_is_gone_from_the_database_once_it_was_sent(client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    sign_up(client)
    mail = OutgoingMail.objects.get()
    outgoing.deliver(mail.pk, at=mail.due_at)
    mail.refresh_from_db()
    assert (mail.text, mail.html) == ("", "")
