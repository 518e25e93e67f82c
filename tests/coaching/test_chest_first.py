"""Chest pain is never taken for panic, wherever in the answers it was told; its own words stand first."""

import html

import pytest
from django.test import Client

from coaching.core.intake.conditions import CHEST_CONDITIONS
from coaching.core.intake.signs import CHEST_SIGNS, LEAST_LEVEL
from content.core.vocabulary import Condition, Level, Need
from content.models import ConditionText, DangerSign
from tests.coaching.makers import snapshot
from tests.coaching.shell_makers import a_plan, a_visitor, tell, text

CHEST_TOLD = [
    *({"safety_now": [sign]} for sign in sorted(CHEST_SIGNS)),
    *({"safety_soon": [sign]} for sign in sorted(CHEST_SIGNS)),
    *({"signs_chest": [sign]} for sign in sorted(CHEST_SIGNS)),
    *({"signs_pain": [sign]} for sign in sorted(CHEST_SIGNS)),
    *({"conditions": [condition]} for condition in sorted(CHEST_CONDITIONS)),
    *({"conditions": [condition, "skip"]} for condition in sorted(CHEST_CONDITIONS)),
]


def test_panic_is_a_need_where_nothing_speaks_of_the_chest() -> None:
    assert Need.PANIC in snapshot(panic="yes").needs


@pytest.mark.parametrize("told", CHEST_TOLD, ids=str)
def test_any_word_of_the_chest_anywhere_takes_the_need_panic_away(told: dict[str, list[str]]) -> None:
    found = snapshot(panic="yes", **told)
    assert Need.PANIC not in found.needs
    assert found.tells_of_chest


def test_what_was_not_said_is_not_taken_for_chest_pain() -> None:
    assert not snapshot(panic="yes", conditions=["skip"]).tells_of_chest
    assert Need.PANIC in snapshot(panic="yes", conditions=["skip"]).needs


@pytest.mark.django_db
def test_the_words_on_the_chest_stand_first_and_none_on_panic(client: Client, library: None) -> None:
    a_plan(a_visitor(client), panic="yes", conditions=["effort_chest"])
    page = text(client.get("/recommendations/")).split("<main")[1].split("</main>")[0]
    assert page.index("First, your chest") < page.index("This is your loop")
    assert "call your emergency number now" in page
    assert "sudden rushes of fear" not in page


@pytest.mark.django_db
def test_without_a_word_of_the_chest_nothing_speaks_of_it(client: Client, library: None) -> None:
    a_plan(a_visitor(client), panic="yes")
    assert "First, your chest" not in text(client.get("/recommendations/"))


@pytest.mark.django_db
def test_new_or_unsteady_chest_pain_on_effort_is_asked_as_a_sign_and_means_now(client: Client, library: None) -> None:
    sign = DangerSign.objects.get(slug="chest_effort")
    assert LEAST_LEVEL["chest_effort"] is Level.NOW
    assert all(word in sign.question for word in ("effort", "new", "getting worse", "not steady"))
    assert "Please call now." in text(tell(client, "chest_effort"))


@pytest.mark.django_db
def test_steady_known_heart_trouble_is_a_condition_and_asks_for_nothing_new(library: None) -> None:
    told = html.unescape(ConditionText.objects.get(slug=Condition.EFFORT_CHEST.value).label)
    assert told.startswith("Steady")
    assert not any(word in told for word in ("new", "worse"))
