"""Words that call for care show the way to help at once, whatever form they stand in, and are never read back."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import Profile
from coaching.core.tools.crisis_words import LONGEST_READ, asks_for_care, typed_in
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Intake
from tests.coaching.more_sentences import ALSO_CALL, ALSO_PLAIN
from tests.coaching.sentences import CALLS_FOR_CARE, PLAIN_TALK
from tests.coaching.shell_makers import FIRST_SCREEN, a_member, a_plan, a_visitor, post, step_url, text

WORDS = "I want to die"
HELP = 'id="care-title"'
BACK = [sentence.replace("\\n", "\n") for sentence in (*CALLS_FOR_CARE, *ALSO_CALL)]


@pytest.mark.pure
@pytest.mark.parametrize("words", BACK)
def test_words_of_despair_show_where_help_is(words: str) -> None:
    assert asks_for_care({"thought": words})


@pytest.mark.pure
@pytest.mark.parametrize("words", [*BACK])
def test_capitals_spaces_and_curly_signs_change_nothing(words: str) -> None:
    assert asks_for_care(words.upper())
    assert asks_for_care(words.replace(" ", "  \n").replace("'", "’"))
    assert asks_for_care(f"My back hurts. {words}")


@pytest.mark.pure
@pytest.mark.parametrize("words", [*PLAIN_TALK, *ALSO_PLAIN])
def test_plain_talk_of_pain_and_life_does_not(words: str) -> None:
    assert not asks_for_care({"thought": words})
    assert not asks_for_care(words.upper())


@pytest.mark.pure
def test_a_long_text_costs_no_more_than_a_field_of_ours_holds() -> None:
    assert asks_for_care("word " * 1000 + WORDS)
    assert not asks_for_care("a " * LONGEST_READ + WORDS)


@pytest.mark.pure
def test_a_password_is_nobodys_words() -> None:
    assert typed_in({"password1": [WORDS], "goal": ["walk"]}) == ["walk"]


# --- Every field -----------------------------------------------------------------------------

pages = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def _on_pages(test: Any) -> Any:
    for mark in pages:
        test = mark(test)
    return test


def shown_after(answer: Any, client: Client) -> str:
    """The page that answers a form, or the one it leads on to."""
    return text(client.get(answer.headers["Location"]) if answer.status_code in (302, 303) else answer)


def the_goal(client: Client) -> Any:
    return post(client, "goal", goal=WORDS)


def the_notes_of_a_lesson(client: Client) -> Any:
    return client.post("/lessons/breathing/notes/", {"do": "save", "reflection": WORDS, "version": "0"})


def notes_too_long(client: Client) -> Any:
    return client.post("/lessons/breathing/notes/", {"do": "save", "reflection": WORDS + " x" * 5000, "version": "0"})


def a_report(client: Client) -> Any:
    return client.post("/lessons/breathing/mistake/?size=4", {"kind": "source", "words": WORDS})


def the_name_of_a_breath(client: Client) -> Any:
    return client.post("/practice/breaths/keep/", {"guide": "breathing", "name": WORDS, "in": "4", "out": "7"})


def a_search(client: Client) -> Any:
    return client.get("/lessons/", {"q": WORDS})


def the_address_for_letters(client: Client) -> Any:
    return client.post("/newsletter/", {"email": WORDS})


def a_name_at_sign_up(client: Client) -> Any:
    return client.post("/accounts/signup/", {"email": WORDS, "password1": "x"})


def a_form_that_does_not_exist(client: Client) -> Any:
    return client.post("/intake/pain/", {"anything": WORDS})


FORMS = [
    the_goal,
    the_notes_of_a_lesson,
    notes_too_long,
    a_report,
    the_name_of_a_breath,
    a_search,
    the_address_for_letters,
    a_name_at_sign_up,
    a_form_that_does_not_exist,
]


@_on_pages
@pytest.mark.parametrize("send", FORMS)
def test_help_is_shown_with_the_very_next_page(client: Client, send: Any) -> None:
    assert HELP in shown_after(send(client), client)


@_on_pages
@pytest.mark.parametrize("send", [*FORMS])
def test_help_is_shown_once_and_not_for_ever(client: Client, send: Any) -> None:
    assert shown_after(send(client), client).count(HELP) == 1
    assert HELP not in text(client.get("/practice/"))


@_on_pages
@pytest.mark.parametrize("tool", TOOL.values(), ids=lambda tool: tool.slug)
def test_every_tool_shows_it(client: Client, tool: Any) -> None:
    page = text(client.get(f"/tools/{tool.slug}/new/?full"))
    hidden = dict(re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"', page))
    field = re.search(r'<(?:textarea|input type="text")[^>]*name="([\w-]+)"', page)
    assert field, "a tool with nothing to write in"
    answer = client.post(f"/tools/{tool.slug}/new/", {**hidden, field[1]: WORDS, "do": "save"})
    assert HELP in shown_after(answer, client)


@_on_pages
def test_the_name_in_a_profile_shows_it_and_is_never_said(client: Client) -> None:
    a_plan(a_member(client))
    told = {"name": WORDS, "minutes_a_day": "20"}
    answer = client.post("/accounts/profile/", told)
    assert HELP in shown_after(answer, client)
    assert Profile.objects.get().name == WORDS
    assert WORDS not in text(client.get("/today/"))
    assert not mail.outbox


@_on_pages
@pytest.mark.parametrize("path", ["/recommendations/", "/plan/"])
def test_such_words_are_never_read_back_as_a_wish(client: Client, path: str) -> None:
    a_plan(a_visitor(client), goal=WORDS)
    page = text(client.get(path))
    assert WORDS not in page
    assert "You want:" not in page


@_on_pages
def test_a_goal_of_life_is_read_back(client: Client) -> None:
    a_plan(a_visitor(client), goal="Carry my grandson")
    assert "Carry my grandson" in text(client.get("/recommendations/"))


@_on_pages
def test_the_day_does_not_read_them_back_either(client: Client) -> None:
    a_plan(a_member(client), goal=WORDS)
    assert WORDS not in text(client.get("/today/"))


@_on_pages
def test_nothing_is_blocked_and_the_words_are_kept(client: Client) -> None:
    answer = post(client, "goal", goal=WORDS)
    assert answer.headers["Location"] == step_url(FIRST_SCREEN)
    assert Intake.objects.get().answers["goal"] == WORDS


@_on_pages
def test_plain_words_show_nothing(client: Client) -> None:
    assert HELP not in shown_after(post(client, "goal", goal="This pain is killing me"), client)


@_on_pages
def test_the_name_of_a_breath_is_not_read_back(client: Client) -> None:
    the_name_of_a_breath(client)
    page = text(client.get("/practice/breathing/?in=4&out=7"))
    assert WORDS not in page


@_on_pages
def test_a_page_kept_for_strangers_never_holds_the_panel(client: Client) -> None:
    """What one address asks for must not be shown to everybody."""
    client.get("/lessons/breathing/", {"q": WORDS})
    assert HELP not in text(Client().get("/lessons/breathing/"))
