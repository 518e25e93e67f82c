"""The main path in Spanish: open to everyone at both widths, by day, by night, in forced colours, and walked once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from tests.browser.checker import COLOURS, EVERY_RULE, finds_nothing
from tests.browser.steps import take_session
from tests.coaching.every_page import a_step_of_their_week
from tests.coaching.shell_makers import a_member, a_plan
from tests.coaching.spanish import blocks, is_english
from tests.coaching.test_main_path_in_spanish import OF_A_STUDY

PageAt = Callable[..., Page]
SIZES = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
NOT_COLOURS = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},
}
"""In forced colours the system paints. The checker reads what the sheet asked for, which is then not what is seen."""

LOOKS: tuple[tuple[Any, dict[str, Any]], ...] = (
    ({"color_scheme": "light", "forced_colors": "none"}, EVERY_RULE),
    ({"color_scheme": "dark", "forced_colors": "none"}, COLOURS),
    ({"color_scheme": "light", "forced_colors": "active"}, NOT_COLOURS),
)
STILL = "document.getAnimations().forEach((one) => one.finish())"
WIDE = "document.documentElement.scrollWidth"
OF_A_STRANGER = ("/", "/intake/", "/intake/goal/", "/accounts/signup/", "/accounts/login/", "/newsletter/", "/lessons/")
OF_A_MEMBER = (
    *("/today/", "/recommendations/", "/plan/", "/help-now/", "/practice/", "/practice/pmr/", "/practice/breathing/"),
    *(
        "/intake/yours/",
        "/intake/mood/",
        "/check-in/",
        "/progress/",
        "/progress/what-works/",
        "/week/",
        "/week/review/",
    ),
    *("/log/", "/a-or-b/", "/unwanted/", "/leaving/kept/", "/accounts/data/", "/no-such-page/"),
)


def somebody(page: Page) -> None:
    client = Client()
    person = a_member(client)
    a_plan(person)
    a_step_of_their_week(person)
    take_session(page, client)


def is_open(page: Page, path: str) -> None:
    page.goto(f"/es{path}")
    page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert page.locator("html").get_attribute("lang") == "es", path
    for size in SIZES:
        page.set_viewport_size(size)
        for look, asked in LOOKS:
            page.emulate_media(**look)
            page.evaluate(STILL)
            finds_nothing(page, asked=asked, where=f"{path}, {look} at {size['width']}")
        assert page.evaluate(WIDE) <= size["width"], f"{path} at {size['width']}"


def test_the_day_in_spanish_is_open(page_at: PageAt) -> None:
    page = page_at(390)
    somebody(page)
    is_open(page, "/today/")


@pytest.mark.long
@pytest.mark.parametrize("whose", ["a stranger", "a member"])
def test_each_page_of_the_main_path_is_open(page_at: PageAt, whose: str) -> None:
    page = page_at(390)
    if whose == "a member":
        somebody(page)
    for path in OF_A_MEMBER if whose == "a member" else OF_A_STRANGER:
        is_open(page, path)


def states(page: Page) -> Iterator[str]:
    """From the front page to a practice, and to the first question that leads to help."""
    page.goto("/")
    page.get_by_role("link", name="En español").click()
    yield "the front page"
    page.goto("/es/practice/mindfulness/?size=1")
    page.get_by_role("button", name="Empezar", exact=True).click()
    expect(page.locator("guide-player[data-cue]")).to_be_visible()
    yield "a practice that runs"
    page.get_by_role("button", name="Parar con calma").click()
    yield "a practice that was stopped"
    page.goto("/es/")
    page.get_by_role("link", name="Encontrar mi círculo").first.click()
    page.get_by_role("link", name="Empezar").click()
    page.get_by_role("group", name="¿Tienes 18 años o más?").get_by_label("Sí", exact=True).check()
    yield "the first question"
    page.get_by_role("button", name="Siguiente").click()
    page.get_by_label("Sientes dormidos o con hormigueo").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Llama")
    yield "a sign that needs help now"


def test_a_first_visit_in_spanish_meets_no_english(page_at: PageAt) -> None:
    page = page_at(390)
    for state in states(page):
        shown = page.locator("body").inner_html()
        left = {block for block in blocks(shown) if is_english(block) and not OF_A_STUDY.search(block)}
        assert left == set(), state
