"""What somebody chose opens without a network, as they chose it, and is gone when they sign out."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.offline_steps import PageAt, a_device, cached, go_offline, holds
from tests.browser.watch import Watch

SECONDS = """() => JSON.parse(document.querySelector("guide-player script").textContent)
    .steps.reduce((sum, step) => sum + step.seconds, 0)"""
WALK = "/practice/walking/?minutes=17"


def opened(page: Page, address: str) -> None:
    page.goto(address)
    holds(page, address)


def test_a_walk_of_ones_own_length_opens_in_that_length(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at, "walking")
    opened(page, WALK)
    go_offline(page.context, watch)
    page.goto("/today/")
    page.get_by_role("link", name="An easy walk: 17 minutes").click()
    assert page.evaluate(SECONDS) == 17 * 60
    assert page.evaluate("document.documentElement.hasAttribute('data-copy')")


def test_a_breath_of_ones_own_opens_as_it_was_chosen(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    opened(page, "/practice/breathing/?size=4&in=5&out=9")
    go_offline(page.context, watch)
    page.reload()
    expect(page.locator("[data-set=in]")).to_have_value("5")
    expect(page.locator("[data-set=out]")).to_have_value("9")


@pytest.mark.parametrize("address", ["/practice/yoga/?size=12", "/practice/pmr/?size=4&muscles=release"])
def test_what_every_device_keeps_is_not_kept_twice(page_at: PageAt, address: str) -> None:
    page = a_device(page_at)
    opened(page, address)
    page.goto("/practice/")
    assert page.evaluate("caches.open('opened').then((one) => one.keys()).then((keys) => keys.length)") == 0


def test_the_copy_of_what_was_chosen_knows_nobody(page_at: PageAt) -> None:
    page = a_device(page_at, "walking")
    opened(page, WALK)
    assert "csrfmiddlewaretoken" not in cached(page)[WALK]
