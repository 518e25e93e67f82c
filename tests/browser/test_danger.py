"""Each level of danger as a person meets it, and the way back."""

import re

import pytest
from playwright.sync_api import Page, expect

from content.models import DangerSign
from tests.browser.steps import answer_step, go_on, have_a_plan, open_safety, tap

TODAY, SINCE = "you today", "And do any"


def tick(page: Page, sign: str) -> None:
    """Answer the safety step with one sign ticked."""
    row = DangerSign.objects.get(slug=sign)
    where, other = (TODAY, SINCE) if row.step == "safety_now" else (SINCE, TODAY)
    tap(page, where, [row.question])
    tap(page, other, ["None of these"])
    tap(page, "ending your life", "No")
    go_on(page)


def test_now_shows_whom_to_call_and_hides_the_plan_until_asked_anew(page: Page) -> None:
    have_a_plan(page)
    page.goto("/intake/safety/")
    tick(page, "chest_pain")
    expect(page.get_by_role("heading", name="Please call now.")).to_be_visible()
    expect(page.get_by_text("Call your local emergency number.", exact=True)).to_be_visible()
    for path in ("/recommendations/", "/plan/", "/intake/pain/"):
        page.goto(path)
        expect(page).to_have_url(re.compile("/help-now/emergency/$"))
    page.goto("/practice/breathing/")
    expect(page.get_by_role("heading", name="Not for you right now")).to_be_visible()
    page.goto("/help-now/emergency/")
    page.get_by_role("link", name="Answer the safety questions again").click()
    page.get_by_role("group", name="you today").get_by_role("checkbox", checked=True).first.uncheck()
    answer_step(page)
    page.wait_for_url("**/recommendations/")
    expect(page.locator("article.pick").first).to_be_visible()


def test_the_back_button_after_now_does_not_bring_the_plan_back(page: Page) -> None:
    have_a_plan(page)
    page.goto("/recommendations/")
    page.goto("/intake/safety/")
    tick(page, "chest_pain")
    expect(page.get_by_role("heading", name="Please call now.")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", name="Please call now.")).to_be_visible()
    expect(page.locator("article.pick")).to_have_count(0)


def test_a_second_tab_cannot_take_now_back(page: Page) -> None:
    open_safety(page)
    other = page.context.new_page()
    other.goto("/intake/safety/")
    tick(page, "chest_pain")
    answer_step(other)
    expect(other.get_by_role("heading", name="Please call now.")).to_be_visible()


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
    page.goto("/intake/safety/")
    tick(page, sign)
    page.wait_for_url("**/recommendations/")
    expect(page.get_by_role("heading", name=says)).to_be_visible()
    moving = page.locator("article.pick .family.moving, article.pick .family.easing")
    expect(moving).to_have_count(1 if sign == "morning_stiffness" else 0)


def test_a_yes_on_self_harm_leads_to_help_without_scripts_too(no_js_page: Page) -> None:
    page = no_js_page
    open_safety(page)
    answer_step(page, **{"ending your life": "Yes"})
    expect(page.get_by_role("heading", name="You deserve support right now")).to_be_visible()
    page.get_by_label("Show one country first").select_option("United Kingdom")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("116 123").first).to_be_visible()
    page.goto("/intake/")
    page.get_by_role("link", name="Go on where I was").click()
    page.wait_for_url("**/intake/pain/")
