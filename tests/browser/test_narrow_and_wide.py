"""Pages of the main path in a narrow window and with wide letters, and controls that show where the focus is.

The whole path in these hands and in others is in test_in_every_hand.py.
"""

import pytest
from playwright.sync_api import Page

from tests.browser import hands
from tests.browser.conftest import PageAt
from tests.browser.test_keyboard import has_visible_focus
from tests.browser.test_seen_and_touched import MAIN_PATH

OPEN = "document.querySelectorAll('guide-player details').forEach((one) => { one.open = true; })"


@pytest.mark.parametrize("address", MAIN_PATH)
def test_a_page_fits_in_320_pixels_with_wide_letters_and_keeps_its_order(page_at: PageAt, address: str) -> None:
    page = page_at(320, bypass_csp=True, reduced_motion="reduce")
    page.goto(address)

    hands.reads_in_order(page)
    hands.fits_with_wide_letters(page)


def test_start_is_three_tabs_away_and_what_keeps_safe_is_read_before_it(page: Page) -> None:
    page.goto("/practice/breathing/")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to Start"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.dataset.do") == "start"
    assert page.evaluate("""() => {
        const safe = document.querySelector(".ready"), start = document.activeElement;
        return Boolean(safe.compareDocumentPosition(start) & Node.DOCUMENT_POSITION_FOLLOWING);
    }""")


@pytest.mark.parametrize("address", ["/practice/pmr/", "/practice/breathing/"])
def test_each_control_of_a_player_shows_the_focus(page: Page, address: str) -> None:
    page.goto(address)
    page.evaluate(OPEN)
    page.locator("#start").focus()
    unseen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if not page.evaluate("Boolean(document.activeElement.closest('guide-player'))"):
            break
        if not has_visible_focus(page):
            unseen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 90)"))
    assert unseen == []


def test_tab_leads_through_a_field_for_a_time_and_out_of_it(page: Page) -> None:
    page.goto("/tools/worry-time/new/")
    field = page.locator("input[type=time]").first
    field.focus()
    assert has_visible_focus(page)
    for _ in range(5):
        page.keyboard.press("Tab")
        if not field.evaluate("(it) => it === document.activeElement"):
            break
    assert page.evaluate("document.activeElement.labels?.[0]?.innerText.trim()") == "Where?"
    page.keyboard.press("Shift+Tab")
    assert field.evaluate("(it) => it === document.activeElement")
