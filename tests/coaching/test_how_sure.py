"""How sure somebody is of a step is asked once a week, answered at once, and makes the step smaller where it must."""

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.belongings.my_data import export
from coaching.core.practice.rung import WEEK
from coaching.models import Person, Plan, Practice
from coaching.plan import plans
from coaching.plan.rungs import sure_of
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text, the_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

ASKED = "How sure are you that you can do this step this week?"
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def walker(client: Client) -> Person:
    """Somebody on the second rung of walking: five minutes."""
    person = a_member(client)
    plans.pin(a_plan(person, minutes=45), "walking")
    start = timezone.now() - WEEK - timedelta(hours=1)
    Practice.objects.bulk_create(
        Practice(person=person, technique_id="walking", client_id=f"go-{go}", started_at=start + timedelta(days=go))
        for go in range(3)
    )
    return person


def say(client: Client, value: Any, technique: str = "walking") -> str:
    answer = client.post("/plan/sure/", {"technique": technique, "value": value}, follow=True)
    assert answer.status_code == 200
    return unescape(text(answer))


def minutes(person: Person) -> int:
    found = plans.coaching_of(Person.objects.get(pk=person.pk), 45)
    step = found.steps.of("walking") if found else None
    assert step
    return step.minutes


def test_the_plan_asks_of_each_step_until_it_is_told(client: Client, walker: Person) -> None:
    page = text(client.get("/plan/"))
    asked = page.count(ASKED)
    assert asked == len(plans.coaching_of(walker, 45).recommendation.techniques)
    assert say(client, 8).count(ASKED) == asked - 1


def test_whoever_is_sure_keeps_the_step(client: Client, walker: Person) -> None:
    assert "Good. Then this is your step for the week." in say(client, 7)
    assert minutes(walker) == 5


def test_whoever_is_not_gets_a_smaller_one_at_every_door(client: Client, walker: Person) -> None:
    assert minutes(walker) == 5
    page = say(client, 4)
    assert "Then let us make it smaller: 2 minutes, 5 times a week." in page
    assert "You said how sure you are: 4 of 10. We ask again in a week." in page
    assert minutes(walker) == 2
    assert "2 min left" in text(client.get("/practice/walking/"))


def test_below_the_smallest_step_there_is_a_kind_word(client: Client) -> None:
    plans.pin(a_plan(a_visitor(client)), "walking")
    assert "It is the smallest step there is. Half of it counts too" in say(client, 0)


def test_after_a_week_it_is_asked_anew() -> None:
    told = {"walking": {"value": 4, "at": NOON.isoformat()}}
    assert sure_of(told, NOON + WEEK - timedelta(minutes=1)) == {"walking": 4}
    assert sure_of(told, NOON + WEEK) == {}


@pytest.mark.parametrize(("technique", "value"), [("walking", "11"), ("walking", "x"), ("nonsense", "5"), ("", "")])
def test_what_makes_no_sense_changes_nothing(client: Client, walker: Person, technique: str, value: str) -> None:
    say(client, value, technique)
    assert Plan.objects.get(ended_at=None).sure == {}


def test_nobody_without_a_plan_can_tell(client: Client) -> None:
    assert client.post("/plan/sure/", {"technique": "walking", "value": "3"}).status_code == 302
    assert not Plan.objects.exists()


def test_it_can_be_taken_along(client: Client, walker: Person) -> None:
    say(client, 4)
    [plan] = export(the_user())["plans"]
    assert plan["sure"]["walking"]["value"] == 4
