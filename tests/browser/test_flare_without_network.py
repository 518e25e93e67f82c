"""Flare mode without a network or an account: switched on the device, shown at once, told to the site later."""

from playwright.sync_api import BrowserContext, Page, expect

from coaching.help.flare import COOKIE
from tests.browser.offline_steps import PageAt, a_device, go_offline, holds, wait_for
from tests.browser.watch import Watch

THREE = "Three things. Pick one."
ON = "Turn flare mode on"
LEAVE = "Leave flare mode"


def a_device_with_the_buttons(page_at: PageAt) -> Page:
    page = a_device(page_at)
    holds(page, "/help-now/three/", "/offline/", "/practice/pmr/?size=4&muscles=release")
    return page


def is_told(context: BrowserContext) -> bool:
    return any(cookie["name"] == COOKIE for cookie in context.cookies())


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_it_is_switched_on_and_left_without_a_network(page_at: PageAt, watch: Watch) -> None:
    page = a_device_with_the_buttons(page_at)
    go_offline(page.context, watch)
    page.goto("/today/")
    press(page, ON)
    expect(page.get_by_role("heading", level=1)).to_have_text(THREE)
    page.goto("/lessons/")
    expect(page.get_by_role("heading", level=1)).to_have_text(THREE)
    press(page, LEAVE)
    expect(page).to_have_url("/lessons/")
    expect(page.get_by_role("heading", level=1)).not_to_have_text(THREE)
    assert page.get_by_role("button", name=LEAVE).count() == 0


def test_its_three_buttons_work_without_a_network(page_at: PageAt, watch: Watch) -> None:
    page = a_device_with_the_buttons(page_at)
    go_offline(page.context, watch)
    page.goto("/help-now/")
    press(page, ON)
    page.get_by_role("link", name="Breathe with me").click()
    # A copy knows nobody, and whoever has to call first should: it begins when asked to.
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-part=cue]")).to_have_text("Breathe in")
    expect(page.locator("[data-set=tone]")).to_be_checked()
    expect(page.get_by_role("button", name=LEAVE)).to_be_visible()
    expect(page.get_by_role("link", name="Lessons", exact=True)).to_have_count(0)
    expect(page.get_by_role("button", name=ON)).to_be_hidden()
    page.goto("/")
    page.get_by_role("link", name="Let go, part by part").click()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.goto("/")
    page.get_by_role("link", name="Talk to somebody").click()
    expect(page.get_by_role("link", name="988").first).to_be_visible()


def test_the_site_hears_of_it_before_it_shows_its_next_page(page_at: PageAt, watch: Watch) -> None:
    page = a_device_with_the_buttons(page_at)
    go_offline(page.context, watch)
    page.goto("/help-now/")
    press(page, ON)
    page.get_by_role("heading", name=THREE).wait_for()
    assert not is_told(page.context)
    page.context.set_offline(False)
    page.goto("/about/")
    expect(page.get_by_role("heading", level=1)).to_have_text(THREE)
    assert is_told(page.context)
    press(page, LEAVE)
    expect(page.get_by_role("heading", level=1)).not_to_have_text(THREE)
    assert not is_told(page.context)


def test_what_was_switched_on_the_site_holds_without_a_network(page_at: PageAt, watch: Watch) -> None:
    page = a_device_with_the_buttons(page_at)
    page.goto("/help-now/")
    press(page, ON)
    page.get_by_role("heading", name=THREE).wait_for()
    wait_for(page, lambda: page.evaluate("unsent.noted('flare').then((one) => Boolean(one?.until))"))
    go_offline(page.context, watch)
    page.goto("/lessons/")
    expect(page.get_by_role("heading", level=1)).to_have_text(THREE)
    assert page.evaluate("document.documentElement.hasAttribute('data-copy')")


def test_a_copy_that_was_shown_over_a_slow_line_can_switch_it_too(page_at: PageAt) -> None:
    page = a_device_with_the_buttons(page_at)
    page.goto("/help-now/")
    page.evaluate("document.querySelector('.flare-offer [name=csrfmiddlewaretoken]').remove()")
    press(page, ON)
    expect(page.get_by_role("heading", level=1)).to_have_text(THREE)
    assert is_told(page.context)
