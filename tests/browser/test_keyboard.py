"""The keyboard alone is enough: one step of the questions, and the player."""

from playwright.sync_api import Page, expect

from tests.browser.offline_steps import wait_for

FOCUS = "document.activeElement"


def tab_to(page: Page, condition: str, *, at_most: int = 60) -> None:
    """Press Tab until the focused element meets the condition, written in the browser's own words."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if page.evaluate(f"(() => {{ const it = {FOCUS}; return {condition}; }})()"):
            return
    raise AssertionError(f"the focus never reached: {condition}")


def has_visible_focus(page: Page) -> bool:
    """The focused element, or the label around it, is drawn with an outline or a ring."""
    return page.evaluate(
        """() => [document.activeElement, document.activeElement.closest("label"),
                  document.activeElement.nextElementSibling].filter(Boolean).some((it) => {
             const drawn = getComputedStyle(it);
             const isOutlined = drawn.outlineStyle !== "none" && parseFloat(drawn.outlineWidth) >= 2;
             return isOutlined || drawn.boxShadow !== "none";
           })"""
    )


def test_a_step_of_the_questions_by_keyboard_alone(page: Page) -> None:
    page.goto("/intake/goal/")
    page.keyboard.press("Tab")
    assert page.evaluate(f"{FOCUS}.className") == "skip"
    page.keyboard.press("Enter")
    tab_to(page, 'it.name === "adult"')
    assert has_visible_focus(page)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("group", name="Are you 18").get_by_label("Yes", exact=True)).to_be_checked()
    tab_to(page, 'it.name === "goal"')
    page.keyboard.type("Walk to choir")
    tab_to(page, 'it.name === "values"')
    page.keyboard.press("Space")
    assert has_visible_focus(page)
    tab_to(page, 'it.textContent.trim() === "Next"')
    assert has_visible_focus(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/intake/below-the-waist/*")


def test_a_refused_step_leads_the_keyboard_to_the_error(page: Page) -> None:
    page.goto("/intake/goal/")
    tab_to(page, 'it.textContent.trim() === "Next"')
    page.keyboard.press("Enter")
    page.locator("#error-summary").wait_for()
    tab_to(page, 'it.closest("#error-summary") && it.tagName === "A"')
    page.keyboard.press("Enter")
    wait_for(page, lambda: page.evaluate(f"{FOCUS}.name") == "adult")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("group", name="Are you 18").get_by_role("radio", checked=True)).to_be_focused()


def test_the_player_by_keyboard_alone(page: Page) -> None:
    page.goto("/practice/breathing/")
    cue = page.locator("[data-part=cue]")
    tab_to(page, 'it.dataset.do === "start"')
    assert has_visible_focus(page)
    page.keyboard.press("Enter")
    expect(cue).to_have_text("Breathe in")
    assert page.evaluate(f"{FOCUS}.dataset.do") == "pause"
    page.keyboard.press("Space")
    expect(cue).to_have_text("Paused. Take your time.")
    page.keyboard.press("Space")
    expect(cue).to_have_text("Breathe in")
    page.keyboard.press("Escape")
    expect(cue).to_have_text("Well done. Notice how you are now.")
    assert page.evaluate(f"{FOCUS}.name") == "tension_after"
    assert page.evaluate(f"{FOCUS}.type") == "radio"
    page.keyboard.press("Space")
    tab_to(page, 'it.textContent.trim() === "Save this practice"')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()


def test_steps_of_a_guide_go_back_and_on_by_keyboard(page: Page) -> None:
    page.goto("/practice/pmr/?size=1")
    tab_to(page, 'it.dataset.do === "start"')
    page.keyboard.press("Enter")
    current = page.locator('[data-part=steps] > li[aria-current="step"]')
    expect(current).to_have_count(1)
    first = current.inner_text()
    tab_to(page, 'it.dataset.do === "skip"')
    page.keyboard.press("Enter")
    expect(current).not_to_have_text(first)
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(current).to_have_text(first.replace("\n", " "))


def test_with_reduced_motion_the_breath_stands_still_and_counts(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto("/practice/breathing/")
    page.get_by_role("button", name="Start", exact=True).click()
    orb, count = page.locator("[data-part=orb]"), page.locator("[data-part=count]")
    expect(count).not_to_be_empty()
    before, told = orb.evaluate("it => it.style.transform"), count.inner_text()
    expect(count).not_to_have_text(told)
    assert orb.evaluate("it => it.style.transform") == before


def test_help_now_breathes_from_the_first_moment_without_scripts(no_js_page: Page) -> None:
    no_js_page.goto("/help-now/")
    expect(no_js_page.locator(".css-cue")).to_be_visible()
    running = "it => it.getAnimations({subtree: true}).length > 0"
    assert no_js_page.locator("guide-player").evaluate(running)
