"""A practice with its voice where there is no network: kept, heard behind a locked screen, taken off in one place."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from coaching.voices.lines import help_lines
from tests.accounts.people import make_user
from tests.browser.offline_steps import PMR, PageAt, a_device, cached, go_offline, has_a_worker, holds, wait_for
from tests.browser.recordings import (
    NO_DEVICE_VOICE,
    SHORT,
    heard,
    leads,
    listen,
    until,
    write_recordings,
)
from tests.browser.steps import be_logged_in
from tests.browser.test_recorded_voice import HIDDEN, steps_of
from tests.browser.watch import Watch

PATH = "/practice/pmr/?size=4"
LIST = "/voices/en/heart/pmr.json"
KEPT = "The voice of this practice is on this device now."
NO_ROOM = "This device has no room for the voice."
AFTER_FIVE = """
const { put } = Cache.prototype;
let puts = 0;
Cache.prototype.put = async function (...told) {
    if (new URL(told[0].url ?? told[0], location).pathname.startsWith("/voices/")) {
        puts += 1;
        if (puts === 5) await (async () => { %s })();
    }
    return put.apply(this, told);
};
"""
IS_FULL = "throw new DOMException('full', 'QuotaExceededError');"
IS_EVICTED = "await caches.delete('voices-1');"
FULL = """
navigator.storage.estimate = async () => ({ quota: 1000, usage: 999 });
"""


@pytest.fixture(autouse=True)
def _recorded(settings: Any, tmp_path: Path, library: None) -> None:
    settings.VOICES_FOLDER = tmp_path
    lines = {step.words for step in steps_of("pmr")} | {line.text for line in help_lines()}
    write_recordings(tmp_path, dict.fromkeys(sorted(lines), SHORT))


def of_voices(page: Page) -> list[str]:
    return sorted(path for path in cached(page) if path.startswith("/voices/"))


def keep_it(page: Page, path: str = PATH) -> None:
    page.goto(path)
    page.get_by_text("Sound and start").click()
    page.get_by_role("button", name="Keep this practice with its voice").click()


def test_it_is_kept_heard_without_a_network_behind_a_locked_screen_and_taken_off(
    page_at: PageAt, watch: Watch, axe: Any
) -> None:
    page = a_device(page_at)
    listen(page, NO_DEVICE_VOICE)
    holds(page, PMR)
    keep_it(page)
    expect(page.get_by_text(KEPT)).to_be_visible()
    axe(page)
    lines = {step.words for step in steps_of("pmr")}
    assert len(of_voices(page)) == len(lines) + 2
    go_offline(page.context, watch)
    page.add_init_script(HIDDEN)
    page.goto(PATH)
    until(page, "Boolean(document.querySelector('guide-player').cues.own?.isThere)")
    page.get_by_role("button", name="Start", exact=True).click()
    leads(page)
    assert len(heard(page)) == len(steps_of("pmr"))
    page.context.set_offline(False)
    page.goto("/offline/")
    expect(page.get_by_role("heading", name="Voices on this device")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Take it off: Muscle relaxation").click()
    wait_for(page, lambda: of_voices(page) == [])
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    holds(page, PMR)


def test_without_room_the_voice_is_not_kept_and_the_practice_is(page_at: PageAt) -> None:
    page = a_device(page_at)
    page.add_init_script(FULL)
    holds(page, PMR)
    keep_it(page)
    expect(page.get_by_text(NO_ROOM)).to_be_visible()
    assert of_voices(page) == []
    holds(page, PMR)


@pytest.mark.parametrize("what", [IS_FULL, IS_EVICTED], ids=["full", "thrown away"])
def test_what_runs_out_of_room_or_is_thrown_away_in_the_middle_is_not_said_to_be_kept(
    page_at: PageAt, what: str
) -> None:
    page = a_device(page_at)
    holds(page, PMR)
    page.add_init_script(AFTER_FIVE % what)
    keep_it(page)
    expect(page.get_by_text(NO_ROOM)).to_be_visible()
    assert of_voices(page) == []
    expect(page.get_by_role("button", name="Keep this practice with its voice")).to_be_visible()
    holds(page, PMR)
    page.goto("/offline/")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", name="Voices on this device")).to_be_hidden()


def test_another_practice_that_finds_no_room_takes_nothing_from_the_one_that_is_kept(
    page_at: PageAt, tmp_path: Path
) -> None:
    lines = {step.words for step in (*steps_of("pmr"), *steps_of("yoga"))} | {line.text for line in help_lines()}
    write_recordings(tmp_path, dict.fromkeys(sorted(lines), SHORT))
    page = a_device(page_at)
    keep_it(page)
    expect(page.get_by_text(KEPT)).to_be_visible()
    before = of_voices(page)
    page.add_init_script(AFTER_FIVE % IS_FULL)
    keep_it(page, "/practice/yoga/?size=4")
    expect(page.get_by_text(NO_ROOM)).to_be_visible()
    assert of_voices(page) == before


def test_what_the_browser_threw_away_later_is_offered_again(page_at: PageAt) -> None:
    page = a_device(page_at)
    keep_it(page)
    expect(page.get_by_text(KEPT)).to_be_visible()
    page.evaluate("caches.delete('voices-1')")
    page.goto(PATH)
    page.get_by_text("Sound and start").click()
    expect(page.get_by_role("button", name="Keep this practice with its voice")).to_be_visible()
    expect(page.get_by_role("button", name="Take its voice off")).to_be_hidden()


def test_what_a_closed_page_left_half_kept_is_gone_when_somebody_looks(page_at: PageAt) -> None:
    page = a_device(page_at)
    page.add_init_script(AFTER_FIVE % "await new Promise(() => {});")
    keep_it(page)
    wait_for(page, lambda: len(of_voices(page)) == 4)
    page.goto("/offline/")
    wait_for(page, lambda: of_voices(page) == [])
    expect(page.get_by_role("heading", name="Voices on this device")).to_be_hidden()


def test_once_installed_flare_mode_has_its_voice_and_logging_out_takes_all_of_them(page_at: PageAt) -> None:
    page = page_at(390, service_workers="allow")
    be_logged_in(page, make_user())
    page.goto("/")
    has_a_worker(page)
    page.evaluate("window.dispatchEvent(new Event('appinstalled'))")
    holds(page, "/voices/en/heart/flare.json")
    assert len(of_voices(page)) > len({line.text for line in help_lines()})
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    wait_for(page, lambda: of_voices(page) == [])
