"""Words that run from right to left stand apart within a sentence of ours."""

import pytest
from django.test import Client

from coaching.core.tools.replying.thoughts import say
from coaching.core.week.small_steps import offers
from content.core.reading_direction import apart
from tests.coaching.shell_makers import a_visitor, text
from tests.coaching.tool_makers import an_entry, url

STAIRS = "\u0635\u0639\u0648\u062f \u0627\u0644\u062f\u0631\u062c (2)"
APART = f"\N{FIRST STRONG ISOLATE}{STAIRS}\N{POP DIRECTIONAL ISOLATE}"


@pytest.mark.parametrize("words", ["", "The stairs (2)", "Лестница", "樓梯", "2 × 3"])
def test_words_that_run_from_left_to_right_stay_as_they_came(words: str) -> None:
    assert apart(words) == words


@pytest.mark.parametrize(
    "words", [STAIRS, "\u05de\u05d3\u05e8\u05d2\u05d5\u05ea (2)", "\u0662 (3)", f"2 x {STAIRS}", f"{STAIRS} up"]
)
def test_words_of_which_some_run_from_right_to_left_are_set_apart(words: str) -> None:
    """In Arabic, in Hebrew or in Arabic numbers, and wherever these stand."""
    assert apart(words) == f"\N{FIRST STRONG ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"


def test_signs_that_turn_the_rest_of_a_line_are_left_out() -> None:
    assert apart(f"{STAIRS}\N{POP DIRECTIONAL ISOLATE} 3") == f"{APART[:-1]} 3\N{POP DIRECTIONAL ISOLATE}"
    assert apart("The stairs\N{RIGHT-TO-LEFT OVERRIDE} (2)") == "The stairs (2)"


def test_a_reply_sets_apart_what_it_quotes() -> None:
    assert f"Begin with “{APART}”." in say("ladder", "begin", step=STAIRS).words
    assert "Begin with “Bed”." in say("ladder", "begin", step="Bed").words


def test_a_first_step_sets_apart_the_goal_that_it_speaks_of() -> None:
    assert offers(STAIRS, ()).steps[0] == f"The first two minutes of it: {APART}"


@pytest.mark.django_db
def test_the_weeks_of_a_pacing_plan_set_apart_what_is_counted_and_what_was_noted(client: Client) -> None:
    told = {"unit": STAIRS, "tries": [{"kind": "bad", "amount": 10}], "weeks": [{"week": 1, "note": STAIRS}]}
    entry = an_entry(a_visitor(client), "pacing-planner", **told)

    shown = text(client.get(url("tool_entry", "pacing-planner", entry.client_id)))

    assert f"<bdi>{STAIRS}</bdi> at a time" in shown
    assert f'<bdi class="quiet">{STAIRS}</bdi>' in shown


@pytest.mark.django_db
def test_what_is_looked_for_stands_apart_within_its_quotation_marks(client: Client) -> None:
    assert f"“<bdi>{STAIRS}</bdi>”" in text(client.get("/lessons/", {"q": STAIRS}))
