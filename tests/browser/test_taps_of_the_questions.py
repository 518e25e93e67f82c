"""The taps that the questions take, counted in the browser, are those that their first page promises."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt
from tests.browser.steps import ANSWERS, answer_step

SECONDS_A_TAP, MOST_SECONDS = 4, 180
COUNT = """addEventListener("pointerdown", (event) => {
  if (event.isTrusted) localStorage.taps = Number(localStorage.taps ?? 0) + 1;
}, { capture: true })"""
ONE_EACH: dict[str, dict[str, str | list[str]]] = {
    "What matters to you": {"What matters": ["Time with family"]},
    "Your days and nights": {"use for your back": ["Rest"]},
}
"""One tap a question; the others of `ANSWERS` take one already. The seven questions on worry are all asked."""


def taps(page: Page) -> int:
    return int(page.evaluate("Number(localStorage.taps ?? 0)"))


def test_the_questions_take_as_many_taps_as_they_promise_and_under_three_minutes(page_at: PageAt) -> None:
    page = page_at(390, "light")
    page.add_init_script(COUNT)
    page.goto("/intake/")
    promised = re.search(r"(\d+) taps for most people", page.locator("main").inner_text())
    assert promised
    page.get_by_role("link", name="Begin").first.click()
    steps = 0
    while "/intake/" in page.url:
        title = page.get_by_role("heading", level=1).inner_text()
        answer_step(page, **ONE_EACH.get(title, {}))
        steps += 1
    expect(page).to_have_url(re.compile("/recommendations/$"))
    assert steps == len(ANSWERS)
    assert taps(page) == int(promised[1])
    assert taps(page) * SECONDS_A_TAP < MOST_SECONDS
