"""Pages as browsers of the floor show them, and what is done about a device that lacks something.

What is missing is taken out of Chromium; docs/devices.md says what that does not show. The whole main path with each
of them taken away is in test_what_is_taken_away.py.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.checker import finds_nothing
from tests.browser.conftest import PageAt
from tests.browser.recordings import record, until
from tests.browser.steps import ANSWERS, answer_step, go_on
from tests.browser.taken_away import without_young_words

PAGES = ("/", "/help-now/", "/practice/breathing/", "/practice/pmr/")
A_PICK = """
(words) => {
    const group = [...document.querySelectorAll("fieldset")].find((one) => one.innerText.includes(words));
    const look = (tap) => {
        const { fontWeight, textDecorationLine, backgroundColor } = getComputedStyle(tap.querySelector("span"));
        return { fontWeight, textDecorationLine, backgroundColor };
    };
    const picked = group.querySelector(".tap :checked").closest(".tap");
    return [look(picked), look([...group.querySelectorAll(".tap")].find((tap) => tap !== picked))];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_pick_is_seen_by_browsers_of_the_floor_and_never_by_colour_alone(page_at: PageAt, scheme: str) -> None:
    page = page_at(390, scheme)
    without_young_words(page)
    page.goto("/intake/goal/")
    for title in ANSWERS:
        if title == "Your pain":
            break
        answer_step(page)
    page.get_by_role("group", name="pain on average").get_by_label("6", exact=True).check()

    picked, other = page.evaluate(A_PICK, "pain on average")

    assert picked["backgroundColor"] != other["backgroundColor"]
    assert int(picked["fontWeight"]) > int(other["fontWeight"])
    assert (picked["textDecorationLine"], other["textDecorationLine"]) == ("underline", "none")
    finds_nothing(page)


@pytest.mark.parametrize(
    ("scheme", "address"),
    [
        *(("light", address) for address in PAGES),
        ("dark", PAGES[0]),
        # Only the colours are others by night, and they are the same tokens on every page.
        *(pytest.param("dark", address, marks=pytest.mark.long) for address in PAGES[1:]),
    ],
)
def test_a_page_is_read_without_trouble_by_browsers_of_the_floor(page_at: PageAt, scheme: str, address: str) -> None:
    page = page_at(390, scheme)
    without_young_words(page)
    page.goto(address)

    background = page.evaluate("getComputedStyle(document.body).backgroundColor")

    assert background == {"light": "rgb(251, 247, 240)", "dark": "rgb(20, 25, 28)"}[scheme]
    finds_nothing(page)


def test_who_blocks_cookies_is_told_so_and_what_works_without(page: Page) -> None:
    page.goto("/intake/goal/")
    page.context.clear_cookies()  # as a browser does that keeps none
    page.get_by_label("Yes", exact=True).check()
    go_on(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("Your browser sent no cookie back")
    page.get_by_role("link", name="Every practice, with its sound").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    finds_nothing(page)


def test_a_lock_that_comes_after_the_practice_has_stopped_is_given_back(page: Page) -> None:
    page.add_init_script("""
        window.locks = 0;
        const lock = () => ({ addEventListener() {}, release: async () => { window.locks -= 1; } });
        const slow = () => new Promise((give) => {
            window.give = () => { window.locks += 1; give(lock()); };
        });
        Object.defineProperty(Navigator.prototype, "wakeLock", { get: () => ({ request: slow }) });
    """)
    page.goto("/practice/breathing/")
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Stop gently").click()
    page.evaluate("window.give()")

    until(page, "window.locks === 0")


def test_flare_led_by_ear_sounds_on_a_device_without_voices(page: Page) -> None:
    page.add_init_script("""
        window.tones = 0;
        const begin = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (...when) { window.tones += 1; begin.apply(this, when); };
        SpeechSynthesis.prototype.getVoices = () => [];
    """)
    record(page, {})
    page.goto("/practice/pmr/")
    expect(page.get_by_label("Voice")).to_be_hidden()
    page.locator('[data-set="voice"]').evaluate("(field) => { field.checked = true; }")
    page.get_by_role("button", name="Start").click()

    until(page, "window.tones > 0")


def test_words_are_spoken_in_their_own_language_whatever_a_translator_made_of_the_page(page: Page) -> None:
    page.add_init_script("""
        window.said = [];
        const voices = ["fr-FR", "en-GB", "en-US"].map((lang) => ({ lang, localService: lang === "en-US" }));
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        Object.defineProperty(window, "speechSynthesis", { value: {
            getVoices: () => voices, addEventListener() {}, removeEventListener() {}, cancel() {},
            speak: ({ text, lang, voice }) => window.said.push({ text, lang, voice: voice.lang }),
        } });
    """)
    record(page, {})
    page.goto("/practice/pmr/")
    page.evaluate("document.documentElement.lang = 'fr'")
    page.get_by_text("Sound and start").or_(page.get_by_text("Length, sound, start")).first.click()
    page.get_by_label("Voice").check()
    page.get_by_role("button", name="Start").click()
    until(page, "window.said.length > 0")

    assert page.evaluate("window.said[0].lang") == "en"
    assert page.evaluate("window.said[0].voice") == "en-US"
    assert page.locator('[data-part="cue"]').get_attribute("aria-live") == "off"
