"""Whatever people write is read whole on a small phone: long compounds, right-to-left words, pictures of one letter."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page

from accounts.models import Profile
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Person
from tests.browser import hands
from tests.browser.conftest import PageAt
from tests.browser.steps import take_session
from tests.browser.watch import settled
from tests.coaching.shell_makers import a_member, a_plan
from tests.coaching.tool_makers import FILLED, url, write

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
RIGHT_TO_LEFT = "\u0623\u0631\u064a\u062f \u0623\u0646 \u0623\u0635\u0639\u062f \u0627\u0644\u062f\u0631\u062c (2)"
RIGHT_TO_LEFT_AS_LEFT_TO_RIGHT = """() => [...document.querySelectorAll("main *")]
    .filter((one) => [...one.childNodes].some((words) => words.nodeType === 3 && /[\u0600-\u06ff]/.test(words.data)))
    .filter((one) => getComputedStyle(one).unicodeBidi !== "plaintext" && !one.closest("bdi, [dir=auto]"))
    .map((one) => one.outerHTML.slice(0, 80))"""
WRITTEN = f"{LONG} {RIGHT_TO_LEFT} \N{PERSON IN LOTUS POSITION}"


def long_words(slug: str) -> dict[str, Any]:
    """What a page of a tool is filled with, each text of it in long words."""
    texts = {name for name, value in FILLED[slug].items() if isinstance(value, str) and " " in value}
    return dict.fromkeys(texts, WRITTEN[:190])


@pytest.fixture
def somebody(page_at: PageAt) -> tuple[Page, Client, Person]:
    page, client = page_at(320), Client()
    person = a_member(client)
    a_plan(person, goal=WRITTEN[:100])
    Profile.objects.create(user=person.user, name=LONG[:80])
    take_session(page, client)
    return page, client, person


def fits(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(address)
    hands.fits(settled(page))
    page.set_viewport_size({"width": 390, "height": 844})
    hands.fits_twice_as_large(page)


def test_long_words_in_a_tool_are_read_whole(somebody: tuple[Page, Client, Person]) -> None:
    page, client, _person = somebody
    for slug in TOOL:
        if slug == "ladder":
            continue
        entry = write(client, slug, **long_words(slug))
        for address in (url("tool", slug), url("tool_entry", slug, entry.client_id), url("tool_new", slug)):
            fits(page, address)


def test_right_to_left_words_run_so(somebody: tuple[Page, Client, Person]) -> None:
    page, client, _person = somebody
    entry = write(client, "worry-time", **dict.fromkeys(long_words("worry-time"), RIGHT_TO_LEFT))
    for address in (url("tool_entry", "worry-time", entry.client_id), url("tool", "worry-time")):
        page.goto(address)
        assert page.evaluate(RIGHT_TO_LEFT_AS_LEFT_TO_RIGHT) == [], address
    page.goto(url("tool_new", "worry-time"))
    assert page.evaluate("getComputedStyle(document.querySelector('.tool-form textarea')).unicodeBidi") == "plaintext"


def test_a_long_name_and_goal_are_read_whole(somebody: tuple[Page, Client, Person]) -> None:
    page, _client, _person = somebody
    for address in ("/today/", "/recommendations/", "/plan/", "/accounts/data/", "/accounts/profile/", "/summary/"):
        fits(page, address)
