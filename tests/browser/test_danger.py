"""The danger signs on a phone, with scripts and without; each level as a person meets it, and the way back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from coaching.core.intake.questionnaires import STEP
from coaching.core.intake.signs import group_of
from content.models import DangerSign
from tests.browser.steps import answer_danger, answer_step, go_on, have_a_plan, open_safety

PageAt = Callable[..., Page]
SCREENS = [step.slug for step in STEP.values() if step.is_safety]
HEALTH = [step.slug for step in STEP.values() if step.chapter == "health"]
TALLEST = 900
"""Pixels of a whole screen of danger, header and all, at 390 px."""

HEIGHT = "document.fonts.ready.then(() => document.documentElement.scrollHeight)"
CALL = "Please call now."


def screen_of(sign: str) -> str:
    return next(slug for slug in SCREENS if STEP[slug].items[0].id == group_of(sign))


def tick(page: Page, sign: str) -> None:
    """Tick one sign on its screen, and be where that leads."""
    page.goto(f"/intake/{screen_of(sign)}/")
    row = DangerSign.objects.get(slug=sign)
    with page.expect_navigation():
        page.get_by_label(row.question, exact=True).click()
        if row.level != "now":
            page.get_by_role("button", name="Next").click()


def is_emergency(page: Page) -> None:
    expect(page.get_by_role("heading", name=CALL)).to_be_visible()


def test_every_screen_of_danger_is_short_and_open_to_everyone(page_at: PageAt, axe: Callable[[Page], None]) -> None:
    page = page_at(390, "light")
    tall = {}
    for slug in SCREENS:
        page.goto(f"/intake/{slug}/")
        tall[slug] = page.evaluate(HEIGHT)
        axe(page)
    assert {slug: height for slug, height in tall.items() if height > TALLEST} == {}


def test_a_well_person_is_through_in_six_taps(page_at: PageAt) -> None:
    page = page_at(390, "light")
    page.goto("/intake/safety/")
    for place, _slug in enumerate(SCREENS, start=1):
        expect(page.get_by_text(f"Step {place + 1} of 17.")).to_be_visible()
        go_on(page, "No" if place == len(SCREENS) else "None of these")
    page.wait_for_url("**/intake/pain/")
    assert len(SCREENS) == 6


def test_one_button_at_a_time_stands_there_as_the_ticks_have_it(page_at: PageAt) -> None:
    page = page_at(390, "light")
    page.goto("/intake/how-the-pain-is/")
    none, following = page.get_by_role("button", name="None of these"), page.get_by_role("button", name="Next")
    expect(following).to_be_hidden()
    page.get_by_role("checkbox").first.check()
    expect(none).to_be_hidden()
    expect(following).to_be_visible()
    page.get_by_role("checkbox").first.uncheck()
    expect(none).to_be_visible()


def test_a_tick_that_needs_care_now_acts_at_once(page_at: PageAt) -> None:
    page = page_at(390, "light")
    page.goto("/intake/chest-and-tummy/")
    with page.expect_navigation():
        page.get_by_label("Sudden tearing pain", exact=False).click()
    is_emergency(page)


def test_without_scripts_the_same_tick_acts_with_next(no_js_page: Page) -> None:
    page = no_js_page
    page.goto("/intake/chest-and-tummy/")
    page.get_by_label("Sudden tearing pain", exact=False).check()
    go_on(page)
    is_emergency(page)
    page.get_by_role("link", name="Answer the safety questions again").click()
    page.wait_for_url("**/intake/chest-and-tummy/")
    page.get_by_role("checkbox", checked=True).uncheck()
    go_on(page, "None of these")
    page.wait_for_url("**/intake/feeling-ill/")


def test_without_scripts_a_group_goes_back_and_keeps_what_was_ticked(no_js_page: Page) -> None:
    page = no_js_page
    page.goto("/intake/how-the-pain-is/")
    page.get_by_role("checkbox").nth(1).check()
    go_on(page)
    page.wait_for_url("**/intake/one-direct-question/")
    page.get_by_role("button", name="Back", exact=True).click()
    page.wait_for_url("**/intake/how-the-pain-is/")
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(1)
    page.goto("/intake/safety/")
    page.wait_for_url("**/intake/below-the-waist/")


@pytest.mark.parametrize("slug", HEALTH)
def test_health_is_asked_in_groups_with_one_button_for_none(page_at: PageAt, slug: str) -> None:
    page = page_at(390, "light")
    page.goto(f"/intake/{slug}/")
    expect(page.get_by_role("button", name="Prefer not to say")).to_be_visible()
    go_on(page, "None of these")
    expect(page).not_to_have_url(re.compile(slug))


def test_now_shows_whom_to_call_and_hides_the_plan_until_asked_anew(page: Page) -> None:
    have_a_plan(page)
    tick(page, "chest_pain")
    is_emergency(page)
    expect(page.get_by_text("Call your local emergency number.", exact=True)).to_be_visible()
    for path in ("/recommendations/", "/plan/", "/intake/pain/"):
        page.goto(path)
        expect(page).to_have_url(re.compile("/help-now/emergency/$"))
    page.goto("/practice/breathing/")
    expect(page.get_by_role("heading", name="Not for you right now")).to_be_visible()
    page.goto("/help-now/emergency/")
    page.get_by_role("link", name="Answer the safety questions again").click()
    page.get_by_role("checkbox", checked=True).first.uncheck()
    answer_danger(page)
    page.wait_for_url("**/recommendations/")
    expect(page.locator("article.pick").first).to_be_visible()


def test_the_back_button_after_now_does_not_bring_the_plan_back(page: Page) -> None:
    have_a_plan(page)
    page.goto("/recommendations/")
    tick(page, "chest_pain")
    is_emergency(page)
    page.go_back()
    page.go_back()
    is_emergency(page)
    expect(page.locator("article.pick")).to_have_count(0)


def test_a_second_tab_cannot_take_now_back(page: Page) -> None:
    open_safety(page)
    other = page.context.new_page()
    other.goto("/intake/chest-and-tummy/")
    tick(page, "chest_pain")
    answer_step(other)
    is_emergency(other)


@pytest.mark.parametrize(
    ("sign", "says"),
    [
        ("fever", "Be seen by a doctor today"),
        ("night_pain", "See a doctor within days"),
        ("morning_stiffness", "Mention this to a doctor"),
    ],
    ids=["today", "soon", "visit"],
)
def test_a_lesser_sign_says_when_to_be_seen(page: Page, sign: str, says: str) -> None:
    have_a_plan(page)
    tick(page, sign)
    for slug in SCREENS:
        if slug not in (screen_of(sign), SCREENS[-1]):
            page.goto(f"/intake/{slug}/")
            go_on(page, "None of these")
    go_on(page, "No")
    page.wait_for_url("**/recommendations/")
    expect(page.get_by_role("region", name=says)).to_be_visible()
    moving = page.locator("article.pick .family.moving, article.pick .family.easing")
    expect(moving).to_have_count(1 if sign == "morning_stiffness" else 0)


def test_a_yes_on_self_harm_leads_to_help_without_scripts_too(no_js_page: Page) -> None:
    page = no_js_page
    open_safety(page)
    answer_danger(page, "Yes")
    expect(page.get_by_role("heading", name="You deserve support right now")).to_be_visible()
    page.get_by_label("Show one country first").select_option("United Kingdom")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("116 123").first).to_be_visible()
    page.goto("/intake/")
    page.get_by_role("link", name="Go on where I was").click()
    page.wait_for_url("**/intake/pain/")
