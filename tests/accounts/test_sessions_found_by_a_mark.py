"""A session is known by its lines: whose it is, and which addresses were typed in it. None is opened to find it."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import tasks
from accounts.guard import typed_addresses
from accounts.guard.marks import address_mark
from accounts.guard.session_store import SessionStore
from accounts.models import OpenSession, TypedAddress
from tests.accounts.people import PASSWORD, make_user

pytestmark = pytest.mark.django_db

ADDRESS = "a@example.org"
MARK = address_mark(ADDRESS)


@pytest.fixture
def all_noted() -> None:
    """As it is some days after the lines came."""
    steps: Any = MigrationRecorder(connection).migration_qs
    came = steps.filter(app="accounts", name__endswith=typed_addresses.FIRST_NOTED)
    assert came.update(applied=timezone.now() - typed_addresses.UNTIL_ALL_ARE_NOTED - timedelta(hours=1)) == 1


@pytest.fixture
def no_session_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(_: Session) -> Any:
        raise AssertionError

    monkeypatch.setattr(Session, "get_decoded", opened)


def a_session(**held: Any) -> str:
    store = SessionStore()
    store.update(held)
    store.save()
    return str(store.session_key)


def an_old_session(**held: Any) -> str:
    """As the release before wrote it."""
    key = a_session(**held)
    TypedAddress.objects.filter(session=key).delete()
    OpenSession.objects.filter(session=key).delete()
    return key


def keys() -> set[str]:
    return set(Session.objects.values_list("session_key", flat=True))


def noted(key: str) -> set[str]:
    return set(TypedAddress.objects.filter(session=key).values_list("mark", flat=True))


def test_an_address_is_noted_wherever_in_a_session_it_stands() -> None:
    key = a_session(account_login={"email": "A@Example.org"}, place="here", said=[["Sent to b@example.org."]])
    assert noted(key) == {MARK, address_mark("b@example.org.")}
    assert noted(a_session(place="here")) == set()


def test_what_is_typed_later_is_noted_and_what_goes_is_noted_no_more() -> None:
    store = SessionStore(a_session(place="here"))
    store["said"] = ADDRESS
    store.save()
    assert noted(store.session_key) == {MARK}
    store = SessionStore(store.session_key)
    store["said"] = "c@example.org"
    store.save()
    assert noted(store.session_key) == {address_mark("c@example.org")}
    del store["said"]
    store.save()
    assert noted(store.session_key) == set()


def test_a_session_with_a_new_key_is_noted_under_it() -> None:
    store = SessionStore(a_session(said=ADDRESS))
    store.cycle_key()
    assert noted(store.session_key) == {MARK}
    assert TypedAddress.objects.count() == 1


def test_a_page_of_a_session_in_which_nothing_changed_asks_for_no_line() -> None:
    store = SessionStore(a_session(said=ADDRESS))
    store["place"] = "there"
    with CaptureQueriesContext(connection) as asked:
        store.save()
    assert asked.captured_queries
    assert not [one for one in asked.captured_queries if "typedaddress" in one["sql"]]


@pytest.mark.usefixtures("all_noted", "no_session_is_opened")
def test_what_was_typed_by_who_was_erased_ends_and_no_session_is_opened_for_it() -> None:
    theirs, others = a_session(account_login={"email": ADDRESS}), a_session(account_login={"email": "b@example.org"})
    tasks.end_sessions.call(7, MARK)
    assert keys() == {others}
    assert noted(theirs) == set()


@pytest.mark.usefixtures("all_noted", "no_session_is_opened")
def test_the_log_ins_of_an_account_end_and_no_session_is_opened_for_it(client: Client) -> None:
    user, other = make_user(ADDRESS), make_user("b@example.org")
    for _ in range(3):
        Client().login(email=user.email, password=PASSWORD)
    client.login(email=other.email, password=PASSWORD)
    tasks.end_sessions.call(user.pk, "no-mark")
    assert keys() == {client.session.session_key}


@pytest.mark.usefixtures("no_session_is_opened", "all_noted")
def test_they_end_some_hundred_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typed_addresses, "AT_ONCE", 2)
    for _ in range(5):
        a_session(said=ADDRESS)
    left = a_session(place="here")
    tasks.end_sessions.call(7, MARK)
    assert keys() == {left}
    assert not TypedAddress.objects.exists()


def test_until_a_session_of_the_release_before_can_be_there_no_longer_all_are_opened() -> None:
    an_old_session(said=ADDRESS)
    an_old_session(**{SESSION_KEY: "7"})
    left = a_session(place="here")
    assert not typed_addresses.all_are_noted(timezone.now())
    assert typed_addresses.all_are_noted(timezone.now() + typed_addresses.UNTIL_ALL_ARE_NOTED)
    tasks.end_sessions.call(7, MARK)
    assert keys() == {left}


def test_once_a_day_what_was_not_noted_is_noted_and_a_log_in_without_an_account_goes() -> None:
    old = an_old_session(said=ADDRESS)
    gone = an_old_session(**{SESSION_KEY: "700"})
    stays = an_old_session(**{SESSION_KEY: str(make_user("b@example.org").pk)})
    tasks.forget_typed_addresses.call()
    assert keys() == {old, stays}
    assert noted(old) == {MARK}
    assert gone not in keys()


def test_a_line_whose_session_the_release_before_took_away_goes() -> None:
    key = a_session(said=ADDRESS)
    TypedAddress.objects.create(session_id="a-session-that-is-gone", mark=MARK)
    tasks.forget_what_is_over.call()
    assert list(TypedAddress.objects.values_list("session", flat=True)) == [key]
