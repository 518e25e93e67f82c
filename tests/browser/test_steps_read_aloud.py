"""Help now reads its three steps aloud when it is asked to: our voice, else the device's, else a tone, line by line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from playwright.sync_api import Page, expect

from coaching.voices.lines import help_lines
from coaching.voices.maps import left_out_with
from tests.browser.offline_steps import a_device, go_offline, holds
from tests.browser.recordings import (
    BROKEN,
    EARS,
    FILES,
    NO_DEVICE_VOICE,
    SHORT,
    record,
    until,
    write_recordings,
)
from tests.browser.watch import Watch
from tests.voices import DORA, HEART

PageAt = Callable[..., Page]
PATH = "/help-now/"
READ, STOP = "Read them to me", "Stop reading"
SPEAKS = """
globalThis.said = [];
globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(globalThis, "speechSynthesis", { value: {
    getVoices: () => [{ lang: "fr-FR" }, { lang: "en-GB", localService: true }, { lang: "es-ES", localService: true }],
    addEventListener() {}, removeEventListener() {}, cancel() {},
    speak: (line) => { said.push({ text: line.text, lang: line.lang }); setTimeout(line.onend, 20); },
} });
"""
"""A voice of the device that takes no time."""

QUICK = (
    "const { setTimeout: later } = globalThis; globalThis.setTimeout = (act, wait) => later(act, Math.min(wait, 150));"
)
TRANSLATE = """
document.documentElement.lang = "fr";
for (const item of document.querySelectorAll("steps-reader ~ ol li")) item.textContent = "Autre chose.";
"""
SCRIPTS = """performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".js"))
    .reduce((sum, one) => sum + one.encodedBodySize, 0)"""


def steps(language: str = "en") -> list[str]:
    """Every sentence that may stand there."""
    with override(language):
        return [line.text for line in help_lines(left_out_with()) if line.seconds is None]


def shown(page: Page) -> list[str]:
    return page.locator("steps-reader ~ ol > li").evaluate_all("items => items.map((item) => item.innerText)")


def test_nothing_is_fetched_before_it_is_asked_for_and_then_each_line_is_heard_in_turn(
    page: Page, axe: Callable[[Page], None]
) -> None:
    page.add_init_script(SPEAKS + EARS)
    asked: list[str] = []
    record(page, dict.fromkeys(steps(), SHORT), asked)
    page.goto(PATH)
    page.wait_for_load_state("networkidle")
    assert asked == []
    assert 0 < page.evaluate(SCRIPTS) <= 20_000
    page.get_by_role("button", name=READ).click()
    expect(page.locator("[data-part=cue]")).to_have_attribute("aria-live", "off")
    until(page, "CSS.highlights.get('being-read')?.size === 1")
    axe(page)
    expect(page.get_by_role("button", name=READ)).to_be_visible()
    heard = [path for path in asked if path.startswith(FILES)]
    words = [steps()[int(path.rpartition("-")[2].removesuffix(".mp3")) - 1] for path in dict.fromkeys(heard)]
    assert len(words) > 20
    assert all(each in " ".join(" ".join(shown(page)).split()) for each in words)
    assert page.evaluate("said") == []
    assert page.evaluate("CSS.highlights.has('being-read')") is False


def test_the_breath_waits_for_the_voice_and_goes_on_after_it(page: Page) -> None:
    page.add_init_script(SPEAKS + EARS)
    record(page, dict.fromkeys(steps(), SHORT))
    page.goto(PATH)
    running = page.locator("[data-part=pause]")
    expect(running).to_have_text("Pause")
    page.get_by_role("button", name=READ).click()
    expect(running).to_have_text("Go on")
    page.get_by_role("button", name=STOP).click()
    expect(running).to_have_text("Pause")
    expect(page.locator("[data-part=cue]")).to_have_attribute("aria-live", "polite")
    page.get_by_role("button", name=READ).click()
    expect(running).to_have_text("Go on")
    running.click()
    expect(page.get_by_role("button", name=READ)).to_be_visible()
    expect(running).to_have_text("Pause")
    until(page, "speaker.paused")


def test_headphones_that_go_away_end_the_reading(page: Page) -> None:
    page.add_init_script(SPEAKS + EARS)
    record(page, dict.fromkeys(steps(), SHORT))
    page.goto(PATH)
    page.get_by_role("button", name=READ).click()
    until(page, "speaker.currentTime > 0 && speaker.src.includes('short')")
    page.evaluate("navigator.mediaDevices.dispatchEvent(new Event('devicechange'))")
    expect(page.get_by_role("button", name=READ)).to_be_visible()
    until(page, "speaker.paused")


@pytest.mark.parametrize("kind", ["missing", BROKEN])
def test_a_line_without_a_recording_is_said_by_the_device_in_the_language_of_the_words(page: Page, kind: str) -> None:
    page.add_init_script(SPEAKS + EARS)
    first, *others = steps()
    record(page, ({} if kind == "missing" else {first: kind}) | dict.fromkeys(others, SHORT))
    page.goto(PATH)
    page.evaluate(TRANSLATE)
    page.get_by_role("button", name=READ).click()
    until(page, "speaker.src.includes('short')")
    assert page.evaluate("said") == [{"text": first, "lang": "en"}]


def test_where_nobody_can_say_a_line_a_tone_stands_for_it(page: Page) -> None:
    page.add_init_script(NO_DEVICE_VOICE + EARS + QUICK)
    record(page, {})
    page.goto(PATH)
    page.get_by_role("button", name=READ).click()
    expect(page.get_by_role("button", name=STOP)).to_be_visible()
    until(page, "tones > 3")
    expect(page.get_by_role("button", name=READ)).to_be_visible()


def test_without_scripts_it_offers_nothing(no_js_page: Page) -> None:
    no_js_page.goto(PATH)
    expect(no_js_page.get_by_role("heading", name="Then, three small steps")).to_be_visible()
    expect(no_js_page.locator("steps-reader")).to_be_hidden()


@pytest.mark.long
@pytest.mark.parametrize(("path", "language", "read"), [(PATH, "en", READ), (f"/es{PATH}", "es", "Léemelos")])
def test_without_a_network_it_reads_with_what_is_on_the_device(
    page_at: PageAt, watch: Watch, settings: Any, tmp_path: Path, library: None, path: str, language: str, read: str
) -> None:
    settings.VOICES_FOLDER = tmp_path
    voice = {"en": HEART, "es": DORA}[language]
    write_recordings(tmp_path, dict.fromkeys(steps(language), SHORT), voice)
    page = a_device(page_at)
    page.add_init_script(NO_DEVICE_VOICE + EARS)
    page.goto(path)
    page.evaluate("window.dispatchEvent(new Event('appinstalled'))")
    holds(page, f"/voices/{language}/{voice.name}/flare.json")
    go_offline(page.context, watch)
    page.goto(path)
    page.get_by_role("button", name=read).click()
    until(page, f"speaker.src.includes('{FILES}') && speaker.currentTime > 0")
    assert page.evaluate("tones") == 0
