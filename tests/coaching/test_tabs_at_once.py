"""Two tabs of one account that act at the same moment."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory

from accounts.models import User
from coaching.belongings.joining import bring_along
from coaching.models import Person
from coaching.people.session import SESSION_KEY, person_for, person_of
from tests.accounts.people import make_user
from tests.coaching.shell_makers import NOON

pytestmark = pytest.mark.django_db


def a_request(user: User, **session: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user, request.session = user, SessionStore()
    request.session.update(session)
    return request


def just_before(statement: str, act: Callable[[], object]) -> Any:
    """Let another tab act once, right before the first statement that begins like this."""
    acts = [act]

    def watch(execute: Any, sql: str, *rest: Any) -> Any:
        if acts and sql.startswith(statement):
            acts.pop()()
        return execute(sql, *rest)

    return connection.execute_wrapper(watch)


def test_the_first_answer_in_both_makes_one_person() -> None:
    user = make_user()
    late = a_request(user)
    assert person_of(late) is None
    first = person_for(a_request(user))
    assert person_for(late) == first


def test_whichever_takes_the_browsers_person_into_the_account_both_know_it() -> None:
    user, person = make_user(), Person.objects.create()
    others = Person.objects.filter(pk=person.pk)
    with just_before('UPDATE "coaching_person"', lambda: others.update(user=user)):
        assert person_of(a_request(user, **{SESSION_KEY: person.pk})) == person


def test_what_was_brought_along_already_is_not_brought_again() -> None:
    person, waiting = Person.objects.create(user=make_user()), Person.objects.create()
    late = Person.objects.get(pk=waiting.pk)
    bring_along(waiting, person, NOON)
    bring_along(late, person, NOON)
    assert list(Person.objects.all()) == [person]
