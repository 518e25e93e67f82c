"""The pages on which staff hear spoken lines are open to everyone and fit a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from content.files.library import LIBRARY
from content.models.human_recording import digest_of_line
from tests.browser.checker import violations
from tests.browser.steps import be_logged_in
from tests.content.makers import a_reviewer

PAGE = "/admin/voices/en/pmr/"
LINE = f"{PAGE}{digest_of_line('Make a soft fist with both hands.')[:16]}/"
DJANGOS = {"aria-prohibited-attr"}


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_every_page_of_spoken_lines_fits_and_is_open(
    page_at: Callable[..., Page], settings: Any, width: int, scheme: str
) -> None:
    settings.VOICES_FOLDER = LIBRARY / "voices"
    page = page_at(width, scheme)
    be_logged_in(page, a_reviewer())
    for path in ("/admin/voices/", PAGE, LINE):
        page.goto(path)
        assert [each for each in violations(page, within="#content") if each["id"] not in DJANGOS] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("heading", name="Make a soft fist with both hands.")).to_be_visible()
