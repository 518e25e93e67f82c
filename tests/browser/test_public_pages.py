"""Every public page, at every width, by day and by night: open to everyone, light, and from here alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.browser.checker import finds_nothing_by_day_or_night
from tests.browser.hands import fits_twice_as_large
from tests.browser.watch import settled, widen
from tests.pages import PUBLIC

PAGES = [*PUBLIC, "/no-such-page/"]
JAVASCRIPT_BYTES = 20 * 1024


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_light_fits_and_is_open_to_everyone(
    page_at: Callable[..., Page], path: str, hashed_static: Path
) -> None:
    page = page_at(320)
    scripts = scripts_of(page)
    page.goto(path)
    assert settled(page).evaluate("document.documentElement.scrollWidth") <= 320
    for width in (390, 1280):
        finds_nothing_by_day_or_night(widen(page, width))
    are_light(page, scripts)
    fits_twice_as_large(widen(page, 390))  # last: what is unfolded may ask for scripts of its own


def scripts_of(page: Page) -> list[Response]:
    scripts: list[Response] = []
    page.on("response", lambda answer: scripts.append(answer) if answer.request.resource_type == "script" else None)
    return scripts


def are_light(page: Page, scripts: list[Response]) -> None:
    """Once the network is still: a script that comes late counts too."""
    page.wait_for_load_state("networkidle")
    sent = {script.url: int(script.headers["content-length"]) for script in scripts}
    assert all(script.headers.get("content-encoding") in ("br", "gzip", None) for script in scripts)
    assert sum(sent.values()) <= JAVASCRIPT_BYTES, sent
