"""Every page that says anything of somebody is kept in no cache: walked as a member, and as a visitor with answers.

Of a visitor, what says something of them is found by looking: the page that a stranger gets is another one.
"""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.models import Person
from tests.coaching.every_page import MEMBER, VISITOR, pages
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
SOME = {
    MEMBER: ["/lessons/", "/lessons/breathing/", "/practice/", "/tools/", "/plan/"],
    VISITOR: ["/plan/", "/intake/"],
}
MAKERS = {MEMBER: a_member, VISITOR: a_visitor}


def kept(answer: Any) -> bool:
    return "no-store" not in answer.headers.get("Cache-Control", "")


def says(answer: Any) -> str:
    return TOKEN.sub("", text(answer))


def somebody(client: Client, whose: str) -> Person:
    person = MAKERS[whose](client)
    a_plan(person, at=timezone.now())
    return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize("whose", [MEMBER, VISITOR])
def test_pages_with_somebodys_marks_are_kept_nowhere(client: Client, whose: str) -> None:
    somebody(client, whose)
    assert [path for path in SOME[whose] if kept(client.get(path))] == []


def test_what_strangers_get_may_be_kept(client: Client) -> None:
    assert kept(client.get("/lessons/breathing/"))


@pytest.mark.long
def test_no_page_of_a_member_is_kept_anywhere(client: Client) -> None:
    person = somebody(client, MEMBER)
    walked = {page.path: client.get(page.path) for page in pages(person, MEMBER)}
    assert len(walked) > 100
    assert [path for path, answer in walked.items() if kept(answer)] == []


@pytest.mark.long
def test_no_page_that_says_something_of_a_visitor_is_kept_anywhere(client: Client) -> None:
    person = somebody(client, VISITOR)
    answers = {page.path: client.get(page.path) for page in pages(person, VISITOR)}
    open_to_be_kept = {path: answer for path, answer in answers.items() if kept(answer)}
    assert [path for path, answer in open_to_be_kept.items() if says(answer) != says(Client().get(path))] == []
