"""Every public page, at both widths, by day and by night: open to everyone, light, and from here alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.browser.watch import settled
from tests.pages import PUBLIC

PAGES = [*PUBLIC, "/no-such-page/"]
JAVASCRIPT_BYTES = 20 * 1024


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_a_page_is_open_to_everyone(
    page_at: Callable[..., Page], axe: Callable[[Page], None], path: str, width: int
) -> None:
    page = page_at(width)
    page.goto(path)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        axe(settled(page))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_the_narrowest_phone(page_at: Callable[..., Page], path: str) -> None:
    page = page_at(320)
    page.goto(path)
    assert settled(page).evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_the_scripts_of_a_page_are_light(page: Page, path: str, hashed_static: Path) -> None:
    scripts: list[Response] = []
    page.on("response", lambda answer: scripts.append(answer) if answer.request.resource_type == "script" else None)
    page.goto(path)
    settled(page)
    sent = {script.url: int(script.headers["content-length"]) for script in scripts}
    assert all(script.headers.get("content-encoding") in ("br", "gzip", None) for script in scripts)
    assert sum(sent.values()) <= JAVASCRIPT_BYTES, sent
