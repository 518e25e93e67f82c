"""A practice whose tab was in the background for ten minutes is where its voice is, and so is what it shows.

The clock of an audio element cannot be set, but it can be made to run: at sixteen times its pace ten minutes of a
practice take 38 seconds. What the page would do by its own timers it does no faster meanwhile.
"""

from typing import Any

import pytest
from playwright.sync_api import Page

from content.core.vocabulary import Size
from tests.browser.recordings import SHORT, heard, leads, listen, record, until
from tests.browser.test_recorded_voice import IN_STEP, SAVES, begin, begins_of, steps_of

pytestmark = pytest.mark.long

TEN_MINUTES = 600
AWAY = """
globalThis.isAway = false;
const told = (name, here, away) =>
    Object.defineProperty(Document.prototype, name, { get: () => (globalThis.isAway ? away : here) });
told("hidden", false, true);
told("visibilityState", "visible", "hidden");
const { requestAnimationFrame: frame, setInterval: every, setTimeout: later } = globalThis;
globalThis.requestAnimationFrame = (act) => (globalThis.isAway ? 0 : frame(act));
globalThis.setInterval = (act, wait) => every(() => globalThis.isAway || act(), wait);
globalThis.setTimeout = (act, wait) => later(act, globalThis.isAway ? Math.max(wait ?? 0, 1000) : wait);
"""
"""As a browser treats a tab that nobody sees: no frames, no interval at all, and a timer once a second at most."""

COMES_BACK = """() => {
    globalThis.isAway = false;
    document.dispatchEvent(new Event("visibilitychange"));
    const player = document.querySelector("guide-player");
    const cue = player.querySelector("[data-part=cue]").textContent;
    return { at: player.cues.own.position, second: player.second, cue };
}"""


def go_away(page: Page) -> None:
    page.evaluate("speaker.defaultPlaybackRate = speaker.playbackRate = 16; isAway = true;")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def come_back(page: Page) -> dict[str, Any]:
    told: dict[str, Any] = page.evaluate(COMES_BACK)
    page.evaluate("speaker.defaultPlaybackRate = speaker.playbackRate = 1")
    page.wait_for_timeout(2000)  # until what it had ready for the other pace is played
    return told


def words_at(second: float) -> set[str]:
    """What is said then, and where a line just begins or ends what is said beside it."""
    steps = steps_of("pmr", Size.TWELVE)
    begins = begins_of(steps)
    return {
        step.words
        for step, at in zip(steps, begins, strict=True)
        if at - IN_STEP <= second < at + step.seconds + IN_STEP
    }


@pytest.mark.parametrize("saves", [False, True], ids=["whole", "in pieces"])
def test_after_ten_minutes_in_the_background_it_is_in_step_with_its_voice(page: Page, *, saves: bool) -> None:
    """Where data is saved, some twenty sounds have followed one another meanwhile."""
    listen(page)
    record(page, {step.words: SHORT for step in steps_of("pmr", Size.TWELVE)})
    page.add_init_script(AWAY + (SAVES if saves else ""))
    begin(page, "/practice/pmr/?size=12")
    leads(page)
    go_away(page)
    page.wait_for_timeout(30_000)
    until(page, f"document.querySelector('guide-player').cues.own.position >= {TEN_MINUTES}")
    back = come_back(page)
    print({"saves": saves, "at": back["at"], "apart": abs(back["second"] - back["at"])})  # noqa: T201
    assert abs(back["second"] - back["at"]) <= IN_STEP
    assert back["cue"] in words_at(back["at"])
    assert page.evaluate("tracks.length") == 1 or saves
    assert page.evaluate("said") == []
    first = page.evaluate("({ at: speaker.currentTime, now: performance.now() / 1000 })")
    page.wait_for_timeout(2000)
    then = page.evaluate("({ at: speaker.currentTime, now: performance.now() / 1000 })")
    assert abs((then["at"] - first["at"]) - (then["now"] - first["now"])) <= IN_STEP
    until(page, "drawn.length > 0")
    assert heard(page)
