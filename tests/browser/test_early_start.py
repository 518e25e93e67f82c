"""Start answers as soon as it can be seen: before the script of the player is there, and where there never is one."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.checker import finds_nothing_by_day_or_night
from tests.browser.watch import Watch

PageAt = Callable[..., Page]
RUNS = "it => it.getAnimations().some(one => one.playState === 'running')"
LISTEN = """it => {
    globalThis.said = [];
    new MutationObserver(() => globalThis.said.push(it.textContent)).observe(it, { childList: true });
}"""
ALL_OF_IT = {"ratio": 1.0}
DRESSED = """async () => {
    const there = (sheet) => sheet.sheet ?? new Promise((done) => sheet.addEventListener("load", done, { once: true }));
    await Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map(there));
    document.body.getBoundingClientRect(); // letters are asked for when they are laid out, not before
    await document.fonts.ready;
}"""
"""A browser draws nothing before the styles are there, but tells whoever asks where things would stand without them."""


@contextmanager
def before_the_script(page: Page, path: str) -> Iterator[None]:
    """The page as a slow line shows it: all, letters too, but the player's script; that arrives at the block's end."""
    held: list[Route] = []
    page.route("**/guide-player.*.js", lambda route: held.append(route))
    page.goto(path, wait_until="commit")
    expect(the_start(page)).to_be_visible()
    page.evaluate(DRESSED)
    yield
    for route in held:
        route.continue_()


def the_start(page: Page) -> Any:
    return page.get_by_role("link", name="Start", exact=True)


def breathes(page: Page) -> bool:
    return bool(page.locator(".orb .group").evaluate(RUNS))


def test_a_breath_begins_at_a_press_and_the_script_takes_it_over(page: Page) -> None:
    with before_the_script(page, "/practice/breathing/"):
        assert not breathes(page)
        the_start(page).click()
        assert breathes(page)
        expect(page.get_by_text("In for 4", exact=True)).to_be_visible()
        expect(page.get_by_role("link", name="Stop gently")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    expect(page.get_by_role("button", name="Pause")).to_be_in_viewport(**ALL_OF_IT)
    expect(page.get_by_text("In for 4", exact=True)).to_be_hidden()


def test_a_practice_in_steps_shows_them_and_then_begins(phone: Page) -> None:
    with before_the_script(phone, "/practice/pmr/?size=4"):
        the_start(phone).click()
        expect(phone.get_by_role("heading", name="Step by step")).to_be_in_viewport()
    expect(phone.get_by_role("button", name="Pause")).to_be_focused()
    expect(phone.get_by_role("button", name="Pause")).to_be_in_viewport(**ALL_OF_IT)
    expect(phone.locator("[data-part=cue]")).to_contain_text("Sit or lie down.")


def test_who_stops_before_the_script_is_there_keeps_the_questions(page: Page) -> None:
    with before_the_script(page, "/practice/breathing/"):
        the_start(page).click()
        page.get_by_role("link", name="Stop gently").click()
        assert not breathes(page)
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="And now?")).to_be_visible()


def test_nothing_begins_for_who_comes_by_the_address_that_a_press_leads_to(page: Page) -> None:
    page.goto("/practice/breathing/#player")
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_hidden()


def test_who_stands_on_start_with_the_keyboard_stays_there(page: Page) -> None:
    with before_the_script(page, "/practice/breathing/"):
        the_start(page).focus()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_focused()


@pytest.mark.parametrize("path", ["/practice/breathing/", "/practice/walking/"])
def test_nothing_on_a_phone_moves_when_the_script_arrives(phone: Page, path: str) -> None:
    with before_the_script(phone, path):
        place = the_start(phone).bounding_box()
    expect(phone.get_by_role("button", name="Start", exact=True)).to_be_visible()
    assert phone.get_by_role("button", name="Start", exact=True).bounding_box() == place


def test_without_scripts_a_breath_moves_when_asked_and_rests_when_asked(no_js_page: Page) -> None:
    no_js_page.goto("/practice/breathing/")
    assert not breathes(no_js_page)
    the_start(no_js_page).click()
    assert breathes(no_js_page)
    expect(no_js_page.get_by_text("1 min left")).to_be_hidden()
    no_js_page.get_by_role("link", name="Stop gently").click()
    assert not breathes(no_js_page)
    expect(no_js_page.get_by_role("heading", name="And now?")).to_be_in_viewport()


def test_without_scripts_start_leads_to_the_steps(no_js_page: Page) -> None:
    no_js_page.goto("/practice/pmr/")
    the_start(no_js_page).click()
    expect(no_js_page.get_by_role("heading", name="Step by step")).to_be_in_viewport()


def test_a_player_whose_script_never_comes_is_open_to_everybody(page_at: PageAt, watch: Watch) -> None:
    watch.expect("ERR_FAILED")
    page = page_at(390)
    page.route("**/guide-player.*.js", lambda route: route.abort())
    page.goto("/practice/breathing/")
    finds_nothing_by_day_or_night(page)
    the_start(page).click()
    assert breathes(page)
    finds_nothing_by_day_or_night(page)
    page.get_by_role("link", name="Stop gently").click()
    expect(page.get_by_role("group", name="Tension or worry, now").get_by_role("radio").first).to_be_focused()


def test_who_breathes_already_is_not_thrown_out_of_step(page: Page) -> None:
    with before_the_script(page, "/practice/breathing/"):
        the_start(page).click()
        page.locator("[data-part=cue]").evaluate(LISTEN)
        page.locator(".orb .group").evaluate("it => { it.getAnimations()[0].currentTime = 5000; }")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    assert page.evaluate("() => globalThis.said[0]") == "Breathe out, slowly"
