"""The accessibility checker notices, by night as by day: otherwise a page that it passes would prove little."""

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page

from tests.browser.checker import finds_nothing, finds_nothing_by_day_or_night

BY_NIGHT = "document.querySelector('h1').style.color = 'light-dark(#1d2a30, #20262a)'"
A_SMALL_TARGET = """
() => document.querySelector("main").prepend(...["A", "B"].map((name) => {
    const button = Object.assign(document.createElement("button"), { textContent: name });
    button.style.cssText = "all: unset; font-size: 8px";
    return button;
}))
"""


def test_a_colour_that_is_lost_by_night_alone_is_noticed(page: Page) -> None:
    page.goto("/help-now/")
    finds_nothing_by_day_or_night(page)
    page.evaluate(BY_NIGHT)
    with pytest.raises(AssertionError, match=r"/help-now/, dark, [\s\S]*color-contrast"):
        finds_nothing_by_day_or_night(page)


def test_targets_that_are_too_small_to_touch_are_noticed(page: Page) -> None:
    page.goto("/help-now/")
    page.evaluate(A_SMALL_TARGET)
    with pytest.raises(AssertionError, match="target-size"):
        finds_nothing(page)


def test_the_list_of_colours_alone_asks_whether_it_is_night() -> None:
    """All else leaves it to those colours, so nothing else can be another by night."""
    sheets = (django_settings.BASE_DIR / "static" / "css").glob("*.css")
    asking = [sheet for sheet in sheets if "prefers-color-scheme" in sheet.read_text(encoding="utf-8")]

    assert [sheet.name for sheet in asking] == ["tokens.css"]
    by_night = asking[0].read_text(encoding="utf-8").split("(prefers-color-scheme: dark) {")[1]
    said = [line.strip() for line in by_night.splitlines() if ":" in line and not line.strip().startswith("/*")]
    assert [line for line in said if not line.startswith(("--", ":root"))] == []
