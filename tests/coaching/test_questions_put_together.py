"""Each question that is put together once gives the very rows that Django gives, to the last thing they hold."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.test import Client
from django.utils import timezone

import accounts.backends  # noqa: F401 (only a log-in asks for it)
from accounts.models import User
from coaching.models import LogEntry, Person, Plan, PlanItem, Practice
from content.models import Lesson
from content.reading.ready_made import ReadyMade
from tests.coaching.shell_makers import a_member, a_plan, a_visitor
from tests.coaching.test_query_budgets import a_life, made_much_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
APPS = ("content.", "accounts.", "coaching.")


def questions() -> Iterator[tuple[str, ReadyMade]]:
    """All that stand in a module of ours."""
    for name, module in sorted(sys.modules.items()):
        for told, value in vars(module).items() if name.startswith(APPS) else ():
            if isinstance(value, ReadyMade):
                yield f"{name}.{told}", value


QUESTIONS = dict(questions())


@pytest.fixture
def people(client: Client) -> list[Person]:
    """A member who did much, a visitor with a plan, one without anything, and an account that began nothing."""
    member = a_member(client)
    a_plan(member)
    made_much_of(member, 30)
    client.post("/week/make/")
    client.get("/today/")
    client.post("/practice/breaths/keep/", {"guide": "breathing", "in": 4, "out": 6, "name": "Mine"})
    LogEntry.objects.create(person=member, kind=LogEntry.Kind.MANAGED, on=timezone.localdate(), at=timezone.now())
    visitor = a_visitor(Client())
    a_plan(visitor)
    a_life(visitor)
    User.objects.create_user(email="new@example.org", password="x")
    return [member, visitor, Person.objects.create()]


def all_of(told: Any, *around: Any) -> Any:
    """Everything that an object holds, with all that it was read together with, but for the way back."""
    if not isinstance(told, Model):
        return tuple(told) if isinstance(told, list) else told
    if any(told is one for one in around):
        return "the way back"
    held = {name: all_of(value, *around, told) for name, value in vars(told).items() if name != "_state"}
    joined = {name: all_of(one, *around, told) for name, one in told._state.fields_cache.items()}
    return type(told), held, told._state.db, told._state.adding, joined


def asked_for(question: ReadyMade) -> Iterator[dict[str, Any]]:
    """Whatever a question of these kinds could be asked for here, and what is nobody's."""
    now, planned = timezone.now(), PlanItem.objects.values_list("technique", flat=True)
    slugs = {*Lesson.objects.course().values_list("slug", flat=True), *planned}
    sent = Practice.objects.values_list("client_id", flat=True)[:2]
    keys = [*Person.objects.values_list("pk", flat=True), *sent, *Session.objects.values_list("pk", flat=True), *slugs]
    values: dict[type, list[Any]] = {
        str: [*keys, "", "it's; --", "%s"],
        int: sorted(
            {*User.objects.values_list("pk", flat=True), *Plan.objects.values_list("pk", flat=True), 0, 99_999}
        ),
        datetime: [now - timedelta(days=400), now, now + timedelta(days=400)],
        date: [now.date() - timedelta(days=400), now.date(), now.date() + timedelta(days=400)],
    }
    for told in product(*(values[kind] for kind in question.kinds.values())):
        yield dict(zip(question.kinds, told, strict=True))


@pytest.mark.usefixtures("people")
def test_each_gives_what_django_gives() -> None:
    unanswered = []
    for name, question in QUESTIONS.items():
        answers = 0
        for told in asked_for(question):
            usual = list(question.build(**told))
            given = question.objects(**told) if usual and isinstance(usual[0], Model) else question.rows(**told)
            assert [all_of(one) for one in given] == [all_of(one) for one in usual], (name, told)
            answers += len(usual)
        unanswered += [] if answers else [name]
    assert unanswered == [], "what nobody here is an answer to proves nothing"


def test_words_that_look_like_sql_are_only_words(people: list[Person]) -> None:
    assert Person.objects.of_visit(f"{people[1].pk}' OR '1'='1") is None
    assert Person.objects.of_visit("%s") is None
