"""The player in a real browser: every guide to its end, in time whatever the timers do, and open in every state."""

import math
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from coaching.models import Practice
from content.core.vocabulary import Size, Skin
from content.core.ways import steps_as
from content.models import Guide
from tests.browser.steps import go_on
from tests.browser.watch import settled
from tests.content.test_guide_files import GUIDES

PageAt = Callable[..., Page]
TOLERANCE = 0.1
"""Seconds by which what is drawn or heard may differ from the time."""

SMALL = 0.52
WELL_DONE = "Well done. Notice how you are now."
SEEN = """() => ({
    now: performance.now() / 1000,
    cue: document.querySelector("guide-player").dataset.cue,
    scale: Number(document.querySelector("[data-part=orb]").style.transform.slice(6, -1)),
})"""
SENT = """() => performance.getEntriesByType("resource").map((one) => (
    { name: one.name, bytes: one.encodedBodySize, blocks: one.renderBlockingStatus === "blocking" }
))"""
HEAR = """() => {
    globalThis.heard = [];
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (when) {
        globalThis.heard.push(performance.now() / 1000 + when - this.context.currentTime);
        return start.call(this, when);
    };
}"""


def start(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    page.clock.fast_forward(1)
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def with_a_clock(page: Page, path: str) -> Page:
    """The page, its time standing still until a test moves it."""
    page.clock.install()
    page.goto(path)
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    return page


def cue(page: Page) -> str:
    return page.locator("[data-part=cue]").inner_text()


def asked(page: Page, when: str) -> list[str]:
    """The names of the taps in one part of the page: each technique asks for what it is judged by."""
    taps = page.locator(f"#{when} input[type=radio][value='3']")
    names: list[str] = taps.evaluate_all("taps => taps.map((tap) => tap.name)")
    return names


def rate(page: Page, name: str, value: int) -> None:
    page.locator(f'input[name="{name}"][value="{value}"]').check()


def save(page: Page) -> None:
    page.clock.resume()
    for name in asked(page, "after"):
        rate(page, name, 3)
    page.get_by_role("button", name="Save this practice").click()
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()


# --- From start to finish ------------------------------------------------------------------


# One guide a skin, of those that are on the shelf.
ONE_A_SKIN = ["breathing", "pmr", "mindfulness", "walking", "imagery", "heat"]
RUN = """async (asked) => {
    const { stepsTimeline, breathTimeline } = await import(document.querySelector('link[href*="timeline"]').href);
    const guides = {};
    for (const [slug, size] of asked) {
        const answer = await fetch(`/practice/${slug}/?size=${size}`);
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const { skin, steps, pattern, words } = JSON.parse(page.querySelector("guide-player script").textContent);
        const line = skin === "breath" ? breathTimeline(pattern, size * 60, words) : stepsTimeline(steps);
        const told = [];
        for (let index = 0; line.startOf(index) < line.total; index += 1) {
            const { words, of } = line.at(line.startOf(index));
            const last = line.at(line.startOf(index) + of - 0.01);
            told.push([words, of, last.words]);
        }
        guides[`${slug} ${size}`] = { total: line.total, told };
    }
    return guides;
}"""


def test_there_is_a_guide_of_every_skin_to_run(library: None, db: None) -> None:
    assert {Guide.objects.get(slug=slug).skin for slug in ONE_A_SKIN} == {
        guide.skin for guide in Guide.objects.filter(slug__in=GUIDES)
    }


def test_every_guide_in_every_size_says_each_step_for_as_long_as_it_lasts(page: Page) -> None:
    """What the player asks at every moment of a run, asked for all runs at once."""
    page.goto("/practice/breathing/")
    runs = page.evaluate(RUN, [[slug, int(size)] for slug in GUIDES for size in Size])
    assert len(runs) == len(GUIDES) * len(Size)
    for guide in Guide.objects.filter(slug__in=GUIDES):
        for size in Size:
            run = runs[f"{guide.slug} {int(size)}"]
            assert run["total"] == int(size) * 60, (guide.slug, size)
            if guide.skin == Skin.BREATH:
                assert {of for _, of, _ in run["told"]} <= {1, 2, 3, 4, 5, 6, 7, 8}, guide.slug
                continue
            steps = [step for step in steps_as(guide.timed_steps, size=size) if step.seconds]
            assert run["told"] == [[step.words, step.seconds, step.words] for step in steps]


@pytest.mark.parametrize("slug", ONE_A_SKIN)
def test_a_guide_runs_from_start_to_finish_and_is_kept(page: Page, slug: str) -> None:
    guide = Guide.objects.get(slug=slug)
    with_a_clock(page, f"/practice/{slug}/?size={Size.TWELVE}")
    start(page)
    run_to_the_end(page, guide, Size.TWELVE)
    expect(page.locator("[data-part=cue]")).to_have_text(WELL_DONE)
    save(page)
    assert (Practice.objects.get().guide, Practice.objects.get().seconds) == (slug, 720)


def run_to_the_end(page: Page, guide: Guide, size: Size) -> None:
    if guide.skin == Skin.BREATH:
        for _minute in range(int(size)):
            page.clock.fast_forward(60_000)
        return
    for step in steps_as(guide.timed_steps, size=size):
        assert cue(page) == step.words
        page.clock.fast_forward(step.seconds * 1000)


def test_back_skip_and_pause_move_through_the_steps(page: Page) -> None:
    with_a_clock(page, "/practice/mindfulness/?size=4")
    start(page)
    first = cue(page)
    page.get_by_role("button", name="Skip").click()
    second = cue(page)
    assert second != first
    page.get_by_role("button", name="Pause").click()
    page.clock.fast_forward(600_000)
    page.get_by_role("button", name="Go on").click()
    page.clock.fast_forward(1)
    assert cue(page) == second
    page.get_by_role("button", name="Back").click()
    assert cue(page) == first


def test_a_breath_goes_a_minute_on_and_back(page: Page) -> None:
    with_a_clock(page, "/practice/breathing/?size=4")
    start(page)
    left = page.locator("[data-part=left]")
    page.get_by_role("button", name="A minute on").click()
    expect(left).to_have_text("3 min left")
    page.get_by_role("button", name="A minute back").click()
    expect(left).to_have_text("4 min left")


def test_a_gentle_stop_at_any_time_counts(page: Page) -> None:
    with_a_clock(page, "/practice/pmr/?size=12")
    start(page)
    page.clock.fast_forward(7_000)
    page.get_by_role("button", name="Stop gently").click()
    save(page)
    assert Practice.objects.get().seconds == 7


def test_a_start_that_waits_waits(page: Page) -> None:
    with_a_clock(page, "/practice/mindfulness/?size=1")
    page.get_by_text("Sound and start").click()
    page.get_by_label("Begin").select_option("10")
    page.get_by_role("button", name="Start", exact=True).click()
    page.clock.fast_forward(9_000)
    assert cue(page) == "It begins in a moment."
    page.clock.fast_forward(1_100)
    assert cue(page) != "It begins in a moment."


# --- In time -------------------------------------------------------------------------------


def scale_at(seconds: float) -> float:
    into = seconds % 10
    if into < 4:
        return SMALL + (1 - SMALL) * (0.5 - math.cos(math.pi * into / 4) / 2)
    return 1 - (1 - SMALL) * (0.5 - math.cos(math.pi * (into - 4) / 6) / 2)


def test_after_ten_minutes_of_throttled_timers_the_breath_is_in_time(page: Page) -> None:
    """Timers that run once a second, then once a minute, then not at all, as behind a locked screen."""
    with_a_clock(page, "/practice/breathing/?size=12")
    start(page)
    began = page.evaluate("performance.now() / 1000")
    for jump in [1_000] * 20 + [60_000] * 5 + [17_300, 1_000, 241_700, 3_210, 14_950, 777]:
        page.clock.fast_forward(jump)
        assert is_in_time(page.evaluate(SEEN), began)
    assert page.evaluate("performance.now() / 1000") - began > 598


def is_in_time(seen: dict[str, Any], began: float) -> bool:
    elapsed = seen["now"] - began
    near = [scale_at(elapsed + TOLERANCE * part / 10) for part in range(-10, 11)]
    cues = {"in" if (elapsed + by) % 10 < 4 else "out" for by in (-TOLERANCE, 0, TOLERANCE)}
    return min(near) - 1e-3 <= seen["scale"] <= max(near) + 1e-3 and seen["cue"] in cues


def test_tones_are_set_ahead_and_stay_in_time_when_the_timers_do_not_run(page: Page) -> None:
    page.add_init_script(f"({HEAR})()")
    with_a_clock(page, "/practice/breathing/?size=12")
    page.get_by_text("Sound and start").click()
    page.get_by_label("A soft tone").check()
    start(page)
    began = page.evaluate("performance.now() / 1000")
    for jump in [250] * 8 + [60_000] * 9 + [1_000]:
        page.clock.fast_forward(jump)
    heard = [round(at - began, 3) for at in page.evaluate("globalThis.heard")]
    expected = [each for breath in range(61) for each in (10.0 * breath, 10.0 * breath + 4)]
    assert len(heard) >= 108
    assert all(abs(at - due) < TOLERANCE for at, due in zip(heard, expected, strict=False))


def test_a_clock_on_the_wall_that_jumps_moves_no_breath(page: Page) -> None:
    with_a_clock(page, "/practice/breathing/?size=4")
    start(page)
    page.clock.fast_forward(4_500)
    page.evaluate("() => { const { now } = Date; Date.now = () => now() - 86400000; }")
    page.clock.fast_forward(1_000)
    expect(page.locator("[data-part=cue]")).to_have_text("Breathe out, slowly")


def test_the_longest_time_of_a_pack_runs_on_through_a_pause(page: Page) -> None:
    with_a_clock(page, "/practice/heat/?minutes=20")
    start(page)
    page.clock.fast_forward(60_000)
    page.get_by_role("button", name="Pause").click()
    page.clock.fast_forward(1_141_000)
    expect(page.locator("[data-part=cue]")).to_have_text("20 minutes are over. Take the pack off now.")
    expect(page.get_by_role("button", name="Go on")).to_be_hidden()


# --- What may be switched ------------------------------------------------------------------


def test_switches_are_remembered_on_this_device(page: Page) -> None:
    page.goto("/practice/pmr/")
    page.get_by_text("Sound and start").click()
    page.get_by_role("button", name="Set it for closed eyes").click()
    page.get_by_label("A bell").select_option("5")
    page.goto("/practice/breathing/")
    page.get_by_text("Sound and start").click()
    expect(page.get_by_label("A soft tone")).to_be_checked()
    expect(page.get_by_label("Pictures and movement")).not_to_be_checked()
    expect(page.get_by_label("A bell")).to_have_value("5")
    expect(page.locator(".orb")).to_be_hidden()


def test_a_dial_of_the_breath_acts_at_once_and_may_be_kept_under_a_name(page: Page) -> None:
    with_a_clock(page, "/practice/breathing/?size=4")
    page.get_by_text("Set the seconds yourself").click()
    page.get_by_label("In, seconds").select_option("6")
    start(page)
    page.clock.fast_forward(5_500)
    assert cue(page) == "Breathe in"
    page.clock.resume()
    page.get_by_role("button", name="Stop gently").click()
    page.get_by_text("Keep this pattern under a name").click()
    page.get_by_label("Name").fill("Long and slow")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("link", name="Long and slow: 6 · 6")).to_have_attribute("aria-current", "true")


def test_a_sore_part_is_passed_by_at_once_and_goes_along_to_another_length(page: Page) -> None:
    with_a_clock(page, "/practice/pmr/?size=4")
    page.get_by_text("Is a part sore today?").click()
    page.get_by_label("Hands").check()
    expect(page.get_by_text("Make a soft fist")).to_be_hidden()
    start(page)
    page.clock.fast_forward(20_500)
    assert cue(page) == "Lift your shoulders a little towards your ears."
    page.clock.resume()
    page.get_by_role("button", name="Stop gently").click()
    page.get_by_role("link", name="12 minutes").click()
    page.wait_for_url("**/practice/pmr/?size=12")
    expect(page.get_by_label("Hands")).to_be_checked()
    expect(page.get_by_text("Make a soft fist")).to_have_count(0)


@pytest.mark.parametrize("seconds", [[0, 5, 0, 5], [0, 0], []])
def test_a_guide_with_steps_of_no_length_breaks_nothing(page: Page, seconds: list[int]) -> None:
    steps = [
        {"words": f"Step {place}.", "seconds": long, "cue": "rest", "part": "", "sizes": ["1", "4", "12"]}
        for place, long in enumerate(seconds)
    ]
    Guide.objects.filter(slug="mindfulness").update(steps=steps)
    with_a_clock(page, "/practice/mindfulness/?size=1")
    page.get_by_role("button", name="Start", exact=True).click()
    for _time in range(len(seconds) + 1):
        page.clock.fast_forward(5_001)
    expect(page.locator("[data-part=cue]")).to_have_text(WELL_DONE)


# --- Open to everyone ----------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_flare_mode_is_open_to_everyone_and_led_by_sound(
    page_at: PageAt, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = page_at(width, scheme)
    page.goto("/help-now/")
    go_on(page, "Turn flare mode on")
    axe(settled(page))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Breathe with me").click()
    expect(page.locator("[data-part=cue]")).to_have_text("Breathe in")
    expect(page.locator("[data-set=tone]")).to_be_checked()
    axe(settled(page))
    page.goto("/lessons/")
    go_on(page, "Leave flare mode")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Three things. Pick one.")
    page.goto("/practice/breathing/")
    expect(page.locator("[data-set=tone]")).not_to_be_checked()


# --- Without scripts -----------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["breathing", "pmr"])
def test_a_guide_can_be_read_and_rated_without_scripts(no_js_page: Page, slug: str) -> None:
    """A breath and steps; all guides go the same way in tests/coaching/test_without_scripts.py."""
    page = no_js_page
    page.goto(f"/practice/{slug}/?size=1")
    for step in steps_as(Guide.objects.get(slug=slug).timed_steps, size=Size.ONE):
        expect(page.locator("main")).to_contain_text(step.words)
    before, after = asked(page, "before"), asked(page, "after")
    for name in (*before, *after):
        rate(page, name, 2 if name in before else 3)
    page.get_by_role("button", name="Save this practice").click()
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()
    kept = Practice.objects.get()
    assert before
    assert [getattr(kept, name) for name in (*before, *after)] == [2] * len(before) + [3] * len(after)


def test_choices_work_without_scripts(no_js_page: Page) -> None:
    page = no_js_page
    page.goto("/practice/imagery/?size=4")
    page.get_by_role("link", name="A shore").click()
    page.get_by_role("link", name="Eyes closed").click()
    expect(page.locator("main")).to_contain_text("Smell the salt")
    expect(page.locator("main")).to_contain_text("Let your eyes close.")
    page.goto("/practice/pmr/?size=4")
    page.get_by_text("Is a part sore today?").click()
    page.get_by_label("Hands").check()
    page.get_by_role("button", name="Leave these out").click()
    expect(page.get_by_text("Make a soft fist")).to_have_count(0)
    page.get_by_role("button", name="12 minutes").click()
    expect(page.get_by_text("Make a soft fist")).to_have_count(0)


def test_a_breath_of_ones_own_is_paced_without_scripts(no_js_page: Page) -> None:
    page = no_js_page
    page.goto("/practice/breathing/")
    page.get_by_text("Set the seconds yourself").click()
    page.get_by_label("In, seconds").select_option("5")
    page.get_by_label("Out, seconds").select_option("7")
    page.get_by_role("button", name="Use this pattern").click()
    page.get_by_role("link", name="Start", exact=True).click()
    expect(page.locator(".css-cue")).to_contain_text("In for 5")
    drawn = page.locator(".orb .group").evaluate("it => getComputedStyle(it).animation")
    assert "breathe-own" in drawn
    assert "12s" in drawn


def test_flare_mode_works_without_scripts(no_js_page: Page) -> None:
    page = no_js_page
    page.goto("/help-now/")
    page.get_by_role("button", name="Turn flare mode on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Three things. Pick one.")
    page.get_by_role("link", name="Talk to somebody").click()
    page.get_by_label("Show one country first").select_option("GB")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("link", name="116 123").first).to_be_visible()
    page.get_by_role("button", name="Leave flare mode").click()
    expect(page.get_by_role("link", name="Lessons", exact=True)).to_be_visible()


# --- Light ---------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["breathing", "pmr", "heat", "walking"])
def test_the_scripts_and_styles_of_a_player_page_are_small_and_few(page: Page, slug: str) -> None:
    page.goto(f"/practice/{slug}/")
    page.wait_for_load_state("networkidle")
    sent = page.evaluate(SENT)
    scripts = sum(one["bytes"] for one in sent if one["name"].endswith(".js"))
    assert 0 < scripts <= 20_000
    blocking = [one for one in sent if one["blocks"]]
    assert all(one["name"].endswith(".css") for one in blocking)
    assert sum(one["bytes"] for one in blocking) <= 24_000
    assert not [one for one in sent if one["name"].endswith(".wav")], "the silent sound waits for a press"
