"""While a practice runs the player has the screen; before it runs, and after, everything is there."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageAt

STEPS_BACK = [".bar nav", ".foot", ".before", ".choices-of", ".practice-words", ".practice-first > p"]


def shown(page: Page) -> list[str]:
    return [name for name in STEPS_BACK if page.locator(name).first.is_visible()]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("slug", ["breathing", "pmr"])
def test_nothing_but_the_player_and_the_way_to_help_is_there(page_at: PageAt, width: int, slug: str) -> None:
    page = page_at(width, "light")
    page.goto(f"/practice/{slug}/")
    assert shown(page) == STEPS_BACK
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_role("button", name="Pause")).to_be_in_viewport()
    assert shown(page) == []
    for name in ("Pause", "Stop gently"):
        expect(page.get_by_role("button", name=name)).to_be_visible()
    expect(page.get_by_role("link", name="Help now").first).to_be_visible()
    expect(page.get_by_text("When to stop")).to_be_visible()
    page.get_by_role("button", name="Stop gently").click()
    assert shown(page) == STEPS_BACK
