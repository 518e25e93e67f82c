"""What was told counts at once on the pages of the practices, finished or not."""

import pytest
from django.test import Client

from coaching.models import Intake
from content.models import Caution
from tests.coaching.shell_makers import NOON, a_finished_intake, a_visitor, answer_up_to, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def may_start(client: Client, guide: str) -> bool:
    return "<guide-player" in text(client.get(f"/practice/{guide}/"))


def left_out_with(condition: str) -> str:
    row = Caution.objects.filter(condition=condition, action="exclude", technique__startable=True).first()
    assert row is not None
    return row.technique_id


def test_a_stranger_may_start_what_nothing_told_closes(client: Client) -> None:
    assert may_start(client, "mindfulness")


def test_what_was_not_asked_yet_closes_nothing(client: Client) -> None:
    answer_up_to(client, "safety")
    assert may_start(client, "mindfulness")


@pytest.mark.parametrize("told", ["yes", "skip"])
def test_thoughts_of_self_harm_close_what_needs_company_at_once(client: Client, told: str) -> None:
    answer_up_to(client, "safety", safety={"self_harm": told})
    assert not may_start(client, "mindfulness")
    assert may_start(client, "breathing")


def test_a_condition_ticked_while_answering_again_closes_at_once(client: Client) -> None:
    closed = left_out_with("fracture")
    person = a_visitor(client)
    a_finished_intake(person, conditions=["none"])
    assert may_start(client, closed)
    again = Intake(person=person, version="1", started_at=NOON, changed_at=NOON)
    again.answers = {"adult": "yes", "conditions": ["fracture"]}
    again.save()
    assert not may_start(client, closed)


def test_a_condition_taken_back_opens_only_with_the_finished_answers(client: Client) -> None:
    closed = left_out_with("fracture")
    person = a_visitor(client)
    a_finished_intake(person, conditions=["fracture"])
    again = Intake(person=person, version="1", started_at=NOON, changed_at=NOON)
    again.answers = {"adult": "yes", "conditions": ["none"]}
    again.save()
    assert not may_start(client, closed)
