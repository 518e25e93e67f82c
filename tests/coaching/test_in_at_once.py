"""Whoever keeps a plan is in at once. What needs a proved address says so, and nothing is sent to one before."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.mail.emails import Mail, post
from accounts.models import OutgoingMail, Profile, User
from accounts.newsletter.pruning import prune
from coaching.models import Booster, Ending, Person, Practice
from coaching.week import boosters
from tests.accounts.people import PASSWORD, code_sent_to, log_in, mail_to, make_user
from tests.coaching.reminder_makers import SIX_IN_LISBON, a_wish, sweep_at
from tests.coaching.shell_makers import a_plan, a_visitor, text, the_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

NADIA, WALTER = "nadia@example.org", "walter@example.org"
WAITS, AGAIN = "Your address is not confirmed yet", "Send the code again"
TODAY, LOG_OUT, ERASE = "/today/", "/accounts/logout/", "/accounts/data/erase/"
OTHER = "/today/other-account/"
SAY_SO = [TODAY, "/reminders/", LOG_OUT, *(f"/accounts/{name}/" for name in ("email", "profile", "data", "2fa"))]


@pytest.fixture
def nadia(client: Client) -> User:
    """Has a plan, and keeps it."""
    a_plan(a_visitor(client), at=timezone.now())
    assert client.post("/plan/keep/").url == reverse("account_signup")
    client.post(reverse("account_signup"), {"email": NADIA, "password1": PASSWORD})
    client.get(TODAY)
    return User.objects.get()


def prove(client: Client) -> None:
    client.post("/accounts/confirm-email/", {"code": code_sent_to(NADIA)})


@pytest.mark.parametrize("page", SAY_SO)
def test_what_waits_is_said_with_one_button_until_it_is_proved(client: Client, nadia: User, page: str) -> None:
    shown = text(client.get(page))
    assert WAITS in shown and AGAIN in shown
    prove(client)
    assert WAITS not in text(client.get(page))


def test_the_plan_is_theirs_at_once_and_stays_when_the_address_is_proved(client: Client, nadia: User) -> None:
    assert the_person().user == nadia
    assert "Begin" in text(client.get(TODAY))
    prove(client)
    assert the_person().user == User.objects.get(email=NADIA) == nadia


def test_a_visitor_and_a_member_are_told_nothing(client: Client) -> None:
    assert WAITS not in text(client.get("/plan/"))
    make_user(WALTER)
    log_in(client, WALTER)
    assert WAITS not in text(client.get(TODAY))


def test_reminders_by_mail_wait_and_those_in_a_calendar_do_not(client: Client, nadia: User) -> None:
    told = {"days": ["0"], "hour": "18", "time_zone": "Europe/Lisbon", "quiet_from": "22", "quiet_until": "7"}
    refused = client.post("/reminders/", {**told, "way": "mail"})
    assert refused.status_code == 422 and "wait until you enter the code" in text(refused)
    assert client.post("/reminders/", {**told, "way": "none"}).status_code == 302


def test_no_reminder_and_no_letter_after_an_ending_leaves_whatever_the_rows_say(nadia: User) -> None:
    a_wish(nadia)
    assert sweep_at(SIX_IN_LISBON) == 0
    ending = Ending.objects.create(person=the_person(), at=timezone.now(), wants_letters=True)
    Booster.objects.create(ending=ending, month=1, due_on=timezone.localdate())
    assert boosters.send_due(timezone.now()) == 0
    assert len(mail_to(NADIA)) == 1 and not mail.outbox


# --- To the account one has -------------------------------------------------------------


def test_whoever_has_an_account_takes_what_they_did_there(client: Client, nadia: User) -> None:
    owner = make_user(WALTER)
    own = Person.objects.create(user=owner)
    Practice.objects.create(person=the_own(nadia), technique_id="breathing", client_id="one", started_at=timezone.now())
    Profile.objects.filter(user=nadia).update(hide_pain_numbers=True)
    answer = client.post(OTHER, follow=True)
    assert "still in this browser" in text(answer)
    assert not User.objects.filter(pk=nadia.pk).exists() and client.session["hides_pain"]
    assert Practice.objects.get().person.user is None
    log_in(client, WALTER)
    client.post(reverse("coaching:browser"), {"is_mine": "yes"})
    assert Practice.objects.get().person == own
    assert own.plans.count() == 1


def the_own(user: User) -> Person:
    return Person.objects.get(user=user)


def test_a_proved_account_does_not_go_that_way(client: Client, nadia: User) -> None:
    prove(client)
    assert client.post(OTHER).url == TODAY
    assert User.objects.get() == nadia
    assert "_auth_user_id" in client.session


# --- How it ends ------------------------------------------------------------------------


def test_a_log_out_says_what_it_takes_away(client: Client, nadia: User) -> None:
    page = text(client.get(LOG_OUT))
    assert "it is erased with all that is in it" in page
    assert "Everything is kept for when you come back." not in page


def test_it_is_erased_when_its_log_in_is_over_and_not_before(client: Client, nadia: User) -> None:
    later = timezone.now() + timedelta(days=89)
    prune(at=later)
    assert User.objects.exists() and Person.objects.exists()
    prune(at=later + timedelta(days=3))
    assert not User.objects.exists() and not Person.objects.exists() and not EmailAddress.objects.exists()


def test_after_a_log_out_it_goes_with_the_next_day(client: Client, nadia: User) -> None:
    client.post(LOG_OUT)
    prune(at=timezone.now() + timedelta(hours=1))
    assert User.objects.exists()
    prune(at=timezone.now() + timedelta(hours=25))
    assert not User.objects.exists() and not Person.objects.exists()


def test_a_proved_account_stays_without_a_log_in(client: Client, nadia: User) -> None:
    prove(client)
    client.post(LOG_OUT)
    Session.objects.all().delete()
    prune(at=timezone.now() + timedelta(days=400))
    assert User.objects.exists()


def erase(client: Client) -> Any:
    assert "at_once" not in text(client.get(ERASE))
    return client.post(ERASE, {"word": "erase", "password": PASSWORD})


def test_erasing_is_at_once_and_forgets_the_wish_too(client: Client, nadia: User) -> None:
    erase(client)
    for rows in (User, Person, EmailAddress, OutgoingMail):
        assert not rows.objects.exists(), rows


def test_whoever_erases_a_wish_for_somebodys_address_erases_nothing_of_theirs(client: Client, nadia: User) -> None:
    User.objects.create_user(NADIA, PASSWORD)
    post(Mail(to=NADIA, subject="A letter", text="For the owner", html="<p>For the owner</p>"), at=timezone.now())
    erase(client)
    assert "A letter" in [row.subject for row in mail_to(NADIA)]
    assert User.objects.get().email == NADIA
