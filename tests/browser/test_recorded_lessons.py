"""A lesson by ear: each sentence by its recording, and without one by the device, in the language of the text."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.recordings import A_DEVICE_VOICE, BROKEN, EARS, FILES, NO_DEVICE_VOICE, SHORT, record, until

PATH = "/lessons/breathing/?size=1"
SENTENCES = """async () => {
    const { sentencesIn } = await import(document.querySelector('link[href*="sentences"]').href);
    return sentencesIn(document.querySelector(".lesson-text")).map(({ words }) => words.replace(/\\s+/g, " "));
}"""


def sentences(page: Page) -> list[str]:
    record(page, {})
    page.goto(PATH)
    found: list[str] = page.evaluate(SENTENCES)
    page.wait_for_load_state("networkidle")
    page.unroute("**/voices/**")
    return found


def test_what_is_recorded_is_played_and_what_is_not_or_is_broken_the_device_says(
    page: Page, axe: Callable[[Page], None]
) -> None:
    page.add_init_script(A_DEVICE_VOICE + EARS)
    first, second, *_rest = sentences(page)
    asked: list[str] = []
    record(page, {first: SHORT, second: BROKEN}, asked)
    page.goto(PATH)
    page.evaluate("document.documentElement.lang = 'fr'")
    assert asked == []
    page.get_by_role("button", name="Listen").click()
    until(page, "said.length > 0")
    assert f"{FILES}short-1.mp3" in asked
    told = page.evaluate("said[0]")
    assert (told["text"].split(), told["lang"], told["voice"]) == (second.split(), "en", "en-GB")
    axe(page)


def test_a_device_without_a_voice_reads_a_lesson_that_is_recorded_as_a_whole(page: Page) -> None:
    page.add_init_script(NO_DEVICE_VOICE + EARS)
    found = sentences(page)
    record(page, dict.fromkeys(found[1:], SHORT))
    page.goto(PATH)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Listen")).to_be_hidden()
    page.unroute("**/voices/**")
    record(page, dict.fromkeys(found, SHORT))
    page.goto(PATH)
    page.get_by_role("button", name="Listen").click()
    until(page, "speaker.currentTime > 0")
    until(page, "speaker.src.includes('short-2')")
