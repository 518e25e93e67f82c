"""A practice that our own voice leads: in step, with the device's voice and a tone behind it, line by line.

The recordings are real ones and are decoded by the browser; what is said of them is read from the sound that it made.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from content.core.steps import Step
from content.core.vocabulary import Size
from content.core.ways import steps_as
from content.models import Guide
from tests.browser import recordings
from tests.browser.recordings import BROKEN, FILES, LONG, NO_DEVICE_VOICE, SHORT, heard, leads, listen, record, until
from tests.browser.watch import Watch
from tests.voices import an_mp3

PageAt = Callable[..., Page]
IN_STEP = 0.15
"""Seconds by which what is heard may differ from its cue."""

HIDDEN = """
Object.defineProperty(Document.prototype, "hidden", { get: () => true });
Object.defineProperty(Document.prototype, "visibilityState", { get: () => "hidden" });
globalThis.requestAnimationFrame = () => 0;
const { setInterval, setTimeout } = globalThis;
globalThis.setInterval = (act, wait) => setInterval(act, Math.max(wait, 60000));
globalThis.setTimeout = (act, wait) => setTimeout(act, Math.max(wait ?? 0, 1000));
"""
"""As behind a locked screen: no frames, an interval once a minute, a timer once a second."""

SAVES = "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) });"
REFUSES = """
const { play } = HTMLMediaElement.prototype;
HTMLMediaElement.prototype.play = function () {
    return globalThis.isAllowed ? play.call(this) : Promise.reject(new DOMException("press first", "NotAllowedError"));
};
"""
POSITION = "document.querySelector('guide-player').cues.own?.position"


def steps_of(slug: str, size: Size = Size.FOUR) -> list[Step]:
    return [step for step in steps_as(Guide.objects.get(slug=slug).timed_steps, size=size) if step.seconds]


def begins_of(steps: list[Step]) -> list[int]:
    return [sum(step.seconds for step in steps[:place]) for place in range(len(steps))]


def begin(page: Page, path: str, start: str = "Start") -> None:
    page.goto(path)
    until(page, "Boolean(document.querySelector('guide-player').cues.own)")
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name=start, exact=True).click()


def is_close(heard_at: float, due: float) -> bool:
    return -0.02 <= heard_at - due <= IN_STEP


# --- In step -------------------------------------------------------------------------------


@pytest.mark.parametrize("size", Size)
def test_each_line_is_heard_when_its_cue_is_due_at_every_length(page: Page, size: Size) -> None:
    steps = steps_of("pmr", size)
    listen(page)
    record(page, {step.words: SHORT for step in steps})
    begin(page, f"/practice/pmr/?size={int(size)}")
    leads(page)
    until(page, "tracks.length > 0")
    sounds = heard(page)
    late = [sound["from"] - due for sound, due in zip(sounds, begins_of(steps), strict=True)]
    print({"size": int(size), "lines": len(steps), "latest": round(max(late), 3)})  # noqa: T201
    assert all(-0.02 <= each <= IN_STEP for each in late)
    assert page.evaluate("said") == []


def test_what_is_drawn_goes_by_what_is_heard(page: Page) -> None:
    steps = steps_of("pmr")
    listen(page)
    record(page, {step.words: LONG for step in steps})
    begin(page, "/practice/pmr/?size=4")
    leads(page)
    for _time in range(4):
        page.get_by_role("button", name="Skip").click()
        until(page, f"{POSITION} > 0")
        page.evaluate("speaker.currentTime += 0.4")
        page.wait_for_timeout(400)
    begins = dict(zip([step.words for step in steps], begins_of(steps), strict=True))
    page.evaluate(f"speaker.currentTime = {begins_of(steps)[6] - 0.5}")
    page.wait_for_timeout(1000)
    last = page.evaluate("drawn.at(-1)")
    assert last["words"] == steps[6].words
    assert abs(last["at"] - begins[last["words"]]) <= IN_STEP


def test_behind_a_locked_screen_it_goes_on_in_time(page: Page) -> None:
    steps = steps_of("pmr")
    listen(page)
    record(page, {step.words: SHORT for step in steps})
    page.add_init_script(HIDDEN)
    begin(page, "/practice/pmr/?size=4")
    leads(page)
    first = page.evaluate("({ at: speaker.currentTime, now: performance.now() / 1000 })")
    page.wait_for_timeout(8000)
    then = page.evaluate("({ at: speaker.currentTime, now: performance.now() / 1000 })")
    assert abs((then["at"] - first["at"]) - (then["now"] - first["now"])) <= IN_STEP
    assert page.evaluate("speaker.paused") is False


def test_back_on_pause_and_the_keys_of_a_headset_lead_the_voice(page: Page) -> None:
    steps = steps_of("pmr")
    listen(page)
    record(page, {step.words: SHORT for step in steps})
    begin(page, "/practice/pmr/?size=4")
    leads(page)
    page.get_by_role("button", name="Skip").click()
    until(page, f"{POSITION} >= {begins_of(steps)[1]}")
    page.get_by_role("button", name="Pause").click()
    assert page.evaluate("speaker.paused")
    stood = page.evaluate("speaker.currentTime")
    page.wait_for_timeout(500)
    assert page.evaluate("speaker.currentTime") == stood
    page.get_by_role("button", name="Go on").click()
    until(page, f"{POSITION} > {stood}")
    page.get_by_role("button", name="Back").click()
    until(page, f"{POSITION} < {begins_of(steps)[1]}")
    page.get_by_role("button", name="Stop gently").click()
    assert page.evaluate("speaker.paused")


# --- What may come between -----------------------------------------------------------------


@pytest.mark.parametrize(
    "cut", ["speaker.pause()", "navigator.mediaDevices.dispatchEvent(new Event('devicechange'))"], ids=["phone", "desk"]
)
def test_headphones_that_go_away_pause_the_practice(page: Page, cut: str) -> None:
    listen(page)
    record(page, {step.words: LONG for step in steps_of("pmr")})
    begin(page, "/practice/pmr/?size=4")
    leads(page)
    page.evaluate(cut)
    expect(page.locator("[data-part=cue]")).to_have_text("Paused. Take your time.")
    assert page.evaluate("speaker.paused")
    page.evaluate("speaker.play()")  # as a phone may after a call
    until(page, "speaker.paused")
    page.get_by_role("button", name="Go on").click()
    leads(page)


def test_a_sound_that_the_browser_refuses_is_said_and_a_tap_starts_it(page: Page) -> None:
    listen(page)
    record(page, {step.words: SHORT for step in steps_of("pmr")})
    page.add_init_script(REFUSES)
    page.add_init_script("AudioContext.prototype.resume = () => new Promise(() => {});")
    page.goto("/practice/pmr/?size=4")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.get_by_text("Tap anywhere for the sound.")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.evaluate("globalThis.isAllowed = true")
    page.locator("h1").click()
    leads(page)
    expect(page.get_by_text("Tap anywhere for the sound.")).to_be_hidden()


# --- Line by line --------------------------------------------------------------------------


def test_a_line_that_staff_changed_is_spoken_by_the_device_in_the_language_of_the_words(page: Page) -> None:
    steps = steps_of("pmr")
    listen(page, pace=0.85)
    record(page, {step.words: SHORT for step in steps[1:]})
    page.goto("/practice/pmr/?size=4")
    page.evaluate("document.documentElement.lang = 'fr'")
    page.get_by_role("button", name="Start", exact=True).click()
    leads(page)
    until(page, "said.length > 0")
    told = page.evaluate("said[0]")
    assert (told["text"], told["lang"], told["voice"]) == (steps[0].words, "en", "en-GB")
    assert told["rate"] < 0.88
    assert is_close(heard(page)[0]["from"], begins_of(steps)[1])
    assert page.locator("[data-part=cue]").get_attribute("aria-live") == "off"


@pytest.mark.parametrize("kind", ["missing", BROKEN])
def test_without_a_recording_and_a_voice_a_tone_stands_for_the_line(page: Page, kind: str) -> None:
    steps = steps_of("pmr")
    listen(page, NO_DEVICE_VOICE)
    first = {} if kind == "missing" else {steps[0].words: kind}
    record(page, first | {step.words: SHORT for step in steps[1:]})
    begin(page, "/practice/pmr/?size=4")
    leads(page)
    sounds = heard(page)
    assert len(sounds) == len(steps)
    assert sounds[0]["from"] <= IN_STEP
    assert sounds[0]["most"] < 0.1 < sounds[1]["most"]


def test_a_broken_file_is_left_to_the_voice_of_the_device(page: Page) -> None:
    steps = steps_of("pmr")
    listen(page)
    record(page, {step.words: SHORT for step in steps} | {steps[0].words: BROKEN})
    begin(page, "/practice/pmr/?size=4")
    leads(page)
    until(page, "said.length > 0")
    assert page.evaluate("said.map((line) => line.text)") == [steps[0].words]


def test_where_nothing_is_recorded_and_no_voice_is_there_the_tone_leads(page: Page) -> None:
    listen(page, NO_DEVICE_VOICE)
    record(page, {})
    begin(page, "/practice/pmr/?size=4")
    until(page, "tones > 0")


def test_a_line_never_runs_into_the_next(page: Page) -> None:
    """However long it is, and however slowly it is to be spoken."""
    listen(page, pace=0.85)
    record(page, {"Breathe in": LONG, "Breathe out, slowly": LONG})
    begin(page, "/practice/breathing/?size=1")
    leads(page)
    sounds = heard(page)
    assert [round(sound["from"], 1) for sound in sounds][:4] == [0, 4, 10, 14]
    assert all(sound["until"] <= due - 0.04 for sound, due in zip(sounds, (4, 10, 14, 20), strict=False))


def test_a_recording_that_is_heard_on_one_side_alone_is_heard(page: Page) -> None:
    """As it was measured when staff brought it."""
    steps = steps_of("pmr")
    listen(page, NO_DEVICE_VOICE)
    record(page, {step.words: SHORT for step in steps})
    one_sided = an_mp3(1.0, channels=2, silent_channel=0)
    page.route(f"**{FILES}{SHORT}-1.mp3", lambda route: route.fulfill(body=one_sided, content_type="audio/mpeg"))
    begin(page, "/practice/pmr/?size=4")
    leads(page)
    first = heard(page)[0]
    assert is_close(first["from"], 0)
    assert 0.8 < first["until"] - first["from"] < 1.2  # and no tone in its place


# --- What it costs -------------------------------------------------------------------------


def test_a_page_without_sound_asks_for_nothing_of_it(page: Page) -> None:
    asked: list[str] = []
    record(page, {}, asked)
    page.goto("/practice/pmr/")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    scripts = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name)")
    assert asked == []
    assert not [name for name in scripts if "voice" in name or "stretch" in name]


def files_of(asked: list[str]) -> list[str]:
    return [path for path in asked if path.startswith(recordings.FILES)]


def test_with_the_voice_on_all_that_is_needed_is_there_before_start(page: Page) -> None:
    asked: list[str] = []
    steps = steps_of("pmr")
    listen(page)
    record(page, {step.words: SHORT for step in steps}, asked)
    page.goto("/practice/pmr/?size=4")
    until(page, "document.querySelector('guide-player').cues.own?.isThere")
    page.wait_for_load_state("networkidle")
    assert len(files_of(asked)) == len({step.words for step in steps})
    begin(page, "/practice/pmr/?size=4")
    leads(page)
    assert page.evaluate("speaker.duration") == sum(step.seconds for step in steps)


def test_who_saves_data_gets_each_line_shortly_before_its_time(page: Page) -> None:
    asked: list[str] = []
    steps = steps_of("pmr")
    listen(page)
    record(page, {step.words: SHORT for step in steps}, asked)
    page.add_init_script(SAVES)
    page.goto("/practice/pmr/?size=4")
    until(page, "document.querySelector('guide-player').cues.own?.isThere")
    page.wait_for_load_state("networkidle")
    assert files_of(asked) == []
    page.get_by_role("button", name="Start", exact=True).click()
    leads(page)
    soon = {step.words for step, at in zip(steps, begins_of(steps), strict=True) if at < 30}
    assert len(files_of(asked)) == len(soon) < len(steps)
    page.evaluate("speaker.currentTime = speaker.duration - 1")
    until(page, "tracks.length > 1 && speaker.currentTime < 20")
    leads(page)
    assert is_close(heard(page)[0]["from"], 0)


# --- The dials -----------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_who_speaks_how_fast_and_how_loud_is_chosen_heard_and_kept(
    page_at: PageAt, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = page_at(width, scheme)
    asked: list[str] = []
    listen(page)
    record(page, {step.words: SHORT for step in steps_of("pmr")}, asked)
    page.goto("/practice/pmr/?size=4")
    page.get_by_text("Sound and start").click()
    page.get_by_label("Who speaks").select_option("Michael, made by a machine")
    page.get_by_label("How fast").select_option("A little slower")
    page.get_by_label("How loud").select_option("Softer")
    until(page, "document.querySelector('guide-player').cues.own.name === 'michael'")
    page.get_by_role("button", name="Hear it").click()
    until(page, "tracks.length === 1")
    assert f"{recordings.FILES}short-michael.mp3" in asked
    sound = heard(page)[0]
    assert sound["until"] - sound["from"] > 0.62
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    kept = page.evaluate("JSON.parse(localStorage.getItem('practice-settings'))")
    assert (kept["speaker"], kept["pace"], kept["loudness"]) == ("michael", "0.85", "0.6")


def test_a_device_without_voices_is_offered_ours_once_the_sound_is_looked_at(page: Page) -> None:
    page.add_init_script(NO_DEVICE_VOICE + recordings.EARS)
    record(page, {step.words: SHORT for step in steps_of("pmr")})
    page.goto("/practice/pmr/?size=4")
    page.get_by_text("Sound and start").click()
    page.get_by_label("A voice").check()
    page.get_by_text("Sound and start").click()
    page.get_by_role("button", name="Start", exact=True).click()
    leads(page)
    assert len(heard(page)) == len(steps_of("pmr"))
    assert page.evaluate("tones") == 0


def test_one_line_that_must_be_said_is_heard_after_the_end(page: Page, watch: Watch) -> None:
    """A pack has to come off while the practice waits, and at its end all else is silent."""
    off = "20 minutes are over. Take the pack off now."
    listen(page, NO_DEVICE_VOICE)
    record(page, {off: SHORT} | {step.words: SHORT for step in steps_of("heat")})
    begin(page, "/practice/heat/?minutes=20")
    leads(page)
    page.evaluate("() => { const { now } = Date; Date.now = () => now() + 1200500; }")
    expect(page.locator("[data-part=cue]")).to_have_text(off)
    until(page, "tracks.length > 1 && speaker.currentTime > 0.2")
    assert len(heard(page)) == 1


def test_the_scripts_of_a_page_that_speaks_are_few_and_small_too(page: Page) -> None:
    steps = steps_of("pmr")
    listen(page)
    record(page, {step.words: SHORT for step in steps})
    begin(page, "/practice/pmr/?size=4")
    leads(page)
    sent = page.evaluate(
        "performance.getEntriesByType('resource').filter((one) => one.name.endsWith('.js')).map((one) =>"
        " [one.name, one.encodedBodySize])"
    )
    print({"scripts": len(sent), "bytes": sum(size for _, size in sent)})  # noqa: T201
    assert sum(size for _, size in sent) <= 20_000
    assert [name for name, _ in sent if "recorded-voice" in name]
