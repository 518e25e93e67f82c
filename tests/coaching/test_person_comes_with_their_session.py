"""Whoever an account belongs to comes with its session, and what is added lands with nobody else by it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.guard.session_store import SessionStore
from accounts.models import OpenSession, User
from coaching.models import Person, Practice
from coaching.people.session import OF_ACCOUNT, person_to_add_to
from tests.accounts.people import make_user
from tests.coaching.shell_makers import a_member, a_visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PATH = "/practice/sync/"


@pytest.fixture
def nadia(client: Client) -> Person:
    return a_member(client)


def send(client: Client, number: int = 1) -> Any:
    item = {"guide": "breathing", "client_id": f"made-up-client-id-{number}", "seconds": 60}
    body = {"owner": client.get(PATH).json()["owners"][0], "items": [item]}
    return client.post(PATH, json.dumps(body), content_type="application/json")


def whose(number: int = 1) -> Person:
    return Practice.objects.get(client_id=f"made-up-client-id-{number}").person


def a_session(client: Client) -> SessionStore:
    """As a request finds it, and read."""
    session = SessionStore(client.cookies["sessionid"].value)
    session.get("anything")
    return session


def asked_about_people(client: Client, number: int) -> list[str]:
    """The first table of each question that names people, of what is asked before and while one is added."""
    with CaptureQueriesContext(connection) as asked:
        send(client, number)
    read = [one["sql"] for one in asked.captured_queries if one["sql"].startswith('SELECT "')]
    return [sql.split(' FROM "')[1].split('"')[0] for sql in read if '"coaching_person"' in sql]


def test_what_is_added_by_a_member_asks_for_nobody_beside_the_session(client: Client, nadia: Person) -> None:
    send(client)
    assert asked_about_people(client, 2) == ["django_session"] * 2
    assert whose(2) == nadia


def test_a_session_of_which_no_line_is_kept_has_its_person_asked_for(client: Client, nadia: Person) -> None:
    OpenSession.objects.all().delete()
    assert asked_about_people(client, 1) == ["django_session"] * 2 + ["coaching_person"]
    assert whose() == nadia


def test_a_session_that_is_kept_in_another_way_has_its_person_asked_for(client: Client, nadia: Person) -> None:
    request: Any = RequestFactory().post(PATH)
    request.user, request.session = nadia.user, {}
    assert person_to_add_to(request) == nadia


def test_of_whoever_came_all_else_is_read_when_it_is_asked_for(client: Client, nadia: Person) -> None:
    came = Person.objects.by_key_alone(nadia.pk)
    assert came == nadia
    assert (came.user, came.made_at, came.seen_on) == (nadia.user, nadia.made_at, nadia.seen_on)
    assert came.all_intakes == []


# --- It lands with nobody else -----------------------------------------------------------------------


def test_each_of_two_browsers_adds_to_its_own_person(client: Client, nadia: Person) -> None:
    other = Client()
    walter = a_member(other, "walter@example.org")
    for number, browser in enumerate((client, other, client, other)):
        send(browser, number)
    assert [whose(number) for number in range(4)] == [nadia, walter, nadia, walter]


def test_who_logs_in_where_somebody_was_adds_to_their_own(client: Client, nadia: Person) -> None:
    send(client, 1)
    walter = Person.objects.create(user=make_user("walter@example.org"))
    client.force_login(walter.user)
    send(client, 2)
    assert (whose(1), whose(2)) == (nadia, walter)


def test_a_line_that_names_another_account_adds_nothing_to_that_one(client: Client, nadia: Person) -> None:
    walter = Person.objects.create(user=make_user("walter@example.org"))
    OpenSession.objects.update(user=walter.user)
    assert a_session(client).brought(OF_ACCOUNT, nadia.user_id) is None
    send(client)
    assert whose() == nadia


def test_of_another_account_or_under_another_key_nobody_comes(client: Client, nadia: Person) -> None:
    session, other = a_session(client), make_user("walter@example.org")
    assert session.brought(OF_ACCOUNT, nadia.user_id) == nadia.pk
    assert session.brought(OF_ACCOUNT, other.pk) is None
    session.cycle_key()
    assert session.brought(OF_ACCOUNT, nadia.user_id) is None


def test_of_a_session_that_was_emptied_or_is_over_nobody_comes(client: Client, nadia: Person) -> None:
    emptied, is_over = a_session(client), a_session(client)
    emptied.flush()
    is_over.load()
    assert emptied.brought(OF_ACCOUNT, nadia.user_id) is None
    assert is_over.brought(OF_ACCOUNT, nadia.user_id) is None


def test_somebody_who_was_erased_is_not_added_to(client: Client, nadia: Person) -> None:
    """The account stays: it begins anew."""
    send(client, 1)
    key = nadia.pk
    nadia.delete()
    send(client, 2)
    assert whose(2).user == User.objects.get()
    assert whose(2).pk != key
    assert [one.pk for one in Person.objects.all()] == [whose(2).pk]


def test_an_account_that_is_given_another_person_adds_to_that_one(client: Client, nadia: Person) -> None:
    send(client, 1)
    account = nadia.user
    Person.objects.filter(pk=nadia.pk).update(user=None)
    another = Person.objects.create(user=account)
    send(client, 2)
    assert (whose(1), whose(2)) == (nadia, another)


def test_a_locked_account_adds_nothing_to_its_person(client: Client, nadia: Person) -> None:
    User.objects.update(is_active=False)
    send(client)
    assert whose() != nadia
    assert whose().user is None


def test_a_visitor_adds_to_the_person_of_the_visit(client: Client) -> None:
    visitor = a_visitor(client)
    send(client)
    assert whose() == visitor
    assert visitor.user is None


def test_what_a_visitor_has_becomes_that_of_the_new_account_before_more_is_added(client: Client) -> None:
    visitor = a_visitor(client)
    client.force_login(make_user())
    send(client)
    assert whose() == visitor
    assert whose().user == User.objects.get()
