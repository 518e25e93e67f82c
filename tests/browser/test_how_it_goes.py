"""Checking in, something unwanted, and how it goes: open to everyone, by day and by night, and without scripts."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from coaching.core.progress.scales import GAD7_ITEMS
from coaching.models import Person
from coaching.progress.check_ins import keep_check_in
from tests.browser.steps import take_session
from tests.coaching.shell_makers import a_member, a_plan

PageAt = Callable[..., Page]
WIDTH = "document.fonts.ready.then(() => document.documentElement.scrollWidth)"
WAYS = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]


def somebody(page: Page, weeks: int = 10) -> Person:
    """With answers of ten weeks ago and a check-in each week since, which got worse in the end."""
    client = Client()
    now = timezone.now()
    person = a_plan(a_member(client), at=now - timedelta(weeks=weeks)).person
    person.intakes.update(safety_at=now)
    for ago in range(weeks, 0, -1):
        at = now - timedelta(weeks=ago)
        worse = 3 if ago < 3 else 0
        given = {f"peg_{place}": 5 + worse for place in (1, 2, 3)} | {"function": 4, "confidence": 6, "note": "A line"}
        keep_check_in(person, given | dict.fromkeys(GAD7_ITEMS, ago % 3), day=at.date(), at=at)
    person.intakes.update(safety_at=timezone.now())
    take_session(page, client)
    return person


def states(page: Page) -> Iterator[str]:
    somebody(page)
    for path in ("/progress/", "/check-in/"):
        page.goto(path)
        for summary in page.locator("main details > summary").all():
            summary.click()
        yield path
    page.get_by_role("button", name="Keep it").click()
    page.locator("#error-summary").wait_for()
    yield "check-in refused"
    page.goto("/unwanted/")
    yield "unwanted"
    page.get_by_role("button", name="Dizzy or light-headed").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What to do now")
    yield "what to do"
    page.goto("/progress/what-works/")
    yield "what works"


@pytest.mark.parametrize(("width", "scheme"), WAYS)
def test_every_state_is_open_to_everyone(page_at: PageAt, axe: Callable[[Page], None], width: int, scheme: str) -> None:
    for _state in states(page := page_at(width, scheme)):
        axe(page)


def test_every_state_fits_the_narrowest_phone(page_at: PageAt) -> None:
    page = page_at(320)
    wide = {state: width for state in states(page) if (width := page.evaluate(WIDTH)) > 320}
    assert wide == {}


def test_a_picture_is_named_by_its_title_and_its_words(page: Page) -> None:
    somebody(page)
    page.goto("/progress/")
    picture = page.get_by_role("img", name="Pain, and what it takes from me")
    expect(picture).to_have_accessible_name(
        "Pain, and what it takes from me (PEG) Worse at the last two check-ins: about 8.0 of 10 now. "
        "This is no fault of yours."
    )


def test_without_scripts_a_check_in_is_kept_and_shown(no_js_page: Page) -> None:
    page = no_js_page
    person = somebody(page, weeks=2)
    page.goto("/check-in/")
    page.get_by_role("group", name="how much could you do").get_by_role("radio", name="7", exact=True).check()
    page.get_by_label("One line for yourself").fill("Walked to the lake")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How it goes")
    expect(page.get_by_text("Walked to the lake")).to_be_visible()
    assert person.check_ins.last().answers == {"function": 7, "note": "Walked to the lake"}
    page.goto("/check-in/")
    page.get_by_role("button", name="More pain than before").click()
    page.get_by_role("button", name="A lot, and still there").click()
    expect(page.get_by_text("Please talk to a doctor or a pharmacist")).to_be_visible()
    assert person.unwanted_effects.get().still_there is True
