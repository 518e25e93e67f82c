"""Whatever people write is read whole on a small phone: long compounds, right-to-left words, pictures of one letter."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from accounts.models import Profile
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Person, WeekStep
from tests.browser import hands
from tests.browser.conftest import PageAt
from tests.browser.steps import take_session
from tests.browser.watch import settled
from tests.coaching.shell_makers import a_member, a_plan
from tests.coaching.tool_makers import FILLED, new_client_id, url, write

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft" * 2
RIGHT_TO_LEFT = "\u0623\u0631\u064a\u062f \u0623\u0646 \u0623\u0635\u0639\u062f \u0627\u0644\u062f\u0631\u062c (2)"
RIGHT_TO_LEFT_AS_LEFT_TO_RIGHT = """() => [...document.querySelectorAll("body *")]
    .filter((one) => [...one.childNodes].filter((words) => words.nodeType === 3)
        .some((words) => /[\u0600-\u06ff]/.test(words.data.replace(/\u2068[^\u2069]*\u2069/g, ""))))
    .filter((one) => {
        let own = one;
        while (own && !own.matches("[dir=auto]") && getComputedStyle(own).unicodeBidi !== "plaintext") {
            own = own.parentElement;
        }
        return !own || /[A-Za-z]/.test(own.textContent);
    })
    .map((one) => one.outerHTML.slice(0, 80))"""
"""What somebody wrote from right to left that does not run so, or stands in one run with words of ours."""
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


def runs_so(page: Page, address: str) -> None:
    page.goto(address)
    assert page.evaluate(RIGHT_TO_LEFT_AS_LEFT_TO_RIGHT) == [], address


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


def test_right_to_left_words_run_so_where_they_were_written(somebody: tuple[Page, Client, Person]) -> None:
    page, client, _person = somebody
    for slug in TOOL:
        entry = write(client, slug, **dict.fromkeys(long_words(slug), RIGHT_TO_LEFT))
        for name in ("tool_print", "tool_delete", "tool_entry"):
            runs_so(page, url(name, slug, entry.client_id))
        assert page.get_by_text(RIGHT_TO_LEFT).count(), slug
        runs_so(page, url("tool", slug))
    page.goto(url("tool_new", "worry-time"))
    assert page.evaluate("getComputedStyle(document.querySelector('.tool-form textarea')).unicodeBidi") == "plaintext"


def test_right_to_left_words_run_so_within_a_sentence_of_ours(page_at: PageAt) -> None:
    page, client = page_at(320), Client()
    person = a_member(client)
    a_plan(person, at=timezone.now(), goal=RIGHT_TO_LEFT)
    Profile.objects.create(user=person.user, name=RIGHT_TO_LEFT)
    client.post("/week/make/")
    client.post("/week/small-step/", dict.fromkeys(("words", "when", "where"), RIGHT_TO_LEFT))
    for step in WeekStep.objects.select_related("week"):
        step.place = RIGHT_TO_LEFT
        step.save()
    for kind, told in (("managed", "what"), ("treatment", "category")):
        client.post("/log/", {"kind": kind, "client_id": new_client_id(), told: RIGHT_TO_LEFT})
    take_session(page, client)
    for address in ("/today/", "/week/", "/log/", "/recommendations/", "/plan/", "/progress/", "/my-data/"):
        runs_so(page, address)
        assert page.get_by_text(RIGHT_TO_LEFT).count(), address
    client.post("/leaving/", dict.fromkeys(("helped", "signs", "first", "people", "note"), RIGHT_TO_LEFT))
    runs_so(page, "/leaving/")


def test_a_long_name_and_goal_are_read_whole(somebody: tuple[Page, Client, Person]) -> None:
    page, _client, _person = somebody
    for address in ("/today/", "/recommendations/", "/plan/", "/accounts/data/", "/accounts/profile/", "/summary/"):
        fits(page, address)
