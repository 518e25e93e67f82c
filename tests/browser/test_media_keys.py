"""The buttons of a headset, a lock screen or a watch lead the player."""

from playwright.sync_api import Page, expect

KEYS = """
globalThis.keys = {};
const { setActionHandler } = MediaSession.prototype;
MediaSession.prototype.setActionHandler = function (action, act) {
    globalThis.keys[action] = act;
    return setActionHandler.call(this, action, act);
};
"""
CUE = "[data-part=cue]"


def a_running_practice(page: Page) -> None:
    page.add_init_script(KEYS)
    page.goto("/practice/pmr/?size=4")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator(CUE)).to_contain_text("Sit or lie")


def press(page: Page, key: str) -> None:
    page.evaluate("key => globalThis.keys[key]?.({ action: key })", key)


def says(page: Page) -> dict[str, str]:
    told: dict[str, str] = page.evaluate(
        "() => ({ state: navigator.mediaSession.playbackState, title: navigator.mediaSession.metadata?.title ?? '' })"
    )
    return told


def test_they_know_what_runs_and_whether_it_does(page: Page) -> None:
    a_running_practice(page)
    assert says(page) == {"state": "playing", "title": page.title()}
    press(page, "pause")
    assert says(page)["state"] == "paused"


def test_they_pause_and_go_on(page: Page) -> None:
    a_running_practice(page)
    press(page, "pause")
    expect(page.locator(CUE)).to_have_text("Paused. Take your time.")
    press(page, "pause")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    press(page, "play")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.locator(CUE)).to_contain_text("Sit or lie")


def test_they_lead_a_step_on_and_a_step_back(page: Page) -> None:
    a_running_practice(page)
    press(page, "nexttrack")
    expect(page.locator("[aria-current=step]")).to_contain_text("We use a third of your strength")
    expect(page.locator(CUE)).to_contain_text("We use a third of your strength")
    press(page, "previoustrack")
    expect(page.locator(CUE)).to_contain_text("Sit or lie")


def test_they_seek_a_step_and_a_second(page: Page) -> None:
    a_running_practice(page)
    press(page, "seekforward")
    expect(page.locator(CUE)).to_contain_text("We use a third of your strength")
    press(page, "seekbackward")
    expect(page.locator(CUE)).to_contain_text("Sit or lie")
    page.evaluate("globalThis.keys.seekto({ action: 'seekto', seekTime: 22 })")
    expect(page.locator(CUE)).to_contain_text("Make a soft fist")


def test_they_end_it_and_then_lead_nothing(page: Page) -> None:
    a_running_practice(page)
    press(page, "stop")
    expect(page.get_by_role("heading", name="And now?")).to_be_visible()
    assert says(page) == {"state": "none", "title": ""}
    seconds = page.locator("[name=seconds]").input_value()
    for key in ("play", "pause", "nexttrack", "stop"):
        press(page, key)
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    assert page.locator("[name=seconds]").input_value() == seconds
    assert page.evaluate("Object.values(globalThis.keys).filter(Boolean).length") == 0
