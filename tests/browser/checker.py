"""Runs axe, an accessibility checker, in a page that is open in the browser, and fails with what it reports."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.watch import settled

# True in a page that has axe already, from a check before this one.
IS_HERE = "'axe' in globalThis"
# Only violations are handed over: axe also lists every check that passed, which is a hundred times as much.
RUN = "async ([within, asked]) => (await axe.run(within ?? document, asked)).violations"
EVERY_RULE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
SCHEMES: dict[Any, dict[str, Any]] = {"light": EVERY_RULE, "dark": COLOURS}
"""The dark scheme changes nothing but colours (tests/browser/test_checker.py holds that), so only the rules on colour
are run in it."""


def violations(page: Page, *, within: str | None = None, asked: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What axe reports as wrong, the size of touch targets included. Waits until transitions have ended.

    `within` is the selector of a part of the page; without it, the whole page. `asked` are options of `axe.run`.
    """
    settled(page)
    if not page.evaluate(IS_HERE):
        page.evaluate(AXE_SCRIPT)
    reported: list[dict[str, Any]] = page.evaluate(RUN, [within, asked or EVERY_RULE])
    return reported


def finds_nothing(
    page: Page, *, within: str | None = None, asked: dict[str, Any] | None = None, where: str = ""
) -> None:
    reported = violations(page, within=within, asked=asked)
    assert not reported, f"{where or page.url}: {AxeResults({'violations': reported}).generate_report()}"


def finds_nothing_by_day_or_night(page: Page) -> None:
    """Check a page in the light and then in the dark scheme, without loading it again."""
    for scheme, asked in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        finds_nothing(page, asked=asked, where=f"{page.url}, {scheme}, {page.viewport_size}")
