"""Every page of the main path, as it is walked: open to everyone at both widths, by day, by night and in forced
colours; and in Spanish whole, block by block."""

import pytest
from playwright.sync_api import Page

from tests.browser.checker import finds_nothing
from tests.browser.conftest import PageAt
from tests.browser.main_path import ENGLISH, SPANISH, main_path
from tests.browser.test_spanish_pages import LOOKS, STILL, WIDE
from tests.coaching.shell_makers import POSTS
from tests.coaching.spanish import blocks, is_english
from tests.coaching.test_main_path_in_spanish import OF_A_STUDY

IN_BOTH, IN_ENGLISH = 14 + len(POSTS), 2
"""Pages and states of the walk: the tool with words and what was written are there in English alone."""


def is_open(page: Page, state: str, width: int) -> None:
    for look, asked in LOOKS:
        page.emulate_media(**look)
        page.evaluate(STILL)
        finds_nothing(page, asked=asked, where=f"{state} ({page.url}), {look} at {width}")
    page.emulate_media(**LOOKS[0][0])
    assert page.evaluate(WIDE) <= width, f"{state} at {width}"


def is_in_spanish(page: Page, state: str) -> None:
    assert page.locator("html").get_attribute("lang") == "es", state
    said = blocks(page.locator("html").inner_html())
    assert {block for block in said if is_english(block) and not OF_A_STUDY.search(block)} == set(), state


@pytest.mark.timeout(900)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("home", [ENGLISH, SPANISH])
def test_each_page_of_the_walk_is_open_and_in_one_language(page_at: PageAt, home: str, width: int) -> None:
    page = page_at(width, reduced_motion="reduce")
    seen = []
    for state in main_path(page, home):
        seen.append(state)
        is_open(page, state, width)
        if home == SPANISH:
            is_in_spanish(page, state)
    assert len(seen) == IN_BOTH + (IN_ENGLISH if home == ENGLISH else 0), seen
