import json
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.test import Client

from accounts import tasks
from accounts.guard.marks import account_mark, address_mark, source_mark
from accounts.members import personal_data
from accounts.members.personal_data import Source
from accounts.models import (
    Consent,
    ConsentKind,
    OutgoingMail,
    Profile,
    Subscriber,
    SubscriberStatus,
    Suppression,
    User,
)
from tests.accounts.people import NOON, PASSWORD, confirm_it_is_me, log_in, make_subscriber, make_user

pytestmark = pytest.mark.django_db

DATA, DOWNLOAD, ERASE = "/accounts/data/", "/accounts/data/download/", "/accounts/data/erase/"


@pytest.fixture
def nadia(client: Client) -> User:
    user = make_user()
    log_in(client)
    return user


def erase(client: Client, **answers: str) -> Any:
    """At once, as whoever ticks the box wants it."""
    return client.post(ERASE, {"word": "erase", "password": PASSWORD, "at_once": "on", **answers})


def test_the_page_names_everything_that_is_kept(client: Client, nadia: User) -> None:
    Consent.objects.give(nadia, ConsentKind.NEWSLETTER, words="Yes, tips please.", words_version="1", at=NOON)
    page = client.get(DATA).content.decode()
    assert all(source.words in page for source in personal_data.sources())
    assert "Yes, tips please." in page
    assert "2 November 2026" in page


def test_the_file_holds_what_each_part_of_the_site_keeps(client: Client, nadia: User) -> None:
    Profile.objects.create(user=nadia, country="GB", minutes_a_day=20)
    make_subscriber("nadia@example.org", user=nadia)
    confirm_it_is_me(client)
    answer = client.get(DOWNLOAD)
    kept = json.loads(answer.content)
    assert 'filename="unloop-my-data.json"' in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert kept["account"]["email"] == "nadia@example.org"
    assert kept["profile"]["country"] == "GB"
    assert kept["letters"]["subscriptions"][0]["status"] == "active"
    assert {source.name for source in personal_data.sources()} < set(kept)


def test_the_file_is_for_the_owner_alone(client: Client, nadia: User) -> None:
    assert client.get(DOWNLOAD).url.startswith("/accounts/reauthenticate/")
    assert Client().get(DOWNLOAD).url.startswith("/accounts/login/")


def test_the_file_holds_nothing_of_others(client: Client, nadia: User) -> None:
    make_subscriber("walter@example.org", user=make_user("walter@example.org"))
    confirm_it_is_me(client)
    assert b"walter" not in client.get(DOWNLOAD).content


def test_erasing_leaves_no_row_that_names_the_person(client: Client, nadia: User) -> None:
    Profile.objects.create(user=nadia, name="Nadia")
    Consent.objects.give(nadia, ConsentKind.NEWSLETTER, words="Yes", words_version="1", at=NOON)
    make_subscriber("nadia@example.org", user=nadia)
    client.post("/newsletter/", {"email": "nadia@example.org"})
    note_by_staff(nadia)
    answer = erase(client)
    assert answer.status_code == 302
    for model in (User, EmailAddress, Profile, Consent, Subscriber, OutgoingMail, Suppression):
        assert not model.objects.exists(), model
    assert not LogEntry.objects.filter(object_repr__contains="nadia").exists()
    assert "_auth_user_id" not in client.session


def note_by_staff(user: User) -> None:
    staff = make_user("staff@example.org")
    LogEntry.objects.create(
        user=staff,
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        object_repr=user.email,
        action_flag=CHANGE,
    )
    User.objects.filter(pk=staff.pk).delete()


def test_others_keep_what_is_theirs(client: Client, nadia: User) -> None:
    make_subscriber("walter@example.org", user=make_user("walter@example.org"))
    erase(client)
    assert User.objects.get().email == Subscriber.objects.get().email == "walter@example.org"


@pytest.mark.parametrize("status", [SubscriberStatus.UNSUBSCRIBED, SubscriberStatus.BOUNCED])
def test_of_someone_who_stopped_letters_only_a_scrambled_mark_stays(
    client: Client, nadia: User, status: SubscriberStatus
) -> None:
    make_subscriber("nadia@example.org", status=status)
    erase(client)
    mark = Suppression.objects.get()
    assert mark.reason == status
    assert len(mark.address_hash) == 64
    assert Suppression.objects.of(" NADIA@example.org").get() == mark


def test_sessions_on_other_devices_end(client: Client, nadia: User) -> None:
    phone = Client()
    log_in(phone)
    erase(client)
    assert phone.get(DATA).status_code == 302
    tasks.end_sessions.call(nadia.pk)
    assert not [row for row in Session.objects.all() if "_auth_user_id" in row.get_decoded()]


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"word": ""}, "word"),
        ({"word": "delete"}, "word"),
        ({"password": ""}, "password"),
        ({"password": "not this one at all"}, "password"),
    ],
)
def test_nothing_is_erased_by_mistake(client: Client, nadia: User, answers: dict[str, str], field: str) -> None:
    answer = erase(client, **answers)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert User.objects.filter(pk=nadia.pk).exists()


def test_the_word_may_be_typed_as_a_phone_types_it(client: Client, nadia: User) -> None:
    assert erase(client, word="Erase ").status_code == 302


def test_guessing_the_password_is_stopped(client: Client, nadia: User) -> None:
    statuses = [erase(client, password="not this one at all").status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_opening_the_page_erases_nothing(client: Client, nadia: User) -> None:
    assert client.get(ERASE).status_code == 200
    assert User.objects.exists()


def test_if_one_part_cannot_be_erased_nothing_is(nadia: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(user: User) -> None:
        raise RuntimeError("cannot erase")

    stubborn = Source(name="stubborn", words="", export=lambda user, extent: {}, erase=refuse)
    monkeypatch.setitem(personal_data._sources, "stubborn", stubborn)
    Profile.objects.create(user=nadia)
    with pytest.raises(RuntimeError):
        personal_data.erase(nadia)
    assert Profile.objects.exists()


def test_what_happens_to_an_account_is_logged_by_keyed_hashes_alone(client: Client, nadia: User, caplog: Any) -> None:
    caplog.set_level("INFO", "unloop.accounts")
    number = nadia.pk
    log_in(Client())
    log_in(Client(), password="not this one at all")
    confirm_it_is_me(client)
    client.get(DOWNLOAD)
    erase(client)
    lines = [record.getMessage() for record in caplog.records]
    mark, source = account_mark(number), source_mark("127.0.0.1")
    assert f"Account {mark} logged in, from {source}." in lines
    assert f"A log-in was refused: address {address_mark('nadia@example.org')}, from {source}." in lines
    assert f"Account {mark} took its data along." in lines
    assert f"Account {mark} is erased." in lines
    assert "nadia" not in caplog.text
    assert "127.0.0.1" not in caplog.text
