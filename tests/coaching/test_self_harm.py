"""The direct question is acted on at once, and a yes is stored nowhere."""

import logging
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from coaching.models import Intake
from tests.coaching.shell_makers import (
    DIRECT,
    POSTS,
    a_plan,
    a_visitor,
    answer_up_to,
    newest_answers,
    open_page,
    post,
    step_url,
    suggested,
    tell,
    text,
    the_person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

CRISIS = "Thank you for telling us."
EMERGENCY = "Please call now."


@pytest.fixture
def said(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


def everything_kept(said: pytest.LogCaptureFixture) -> str:
    """All that a request can leave behind: answers opened, sessions decoded, every line logged."""
    answers = [repr(intake.answers) for intake in Intake.objects.all()]
    sessions = [repr(session.get_decoded()) for session in Session.objects.all()]
    return "\n".join([*answers, *sessions, said.text])


def test_yes_leads_to_the_crisis_page_at_once(client: Client) -> None:
    answer_up_to(client, "goal")
    answer = post(client, DIRECT, self_harm="yes")
    page = text(answer)
    assert answer.status_code == 200
    assert CRISIS in page
    assert "No one reads your answers, so we cannot send help." in page
    assert 'id="calls"' in page


def test_yes_is_stored_nowhere(client: Client, said: pytest.LogCaptureFixture) -> None:
    answer_up_to(client, "goal")
    post(client, DIRECT, self_harm="yes")
    kept = everything_kept(said)
    assert "self_harm" not in kept
    assert "'yes'" not in kept.replace("'adult': 'yes'", "")
    assert set(newest_answers()) == {"adult", "goal", "values", "asked_directly", "extra_care"}


def test_yes_and_preferring_not_to_say_leave_the_very_same_record() -> None:
    kept = []
    for told in ("yes", "skip"):
        client = Client()
        person = a_visitor(client)
        post(client, DIRECT, self_harm=told)
        intake = person.intakes.get()
        kept.append((intake.answers, intake.safety_level, intake.safety_round))
    assert kept[0] == kept[1]


def test_no_address_tells_of_it(client: Client) -> None:
    answer_up_to(client, "goal")
    answer = client.post(step_url(DIRECT), {"self_harm": "yes", "round": "1"}, follow=True)
    assert answer.redirect_chain == []
    assert "crisis" not in answer.request["PATH_INFO"]


@pytest.mark.parametrize(
    "bad", [{"self_harm": ["yes", "yes"]}, {"self_harm": ["yes", "x"]}, {"self_harm": ["no", "yes"]}]
)
def test_yes_in_a_broken_post_leads_there_too_and_only_the_mark_is_kept(client: Client, bad: dict[str, Any]) -> None:
    answer_up_to(client, "goal")
    answer = post(client, DIRECT, **bad)
    assert CRISIS in text(answer)
    assert set(newest_answers()) == {"adult", "goal", "values", "extra_care"}


@pytest.mark.parametrize("step", [step for step in POSTS if step != DIRECT])
def test_yes_hand_made_into_another_step_leads_there_too(client: Client, step: str) -> None:
    answer = client.post(step_url(step), {**POSTS[step], "self_harm": "yes"})
    assert CRISIS in text(answer)
    assert "self_harm" not in newest_answers()


def test_with_danger_now_both_are_shown(client: Client, said: pytest.LogCaptureFixture) -> None:
    answer_up_to(client, "goal")
    page = text(tell(client, "chest_pain", self_harm="yes"))
    assert EMERGENCY in page
    assert CRISIS in page
    assert page.index(EMERGENCY) < page.index(CRISIS)
    assert "self_harm" not in everything_kept(said)


def test_the_emergency_page_opened_again_has_forgotten_it(client: Client) -> None:
    tell(client, "chest_pain", self_harm="yes")
    assert CRISIS not in text(client.get(reverse("coaching:emergency")))


def test_nothing_is_closed_afterwards(client: Client) -> None:
    answer_up_to(client, "goal")
    page = text(post(client, DIRECT, self_harm="yes"))
    assert f'href="{step_url("pain")}"' in page
    assert client.get(step_url("pain")).status_code == 200
    assert client.get("/lessons/the-loop/").status_code == 200


def test_the_crisis_page_tells_no_level_and_nobody_that_they_are_safe(client: Client) -> None:
    page = text(post(client, DIRECT, self_harm="yes")).lower()
    for words in ("you are safe", "risk", "low mood", "newsletter-form"):
        assert words not in page.split("<main")[1].split("</main>")[0], words


def test_the_question_is_asked_anew_each_time(client: Client) -> None:
    answer_up_to(client, "safety", safety={"self_harm": "skip"})
    page = text(open_page(client, DIRECT))
    group = page.split('id="id_self_harm_group"')[1].split("</fieldset>")[0]
    assert group.count("<button") == 3
    assert "checked" not in group
    assert "aria-" not in group.split("<button", 1)[1]


def test_what_is_not_safe_alone_in_a_crisis_stays_out_and_unnamed(client: Client) -> None:
    """The record must not show why: the page says nothing of it either."""
    a_plan(a_visitor(client), extra_care=True)
    assert "mindfulness" not in suggested(client)
    assert "<guide-player" not in text(client.get("/practice/mindfulness/"))
    page = text(client.get("/recommendations/")) + text(client.get("/practice/mindfulness/"))
    for words in ("suicid", "self-harm", "hurting yourself", "crisis"):
        assert words not in page.lower().split("<main")[1], words


def test_a_later_no_opens_it_again(client: Client) -> None:
    a_plan(a_visitor(client), extra_care=True)
    post(client, DIRECT, self_harm="no")
    assert "extra_care" not in the_person().intakes.newest().answers
    assert "<guide-player" in text(client.get("/practice/mindfulness/"))
