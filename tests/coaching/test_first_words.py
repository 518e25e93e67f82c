"""What the result page says first, and of what it has none, one or more."""

from typing import Any

import pytest
from django.test import Client

from coaching.plan.plans import coaching_of
from content.models import Evidence
from tests.coaching.shell_makers import a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

EASE = "Most flares ease within weeks"


def page(client: Client, **told: Any) -> str:
    a_plan(a_visitor(client), **told)
    return text(client.get("/recommendations/"))


@pytest.mark.parametrize(
    ("told", "words", "step"),
    [
        ({"peg_2": None}, "not counted, one answer is missing", "pain"),
        ({"peg_2": None, "peg_3": None}, "not counted, 2 answers are missing", "pain"),
        ({"gad_2": None}, "not counted, one answer is missing", "mood"),
        ({"phq_1": None}, "not counted, one answer is missing", "mood"),
        ({"gad_7": None}, "not counted, one answer is missing", "worry-more"),
    ],
)
def test_a_scale_that_was_begun_says_what_is_missing_and_leads_back(
    client: Client, told: dict[str, Any], words: str, step: str
) -> None:
    shown = page(client, **told)
    assert words in shown
    assert f'href="/intake/{step}/"' in shown


def test_a_whole_scale_says_nothing_of_the_kind(client: Client) -> None:
    assert "not counted" not in page(client)


def test_a_new_pain_hears_first_that_most_flares_ease(client: Client) -> None:
    shown = page(client, duration="under6")
    assert EASE in shown
    assert shown.index(EASE) < shown.index("<h1")
    assert "1 or 2 lessons" in shown


def test_a_pain_that_has_stayed_does_not(client: Client) -> None:
    assert EASE not in page(client, duration="over12")


@pytest.mark.parametrize("told", [{"safety_now": ["fever"]}, {"safety_soon": ["night_pain"]}])
def test_nobody_with_a_sign_is_comforted_so(client: Client, told: dict[str, Any]) -> None:
    assert EASE not in page(client, duration="under6", **told)


def test_nothing_to_suggest_has_words_of_its_own(client: Client) -> None:
    Evidence.objects.all().delete()
    shown = page(client)
    assert "Nothing to start with today" in shown
    assert "0 things" not in shown
    assert "Start with one" not in shown


FAR_FROM_WELL: list[dict[str, Any]] = [
    {"phq_1": 3, "phq_2": 3},
    {"peg_1": 10, "peg_2": 10, "peg_3": 10},
    {f"gad_{number}": 2 for number in range(1, 8)},
]


@pytest.mark.parametrize("told", FAR_FROM_WELL)
def test_that_a_doctor_may_help_is_said_once(client: Client, told: dict[str, Any]) -> None:
    assert page(client, **told).count("doctor or therapist") <= 1


@pytest.mark.parametrize(
    ("told", "times"),
    # The first is told in other words: by the panel of high distress.
    [({}, 1), *zip(FAR_FROM_WELL, [0, 1, 1], strict=True)],
)
def test_it_is_said_once_too_where_nothing_serves_what_is_strongest(
    client: Client, told: dict[str, Any], times: int
) -> None:
    person = a_visitor(client)
    a_plan(person, **told)
    coaching = coaching_of(person)
    assert coaching and coaching.snapshot.strongest
    Evidence.objects.filter(need=coaching.snapshot.strongest).delete()
    shown = text(client.get("/recommendations/"))

    assert "which is strongest for you" in shown
    assert shown.count("doctor or therapist") == times
