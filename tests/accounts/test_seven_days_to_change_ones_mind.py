from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts import tasks
from accounts.erasing import leaving
from accounts.members import going
from accounts.models import (
    Leaving,
    OutgoingMail,
    Profile,
    Subscriber,
    Tombstone,
    User,
)
from accounts.readers.audience import audience_of
from coaching.models import Person
from tests.accounts.letters import an_edition
from tests.accounts.people import PASSWORD, link_sent_to, log_in, mail_to, make_subscriber, make_user

pytestmark = pytest.mark.django_db

ERASE, DATA = "/accounts/data/erase/", "/accounts/data/"


@pytest.fixture
def nadia(client: Client) -> User:
    user = make_user()
    Profile.objects.create(user=user)
    make_subscriber("nadia@example.org", user=user, paused_until=date(2026, 11, 30))
    Person.objects.create(user=user)
    log_in(client)
    return user


def ask(client: Client) -> Any:
    return client.post(ERASE, {"word": "erase", "password": PASSWORD})


def after(days: float) -> Any:
    return timezone.now() + timedelta(days=days)


def test_at_once_the_account_is_closed_everywhere(client: Client, nadia: User) -> None:
    phone = Client()
    log_in(phone)
    page = client.get(ask(client).url).content.decode()
    assert "In seven days everything in it is gone" in page
    assert [each.get(DATA).status_code for each in (client, phone)] == [302, 302]
    assert not [row for row in Session.objects.all() if "_auth_user_id" in row.get_decoded()]


def test_at_once_nothing_is_written_to_them_but_the_one_mail_about_it(client: Client, nadia: User) -> None:
    OutgoingMail.objects.create(to=nadia.email, subject="A small reminder", message_id="a", due_at=timezone.now())
    ask(client)
    assert [mail.subject for mail in mail_to(nadia.email)] == ["Your account goes in seven days"]
    edition = an_edition()
    assert [list(audience_of(edition, at=after(days))) for days in (0, 3, 6.9)] == [[], [], []]


def test_one_tap_in_the_mail_brings_everything_back(client: Client, nadia: User) -> None:
    ask(client)
    address = link_sent_to(nadia.email, "accounts/keep")
    assert client.get(address).status_code == 200
    assert not User.objects.get(pk=nadia.pk).is_active, "looking at a page changes nothing"
    client.post(address)
    assert User.objects.get(pk=nadia.pk).is_active
    assert Subscriber.objects.get().paused_until == date(2026, 11, 30)
    assert Person.objects.get().user == nadia
    assert not Leaving.objects.exists()
    log_in(client)
    assert client.get(DATA).status_code == 200


def test_so_does_a_log_in_with_one_tap(client: Client, nadia: User) -> None:
    ask(client)
    answer = log_in(client)
    assert answer.url.startswith("/accounts/keep/")
    client.post(answer.url)
    log_in(client)
    assert client.get(DATA).status_code == 200


def test_a_wrong_password_is_told_nothing_of_it(client: Client, nadia: User) -> None:
    ask(client)
    answer = log_in(Client(), password="not this one at all")
    assert answer.status_code == 422
    assert "do not go together" in answer.content.decode()


def test_after_seven_days_it_is_gone(client: Client, nadia: User) -> None:
    ask(client)
    assert leaving.finish(at=after(6.9)) == 0
    assert leaving.finish(at=after(7.1)) == 1
    for model in (User, Person, Profile, Subscriber, Leaving, OutgoingMail):
        assert not model.objects.exists(), model
    assert Tombstone.objects.exists()


def test_then_the_link_keeps_nothing(client: Client, nadia: User) -> None:
    ask(client)
    address = link_sent_to(nadia.email, "accounts/keep")
    leaving.finish(at=after(7.1))
    assert "nothing to keep" in client.get(address).content.decode()
    assert client.post(address).status_code == 200
    assert client.get("/accounts/keep/forged/").status_code == 200


def test_asking_twice_moves_no_day(nadia: User) -> None:
    first = going.go_in_a_while(nadia, at=timezone.now())
    again = going.go_in_a_while(nadia, at=after(3))
    assert again.gone_at == first.gone_at
    leaving.take_back(again)
    assert Subscriber.objects.get().paused_until == date(2026, 11, 30)


def test_a_worker_does_it_every_hour() -> None:
    assert (tasks.erase_who_left, timedelta(hours=1)) in tasks.PERIODIC


def test_an_account_that_staff_locked_is_not_opened_by_it(client: Client, nadia: User) -> None:
    User.objects.filter(pk=nadia.pk).update(is_active=False)
    assert log_in(client).url == "/accounts/inactive/"
