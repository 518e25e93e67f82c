"""The main path, from the front door to logging out, in every hand that people really have."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.accounts.people import PASSWORD, code_sent_to
from tests.browser import hands
from tests.browser.conftest import PageAt
from tests.browser.main_path import EMAIL, WRITTEN, main_path
from tests.browser.steps import ANSWERS, BUTTONS
from tests.browser.test_keyboard import has_visible_focus, tab_to
from tests.browser.watch import Watch

Look = Callable[[Page], None]
HANDS: dict[str, tuple[dict[str, Any], Look]] = {
    "320 px": ({"width": 320}, hands.fits),
    "400 % zoom": ({"width": 320, "device_scale_factor": 4}, hands.fits),
    "wide letters": ({"width": 390, "bypass_csp": True}, hands.fits_with_wide_letters),
    "no motion": ({"width": 390, "reduced_motion": "reduce"}, hands.keeps_still),
    "a reading voice": ({"width": 390}, hands.reads_in_order),
    "paper": ({"width": 1280}, hands.goes_on_paper),
}
MOST_TABS = 150
"""To a button on the longest page, the result: what stands before it is read there too."""

LABEL = '[...(it.labels ?? [])].map((one) => one.innerText.trim()).join("")'
"""A tick with a picture has two labels, one of them a part of the picture."""


def walk(page: Page, look: Look) -> None:
    for _state in main_path(page):
        look(page)


@pytest.mark.parametrize("hand", HANDS)
def test_the_main_path_is_finished_in(page_at: PageAt, hand: str) -> None:
    options, look = HANDS[hand]
    page = page_at(**options)
    if "device_scale_factor" in options:
        page.set_viewport_size({"width": 320, "height": 256})
    walk(page, look)


def test_the_main_path_is_finished_where_data_is_dear(page_at: PageAt, watch: Watch) -> None:
    """A browser that saves data says so, and loads no picture, no face of letters and no sound."""
    watch.expect("ERR_FAILED")
    page = page_at(390, extra_http_headers={"Save-Data": "on"})
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } });")

    def save(route: Route) -> None:
        route.abort() if route.request.resource_type in {"image", "font", "media"} else route.fallback()

    page.route("**/*", save)
    walk(page, hands.fits)


def test_the_main_path_is_finished_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    press(page, "Find my loop")
    press(page, "Begin")
    for _ in ANSWERS:
        title = page.get_by_role("heading", level=1).inner_text()
        for words, answer in ANSWERS[title].items():
            for each in [answer] if isinstance(answer, str) else answer:
                choose(page, words, each)
        press(page, "Next" if ANSWERS[title] else BUTTONS.get(title, "None of these"))
    page.wait_for_url("**/recommendations/")
    press(page, "Keep this plan")
    type_into(page, "email", EMAIL)
    type_into(page, "password1", PASSWORD)
    press(page, "Sign up", within="main")
    page.wait_for_url("**/today/")
    press(page, "Enter the code", within="main")
    type_into(page, "code", code_sent_to(EMAIL))
    press(page, "Go on")
    page.wait_for_url("**/today/")
    practise(page)
    write(page)
    page.goto("/accounts/logout/")
    press(page, "Log out", within="main")
    assert page.locator('meta[name="owner"]').get_attribute("content") == ""


def practise(page: Page) -> None:
    page.goto("/practice/breathing/")
    press_start(page)
    tab_to(page, 'it.dataset.do === "stop"')
    page.keyboard.press("Enter")
    tab_to(page, 'it.textContent.trim() === "Save this practice"')
    page.keyboard.press("Enter")
    page.wait_for_url("**/practice/done/**")


def choose(page: Page, words: str, answer: str) -> None:
    """To the group, as Tab goes; within it, to the answer: radios by arrows, ticks by Tab."""
    within = f'it.closest("fieldset")?.innerText.includes("{words}")'
    tab_to(page, f'{within} && (it.type === "radio" || {LABEL} === "{answer}")')
    assert has_visible_focus(page)
    for _ in range(14):
        if page.evaluate(f'(() => {{ const it = document.activeElement; return {LABEL} === "{answer}"; }})()'):
            break
        page.keyboard.press("ArrowDown")
    if not page.evaluate("document.activeElement.checked"):
        page.keyboard.press("Space")


def write(page: Page) -> None:
    page.goto("/tools/worry-time/new/")
    tab_to(page, 'it.matches(".tool-form textarea, .tool-form input[type=text]")')
    assert has_visible_focus(page)
    page.keyboard.type(WRITTEN)
    press(page, "Save")
    expect(page.get_by_text(WRITTEN).first).to_be_visible()


def type_into(page: Page, name: str, words: str) -> None:
    tab_to(page, f'it.name === "{name}"')
    assert has_visible_focus(page)
    page.keyboard.type(words)


def press(page: Page, button: str, within: str = "body") -> None:
    tab_to(page, f'it.textContent.trim() === "{button}" && it.closest("{within}")', at_most=MOST_TABS)
    assert has_visible_focus(page)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press_start(page: Page) -> None:
    """Two presses of Tab and Enter lead to it; what keeps a person safe is still read before."""
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to Start"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.do") == "start"
    page.keyboard.press("Enter")


def test_no_line_is_said_in_two_live_regions(page: Page) -> None:
    page.add_init_script("""
        window.heard = [];
        document.addEventListener("DOMContentLoaded", () => new MutationObserver((changes) => {
            for (const { target } of changes) {
                const region = (target.nodeType === 1 ? target : target.parentElement)
                    ?.closest("[role=status], [role=alert], [aria-live]:not([aria-live=off])");
                const line = region?.innerText.trim();
                if (line) window.heard.push({ line, where: region.dataset.part ?? region.className });
            }
        }).observe(document.body, { subtree: true, childList: true, characterData: true }));
    """)
    page.goto("/practice/breathing/")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-part=cue]")).to_have_text("Breathe in")
    page.get_by_role("button", name="Stop gently").click()
    heard = page.evaluate("window.heard")

    assert heard
    lines = {(one["line"], one["where"]) for one in heard}
    assert len({line for line, _ in lines}) == len(lines)
