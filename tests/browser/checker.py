"""The accessibility checker, on a page as it stands."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.watch import settled

IS_HERE = "'axe' in globalThis"
# Only violations are handed over: axe also lists every check that passed, which is a hundred times as much.
RUN = "async ([within, asked]) => (await axe.run(within ?? document, asked)).violations"
EVERY_RULE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
SCHEMES: dict[Any, dict[str, Any]] = {"light": EVERY_RULE, "dark": COLOURS}
"""The dark scheme changes nothing but colours (tests/browser/test_checker.py holds that), so only the rules on colour
are run in it."""


def violations(page: Page, *, within: str | None = None, asked: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """What axe finds wrong in a part of the page, the size of touch targets included. Waits until transitions ended."""
    settled(page)
    if not page.evaluate(IS_HERE):
        page.evaluate(AXE_SCRIPT)
    found: list[dict[str, Any]] = page.evaluate(RUN, [within, asked or EVERY_RULE])
    return found


def finds_nothing(
    page: Page, *, within: str | None = None, asked: dict[str, Any] | None = None, where: str = ""
) -> None:
    found = violations(page, within=within, asked=asked)
    assert not found, f"{where or page.url}: {AxeResults({'violations': found}).generate_report()}"


def finds_nothing_by_day_or_night(page: Page) -> None:
    """Check a page in the light and then in the dark scheme, without loading it again."""
    for scheme, asked in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        finds_nothing(page, asked=asked, where=f"{page.url}, {scheme}, {page.viewport_size}")
