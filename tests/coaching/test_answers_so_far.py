"""Answers are kept as they are tapped, before Next: a closed tab loses nothing, nor does the way back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from coaching.intake.intakes import standing_of
from coaching.models import Intake, Person
from content.core.vocabulary import Level
from tests.coaching.shell_makers import a_member, a_plan, answer_up_to, open_page, step_url, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def tap(client: Client, step: str, **told: object) -> int:
    return client.post(step_url(step), {**told, "so_far": "1"}).status_code


def kept() -> dict[str, object]:
    return Intake.objects.get().answers


def test_a_tap_is_kept_and_shown_again(client: Client) -> None:
    assert tap(client, "pain", peg_1="7") == 204
    assert kept() == {"peg_1": 7}
    assert re.search(r'name="peg_1" value="7"[^>]* checked', text(open_page(client, "pain")))


def test_what_was_skipped_or_makes_no_sense_loses_nothing_of_the_rest(client: Client) -> None:
    tap(client, "pain", peg_1="7", peg_2="eleven", duration="")
    assert kept() == {"peg_1": 7}
    tap(client, "pain", peg_1="7", peg_3="2")
    assert kept() == {"peg_1": 7, "peg_3": 2}


def test_the_way_back_leads_to_the_page_that_was_not_ended(client: Client) -> None:
    client.post(step_url("goal"), {"adult": "yes"})
    tap(client, "pain", peg_1="7")
    assert reverse("coaching:intake_step", args=["pain"]) in text(client.get(reverse("coaching:intake")))
    client.post(step_url("pain"), {"duration": "over12", "peg_1": "7"})
    assert reverse("coaching:intake_step", args=["pain"]) not in text(client.get(reverse("coaching:intake")))


def test_a_tap_that_comes_after_the_end_changes_nothing(client: Client) -> None:
    tap(client, "pain", peg_1="7")
    Intake.objects.update(finished_at=Intake.objects.get().started_at)
    assert tap(client, "pain", peg_1="1") == 204
    assert kept() == {"peg_1": 7}


def test_danger_told_on_the_way_is_answered_at_once(client: Client) -> None:
    answer = client.post(step_url("pain"), {"peg_1": "7", "so_far": "1", "self_harm": "yes"})
    assert answer.status_code == 200
    assert "call" in text(answer).lower()


def go_back(client: Client, step: str, **told: object) -> str:
    """Where Back leads, with what was tapped on the page."""
    assert 'name="back"' in text(open_page(client, step))
    answer = client.post(step_url(step), {**told, "back": "1"})
    assert answer.status_code == 302, text(answer)
    return str(answer.headers["Location"])


def test_back_keeps_what_was_tapped(client: Client) -> None:
    answer_up_to(client, "pain")
    assert go_back(client, "mood", gad_1="3", gad_2="eleven") == step_url("pain")
    assert kept()["gad_1"] == 3
    assert re.search(r'name="gad_1" value="3"[^>]* checked', text(open_page(client, "mood")))


def test_a_sign_that_was_ticked_before_back_stands(client: Client) -> None:
    """Ticks do not wait for Next to be heard, whatever they ask for."""
    sign = "fever"
    assert go_back(client, "feeling-ill", signs_ill=[sign]) == step_url("chest-and-tummy")
    assert standing_of(Person.objects.get()).level == Level.TODAY
    assert re.search(rf'value="{sign}"[^>]* checked', text(open_page(client, "feeling-ill")))


def test_back_takes_no_sign_back(client: Client) -> None:
    client.post(step_url("feeling-ill"), {"signs_ill": ["fever"], "round": "1"})
    go_back(client, "feeling-ill")
    assert standing_of(Person.objects.get()).level == Level.TODAY


def test_the_first_page_has_nothing_before_it(client: Client) -> None:
    assert 'name="back"' not in text(open_page(client, "goal"))
    assert client.post(step_url("goal"), {"back": "1"}).headers["Location"] == reverse("coaching:intake")


def test_whoever_changes_finished_answers_changes_none_by_going_back(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    before = Intake.objects.get().answers
    client.post(step_url("mood"), {"gad_1": "3", "back": "1"})
    assert Intake.objects.get().answers == before
