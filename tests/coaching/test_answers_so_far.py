"""Answers are kept as they are tapped, before Next: a closed tab loses nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from coaching.models import Intake
from tests.coaching.shell_makers import open_page, step_url, text

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
