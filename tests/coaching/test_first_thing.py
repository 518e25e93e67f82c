"""Whoever tells too little for a plan gets one safe thing to try and the questions left, not an empty plan."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.core.intake.questionnaires import STEP
from coaching.plan.plans import coaching_of
from coaching.practice.first_thing import first_thing
from content.models import Caution
from tests.coaching.shell_makers import CHAPTER, POSTS, answer_all, post, step_url, text, the_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

LEFT_OUT = ("pain", "mood", "body", "days", "yours")
BREATHE = 'href="/practice/breathing/'


def answer_little(client: Client, signs: tuple[str, ...] = (), health: dict[str, Any] | None = None) -> str:
    """Age, danger signs, and of the health questions what is told; the result page."""
    post(client, "goal", goal=None, values=None)
    post(client, "safety", **({"signs": list(signs)} if signs else {}))
    for step in LEFT_OUT:
        client.post(step_url(step), {})
    for step in CHAPTER["health"]:
        name = STEP[step].items[0].id
        client.post(step_url(step), {name: (health or {}).get(name, [])})
    return text(client.get(reverse("coaching:recommendations")))


def undisclosed() -> dict[str, list[str]]:
    return {STEP[step].items[0].id: ["skip"] for step in CHAPTER["health"]}


@pytest.mark.parametrize("signs", [(), ("fever",), ("night_pain",)], ids=["no sign", "today", "soon"])
@pytest.mark.parametrize("health", [None, "skip"], ids=["not asked", "undisclosed"])
def test_one_safe_thing_and_the_questions_left(client: Client, signs: tuple[str, ...], health: str | None) -> None:
    page = answer_little(client, signs, undisclosed() if health else None)
    assert "One thing for now" in page
    assert "Nothing to start with today" not in page
    assert "Nothing stands out" not in page
    assert BREATHE in page
    assert client.get("/practice/breathing/").status_code == 200
    for step in LEFT_OUT:
        assert f'href="{step_url(step)}"' in page, step


@pytest.mark.parametrize("signs", [("fever",), ("night_pain",)], ids=["today", "soon"])
def test_nothing_physical_is_offered_under_a_sign(client: Client, signs: tuple[str, ...]) -> None:
    main = answer_little(client, signs).split("<main")[1].split("</main")[0]
    offered = {part.split("/")[0] for part in main.split('href="/practice/')[1:]}
    assert offered == {"breathing"}


def test_where_breathing_is_not_allowed_there_is_a_lesson(client: Client) -> None:
    """Held back for any reason that the care rule knows: here an answer that shuts it in the library."""
    Caution.objects.update_or_create(
        technique_id="breathing", condition="glaucoma", defaults={"action": "exclude", "words": "Not now."}
    )
    page = answer_little(client, health={"health_blood": ["glaucoma"]})
    main = page.split("<main")[1].split("</main")[0]
    assert "One thing for now" in main
    assert BREATHE not in main
    assert "Read the lesson" in main


def test_the_health_questions_are_left_only_where_nothing_of_them_was_answered(client: Client) -> None:
    assert f'href="{step_url("health")}"' in answer_little(client)
    for step in CHAPTER["health"]:
        post(client, step)
    post(client, "safety")
    page = text(client.get(reverse("coaching:recommendations")))
    assert f'href="{step_url("health")}"' not in page


def test_one_answer_that_shows_a_need_makes_a_plan(client: Client) -> None:
    answer_little(client)
    client.post(step_url("body"), {"tension": "9"})
    post(client, "safety")
    page = text(client.get(reverse("coaching:recommendations")))
    assert "One thing for now" not in page
    assert coaching_of(the_person()).recommendation.picks


def test_the_questions_left_can_be_asked_in_one_go(client: Client) -> None:
    answer_little(client)
    client.post(reverse("coaching:check_in"))
    post(client, "safety")
    for step in ("pain", "mood", "worry-more", "body", "days"):
        answer = post(client, step)
    assert answer.url == reverse("coaching:recommendations")
    assert "One thing for now" not in text(client.get(answer.url))


def test_whoever_answered_it_all_and_is_well_is_not_told_that_we_know_too_little(client: Client) -> None:
    answer_all(
        client,
        pain={"duration": None, "peg_1": "0", "peg_2": "0", "peg_3": "0"},
        mood={"gad_1": "1", "gad_2": "1", "phq_1": "0", "phq_2": "0"},
        **{"worry-more": dict.fromkeys(POSTS["worry-more"], "0")},
        body=dict.fromkeys(("tension", "stuck_thoughts", "avoid"), "0"),
        days={"sleep": "9", "active_days": "6", "using_now": ["movement"]},
    )
    coaching = coaching_of(the_person())
    assert not coaching.snapshot.needs
    assert first_thing(coaching, timezone.now()) is None
