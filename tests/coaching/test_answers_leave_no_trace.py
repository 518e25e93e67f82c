"""Answers are in no address and no log, and in the database only under seal."""

import logging
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from accounts.sealing import CannotOpen
from coaching.models import Intake
from tests.coaching.shell_makers import (
    NOON,
    POSTS,
    a_finished_intake,
    a_visitor,
    answer_all,
    step_url,
    tell,
    text,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

GOAL = "zebra-crossing-goal"
TOLD = {"goal": GOAL, "signs_pain": ["night_pain"], "health_mind": ["bipolar"], "using_now": ["massage"]}
TRACES = [GOAL, "night_pain", "bipolar", "massage", "peg_", "gad_", "signs_below"]


def walk(client: Client) -> list[Any]:
    """Every answer of the site on the way through the questions, refusals and an emergency included."""
    sent = [client.post(step_url("goal"), {"adult": "x", "goal": GOAL})]
    sent += [client.post(step_url(step), {**given, **told_at(step)}, follow=True) for step, given in POSTS.items()]
    sent += [client.post(step_url("pain"), {"peg_1": "99"}), tell(client, "chest_pain")]
    return [*sent, client.get("/recommendations/", follow=True)]


def told_at(step: str) -> dict[str, Any]:
    return {name: value for name, value in TOLD.items() if name in POSTS[step]}


def addresses(answers: list[Any]) -> str:
    chains = [address for answer in answers for address, _ in getattr(answer, "redirect_chain", [])]
    return " ".join(
        [*chains, *(str(answer.request) for answer in answers if answer.request["REQUEST_METHOD"] == "GET")]
    )


def test_no_address_holds_an_answer(client: Client) -> None:
    found = addresses(walk(client))
    assert "/recommendations/" in found
    assert [trace for trace in TRACES if trace in found] == []


def test_no_line_in_the_log_holds_an_answer(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    walk(client)
    assert [trace for trace in [*TRACES, "chest_pain"] if trace in caplog.text] == []


def test_no_page_sends_a_form_by_its_address(client: Client) -> None:
    for step in POSTS:
        page = text(client.get(step_url(step), follow=True))
        assert 'method="get"' not in page


def test_the_database_holds_answers_under_seal_alone(client: Client) -> None:
    answer_all(client, goal={"goal": GOAL}, health={"conditions": TOLD["health_mind"]})
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM coaching_intake")
        rows = str(cursor.fetchall())
    assert Intake.objects.get().answers["goal"] == GOAL
    assert [trace for trace in TRACES if trace in rows] == []


def test_answers_copied_to_another_person_do_not_open(client: Client) -> None:
    mine = a_finished_intake(a_visitor(client))
    other = a_visitor(Client())
    stolen = Intake.objects.create(
        person=other, version="1", started_at=NOON, changed_at=NOON, sealed_answers=mine.sealed_answers
    )
    with pytest.raises(CannotOpen):
        _ = stolen.answers


def test_a_person_of_another_browser_sees_nothing_of_it(client: Client) -> None:
    answer_all(client, goal={"goal": GOAL})
    other = Client()
    for path in ("/recommendations/", "/plan/", "/intake/", "/intake/goal/", "/today/"):
        assert GOAL not in text(other.get(path, follow=True))


def test_the_result_is_sent_to_no_other_site_with_a_link(client: Client) -> None:
    answer_all(client)
    assert client.get("/recommendations/").headers["Referrer-Policy"] == "same-origin"
