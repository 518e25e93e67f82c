"""The player in every state, for every look of a practice: open to everyone, and on a phone with its Start in sight.

A page is loaded once; width and colours change inside it.
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checker import SCHEMES, finds_nothing
from tests.browser.offline_steps import go_offline
from tests.browser.watch import Watch, settled
from tests.content.test_guide_files import GUIDES

PageAt = Callable[..., Page]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
# The two templates of the player: a breath, and steps. Each is walked through all its states.
WHOLE = ["breathing", "yoga"]
# The others differ from those in what they draw and ask, which is all there before the start and while it runs. One of
# each drawing and skin is looked at first; what differs from it in words alone is in the second leg.
TWO_STATES = [
    *("pmr", "imagery", "walking", "heat"),
    *(pytest.param(slug, marks=pytest.mark.long) for slug in ("belly-breathing", "body-scan", "cold", "sleep")),
]
FULL = "IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); };"
STILL = "document.getAnimations().forEach((one) => one.finish())"
WIDE = "document.documentElement.scrollWidth"


def is_open(page: Page, state: str) -> None:
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        for scheme, asked in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            page.evaluate(STILL)
            finds_nothing(page, asked=asked, where=f"{slug_of(page)}, {state}, {scheme} at {size['width']}")
        assert page.evaluate(WIDE) <= size["width"], f"{state} at {size['width']}"


def slug_of(page: Page) -> str:
    return page.url.split("/")[4]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def top_of(part: Locator) -> float:
    box = part.bounding_box()
    assert box, "not on the page"
    return box["y"]


def open_all(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true; })")


def states(page: Page, watch: Watch) -> Iterator[str]:
    """Walks one practice through the states of its player; each is there when its name is told."""
    yield "not started"
    open_all(page)
    yield "all unfolded"
    page.locator("[data-set=delay]").select_option("30")
    press(page, "Start")
    expect(page.locator("[data-part=cue]")).to_have_text("It begins in a moment.")
    yield "about to begin"
    press(page, "Stop gently")
    yield "stopped early, and asked how it is now"
    open_all(page)
    page.locator("[data-set=delay]").select_option("0")
    press(page, "Start again")
    expect(page.locator("guide-player[data-cue]")).to_be_visible()
    yield "running"
    press(page, "Pause")
    yield "paused"
    open_all(page)
    press(page, "Set it for closed eyes")
    press(page, "Go on")
    yield "running for closed eyes"
    page.clock.fast_forward(15 * 60_000)
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    yield "done"
    go_offline(page.context, watch)
    press(page, "Save this practice")
    expect(page.get_by_role("heading", name="Saved here, not yet sent")).to_be_visible()
    yield "saved on the device"


def opened(page_at: PageAt, slug: str) -> Page:
    page = page_at(390, "light", reduced_motion="reduce")
    page.clock.install()
    page.goto(f"/practice/{slug}/")
    settled(page)
    return page


@pytest.mark.parametrize("slug", WHOLE)
def test_every_state_of_a_practice_is_open_to_everyone(page_at: PageAt, watch: Watch, slug: str) -> None:
    page = opened(page_at, slug)
    for state in states(page, watch):
        is_open(page, state)


@pytest.mark.parametrize("slug", TWO_STATES)
def test_every_look_of_a_practice_is_open_to_everyone(page_at: PageAt, slug: str) -> None:
    page = opened(page_at, slug)
    open_all(page)
    is_open(page, "all unfolded")
    press(page, "Start")
    expect(page.locator("guide-player.is-running[data-cue]")).to_be_visible()
    is_open(page, "running")


def test_what_became_of_it_is_open_to_everyone(page_at: PageAt, watch: Watch) -> None:
    page = page_at(390, "light", reduced_motion="reduce")
    for guide, state in (("levitation", "refused"), ("breathing", "kept")):
        page.goto("/practice/breathing/")
        page.evaluate(f"document.querySelector('practice-form').dataset.guide = '{guide}'")
        press(page, "Start")
        press(page, "Stop gently")
        press(page, "Save this practice")
        page.get_by_role("heading", name="This could not be kept" if state == "refused" else "That counts.").wait_for()
        is_open(page, state)


def test_no_room_is_said_to_everyone(page_at: PageAt, watch: Watch) -> None:
    page = page_at(390, "light", reduced_motion="reduce")
    page.add_init_script(FULL)
    page.goto("/practice/breathing/")
    press(page, "Start")
    press(page, "Stop gently")
    go_offline(page.context, watch)
    press(page, "Save this practice")
    expect(page.get_by_role("heading", name="Keep this page open")).to_be_focused()
    is_open(page, "no room")


def test_a_phone_shows_how_to_begin_without_scrolling_and_when_to_stop_above_it(page_at: PageAt) -> None:
    page = page_at(390, "light")
    for slug in GUIDES:
        page.goto(f"/practice/{slug}/")
        start = page.get_by_role("button", name="Start", exact=True)
        expect(start).to_be_in_viewport(ratio=1)
        stop = page.get_by_text("When to stop", exact=False).first
        expect(stop).to_be_in_viewport(ratio=1)
        assert top_of(stop) < top_of(start), slug


def test_a_phone_shows_the_breath_of_help_now_without_scrolling(page_at: PageAt) -> None:
    page = page_at(390, "light")
    page.goto("/help-now/")
    expect(page.locator(".orb")).to_be_in_viewport(ratio=1)
    expect(page.locator("[data-part=cue]")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Pause")).to_be_in_viewport(ratio=1)
