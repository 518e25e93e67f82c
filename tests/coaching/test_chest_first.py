"""Chest pain is never taken for panic, wherever in the answers it was told; its own words stand first."""

import html
import re
from typing import Any

import pytest
from django.test import Client

from coaching.core.intake.conditions import CHEST_CONDITIONS
from coaching.core.intake.signs import CHEST_SIGNS, LEAST_LEVEL
from content.core.vocabulary import Condition, Level, Need
from content.models import ConditionText, DangerSign
from tests.coaching.every_page import MEMBER, VISITOR, pages
from tests.coaching.makers import snapshot
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, post, tell, text

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


STEADY = {"panic": "yes", "conditions": ["effort_chest"]}
BEGINS = re.compile(
    r'<guide-player|<a [^>]*class="button[^"]*"[^>]*href="(?:/es)?/(?:practice/[\w-]+|tools/[\w-]+(?:/new)?)/["?#]'
    r'|<button[^>]*value="(?:save|task)"|<article class="pick'
)
"""What may be tried from a page: a practice, a tool, a suggestion."""


def main_of(page: str) -> str:
    return page.partition('<main id="main"')[2].partition("</main>")[0]


def begins_before_the_chest(main: str, words: str) -> bool:
    begins = BEGINS.search(main)
    return begins is not None and not -1 < main.find(words) < begins.start()


@pytest.mark.django_db
@pytest.mark.parametrize("whose", [VISITOR, MEMBER])
def test_wherever_something_can_be_tried_the_words_on_the_chest_stand_first(
    client: Client, library: None, whose: str
) -> None:
    person = {VISITOR: a_visitor, MEMBER: a_member}[whose](client)
    a_plan(person, **STEADY)
    found = []
    for page in pages(person, whose):
        main = main_of(text(client.get(page.path)))
        if begins_before_the_chest(main, "Primero, tu pecho" if page.is_spanish else "First, your chest"):
            found.append(page.path)
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/recommendations/", "/plan/", "/practice/", "/practice/breathing/", "/help-now/"])
def test_they_stand_before_all_else_and_once(client: Client, library: None, path: str) -> None:
    a_plan(a_visitor(client), **STEADY)
    answer = client.get(path)
    main = main_of(text(answer))
    assert main.count("First, your chest") == 1
    assert main.index("First, your chest") < main.index("<h1")
    assert "call your emergency number now" in main
    assert "sudden rushes of fear" not in main or path == "/help-now/"
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_they_stand_on_today(client: Client, library: None) -> None:
    a_plan(a_member(client), **STEADY)
    main = main_of(text(client.get("/today/")))
    assert main.index("First, your chest") < main.index("<h1")


@pytest.mark.django_db
def test_what_was_told_since_the_plan_counts_from_that_moment(client: Client, library: None) -> None:
    a_plan(a_visitor(client), panic="yes")
    post(client, "heart-and-lungs", health_heart=["effort_chest"])
    assert "First, your chest" in text(client.get("/practice/breathing/"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "told", [{"panic": "yes"}, {"panic": "yes", "conditions": ["skip"]}, {"conditions": ["heart"]}]
)
def test_without_a_word_of_the_chest_nothing_speaks_of_it(client: Client, library: None, told: dict[str, Any]) -> None:
    a_plan(a_visitor(client), **told)
    for path in ("/recommendations/", "/plan/", "/practice/", "/practice/breathing/", "/lessons/panic/", "/help-now/"):
        assert "First, your chest" not in text(client.get(path)), path


@pytest.mark.django_db
def test_under_a_sign_that_means_now_the_banner_alone_speaks(client: Client, library: None) -> None:
    a_visitor(client)
    tell(client, "chest_pain")
    page = text(client.get("/practice/breathing/"))
    assert "Please call now." in page
    assert "First, your chest" not in page


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
