"""What tells of danger is answered whatever becomes of the request: too many, broken, gone, or no database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings
from django.urls import reverse

from coaching.models import Intake
from content.core.vocabulary import Level
from tests.coaching.shell_makers import CHAPTER, post, step_url, tell, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

EMERGENCY, CRISIS = "Please call now.", "Thank you for telling us."
NOW = {"signs_chest": ["chest_pain"]}
WISH = {"self_harm": "yes"}
TOLD = pytest.mark.parametrize(
    ("told", "heard"), [(NOW, [EMERGENCY]), (WISH, [CRISIS]), (NOW | WISH, [EMERGENCY, CRISIS])]
)


@pytest.fixture
def client() -> Client:
    """As a browser meets the site: what breaks is a page."""
    return Client(raise_request_exception=False)


def said(answer: Any) -> list[str]:
    return [words for words in (EMERGENCY, CRISIS) if words in text(answer)]


@TOLD
def test_too_many_posts_do_not_silence_it(client: Client, told: dict[str, Any], heard: list[str]) -> None:
    address = reverse("coaching:mistake", args=["the-loop"])
    for _ in range(7):
        refused = client.post(address, {"kind": "words", "words": "A word is missing in line two.", **told})
    assert (refused.status_code, said(refused)) == (429, heard)


@TOLD
@override_settings(ROOT_URLCONF="tests.urls_that_break")
def test_a_page_that_breaks_does_not_silence_it(client: Client, told: dict[str, Any], heard: list[str]) -> None:
    broken = client.post("/break/", told)
    assert (broken.status_code, said(broken)) == (500, heard)


@TOLD
def test_an_address_that_is_gone_does_not_silence_it(client: Client, told: dict[str, Any], heard: list[str]) -> None:
    gone = client.post("/intake/an-old-step/", told)
    assert (gone.status_code, said(gone)) == (404, heard)


@contextmanager
def failing(fails: Callable[[str], bool]) -> Iterator[None]:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        if fails(sql):
            raise OperationalError("the disk is full")
        return execute(sql, *rest)

    with connection.execute_wrapper(refuse):
        yield


def is_write(sql: str) -> bool:
    return sql.startswith(("INSERT", "UPDATE", "DELETE"))


def is_anything(sql: str) -> bool:
    return not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))


@pytest.mark.parametrize("fails", [is_write, is_anything])
@pytest.mark.parametrize("step", ["chest-and-tummy", "pain", "safety"])
@TOLD
def test_a_database_that_fails_does_not_silence_it(
    client: Client, step: str, fails: Callable[[str], bool], told: dict[str, Any], heard: list[str]
) -> None:
    with failing(fails):
        answer = client.post(step_url(step), told)
    assert said(answer) == heard


def test_a_level_falls_only_when_every_group_has_been_answered_anew(client: Client) -> None:
    tell(client, "fever")
    assert Intake.objects.get().safety_level == Level.TODAY
    # As after two browsers were joined: the level stands, and no sign says why.
    Intake.objects.update(safety_level=Level.NOW)
    first, *others = CHAPTER["safety"]
    post(client, first)
    assert Intake.objects.get().safety_level == Level.NOW
    for step in others:
        post(client, step)
    assert Intake.objects.get().safety_level == ""
