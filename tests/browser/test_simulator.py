"""Staff try a change to the rules on made-up answers, and see what it would do before anything is saved."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from content.models import Caution
from tests.browser.checker import finds_nothing
from tests.browser.steps import be_logged_in
from tests.browser.watch import settled
from tests.content.makers import a_writer


def open_simulator(page_at: Callable[..., Page]) -> Page:
    page = page_at(1280)
    be_logged_in(page, a_writer())
    page.goto("/admin/simulator/")
    return page


def test_a_caution_is_tried_on_answers_and_on_the_standard_cases_without_being_saved(
    page_at: Callable[..., Page],
) -> None:
    before = Caution.objects.count()
    page = open_simulator(page_at)
    first = page.locator("#before").get_by_role("heading", level=3).first.inner_text()
    page.select_option("#id_caution_technique", label=first)
    page.select_option("#id_caution_condition", "anyone")
    page.select_option("#id_caution_action", "exclude")
    page.get_by_role("button", name="Show the recommendation").click()

    expect(page.locator("#before").get_by_role("heading", name=first, exact=True)).to_be_visible()
    expect(page.locator("#after").get_by_role("heading", name=first, exact=True)).to_have_count(0)
    expect(page.locator("#after").get_by_role("heading", level=3).first).to_be_visible()
    expect(page.locator("#case-count")).to_contain_text(re.compile(r"[1-9]\d* of \d+ standard cases"))
    assert Caution.objects.count() == before


def test_the_answers_on_the_left_change_the_plan_on_the_right(page_at: Callable[..., Page]) -> None:
    page = open_simulator(page_at)
    page.select_option("#id_safety_now", "chest_pain")
    page.get_by_role("button", name="Show the recommendation").click()
    expect(page.get_by_text("No plan: emergency.")).to_be_visible()
    expect(page.get_by_text("Danger sign: Call now")).to_be_visible()


def test_the_simulator_is_open_to_everyone_of_the_staff(page_at: Callable[..., Page]) -> None:
    finds_nothing(settled(open_simulator(page_at)), within="#content-main")


def test_the_pages_of_our_own_among_those_of_staff_fit_a_phone(page_at: Callable[..., Page]) -> None:
    page = page_at(390)
    be_logged_in(page, a_writer())
    for path in ("/admin/simulator/", "/admin/library-pack/"):
        page.goto(path)
        assert settled(page).evaluate("document.documentElement.scrollWidth") <= 390, path
