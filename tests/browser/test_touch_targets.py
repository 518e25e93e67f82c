"""What stands in a list can be hit with a finger."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.watch import settled

SMALL = """() => [...document.querySelectorAll("main a")]
    .map((link) => [link.textContent, link.getBoundingClientRect()])
    .filter(([, box]) => box.width < 44 || box.height < 44)
    .map(([words, box]) => `${words}: ${box.width} by ${box.height}`)"""


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_card_and_every_source_of_the_evidence_can_be_hit(page_at: Callable[..., Page], width: int) -> None:
    page = page_at(width)
    page.goto("/evidence/")
    assert settled(page).evaluate(SMALL) == []
