"""The tools in a real browser: without scripts, from the keyboard, on a small phone, and for everyone."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Dialog, Page, expect

from coaching.core.tools.kinds.catalogue import TOOL
from tests.browser.checker import finds_nothing_by_day_or_night
from tests.browser.watch import settled, widen
from tests.coaching.tool_makers import FILLED, TOLD

every_tool = pytest.mark.parametrize("slug", list(TOOL))
# One template draws all tools. These three hold every kind of part of it: folded ones, lists of lines, scales, choices,
# days and times. They are looked at in every width and by night; the others, where only words differ, once.
EVERY_KIND = ("flare-plan", "sleep-diary", "ladder")
WIDTHS = (320, 390, 1280)
PageAt = Callable[..., Page]


def open_all(page: Page) -> None:
    """Every folded part is opened, as a person would."""
    for summary in page.locator("details:not([open]) > summary").all()[::-1]:
        summary.click()


def fill_in(page: Page, slug: str) -> None:
    for name, value in FILLED[slug].items():
        field = page.locator(f'main [name="{name}"]')
        kind = field.first.get_attribute("type")
        if kind == "hidden":
            continue
        if kind in ("radio", "checkbox"):
            values = value if isinstance(value, list) else [value]
            for each in values:
                page.locator(f'main [name="{name}"][value="{each}"]').check(force=True)
        elif field.evaluate("element => element.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def save(page: Page) -> None:
    """And be on the page that answers: whoever leaves at once may break it off."""
    with page.expect_navigation():
        page.locator(".save-row").get_by_role("button", name="Save").click()


def fits(page: Page, width: int) -> Page:
    widen(page, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    return page


def test_a_tool_is_usable_without_scripts(no_js_page: Page) -> None:
    """The one with the most kinds of parts; all of them go the same way in tests/coaching/test_without_scripts.py."""
    page = no_js_page
    page.goto("/tools/sleep-diary/new/?full")
    fill_in(page, "sleep-diary")
    save(page)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    expect(page.locator("main")).to_contain_text(TOLD["sleep-diary"])
    page.get_by_role("link", name="Delete it").click()
    page.get_by_role("button", name="Yes, delete it").click()
    expect(page.get_by_role("status").filter(has_text="Deleted")).to_be_visible()


@every_tool
def test_every_part_of_a_tool_is_open_to_everyone(page_at: PageAt, axe: Callable[[Page], None], slug: str) -> None:
    page = page_at(reduced_motion="reduce")
    page.goto(f"/tools/{slug}/new/?full")
    open_all(page)
    for width in WIDTHS:
        fits(page, width)
        if slug in EVERY_KIND:
            finds_nothing_by_day_or_night(page)
    axe(settled(widen(page, 390)))


@pytest.mark.parametrize("slug", EVERY_KIND)
def test_the_first_page_of_a_tool_is_open_to_everyone(page_at: PageAt, axe: Callable[[Page], None], slug: str) -> None:
    page = page_at(reduced_motion="reduce")
    page.goto(f"/tools/{slug}/")
    for width in WIDTHS:
        axe(settled(fits(page, width)))


@every_tool
def test_an_entry_and_its_paper_are_open_to_everyone(phone: Page, axe: Callable[[Page], None], slug: str) -> None:
    phone.goto(f"/tools/{slug}/new/?full")
    fill_in(phone, slug)
    save(phone)
    expect(phone.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    address = urlsplit(phone.url).path
    for more in ("", "edit/", "print/", "delete/"):
        phone.goto(f"{address}{more}")
        fits(phone, 390)
        if slug in EVERY_KIND or not more:
            axe(settled(phone))


def test_a_refused_page_is_open_to_everyone_and_leads_to_what_is_wrong(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/tools/thought-record/new/?full")
    page.get_by_label("What went through your mind?").fill("I want to die")
    page.get_by_label("How much do you believe it right now?").fill("400")
    save(page)
    expect(page.get_by_text("You do not have to carry this alone")).to_be_visible()
    axe(settled(page))
    page.get_by_role("alert").get_by_role("link").first.click()
    expect(page.get_by_label("How much do you believe it right now?")).to_be_focused()


def test_the_enter_key_saves(page: Page) -> None:
    page.goto("/tools/ladder/new/")
    page.get_by_label("I want to be able to").fill("Kneel on the floor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Kneel on the floor")).to_be_visible()


def test_a_keyboard_goes_on_in_the_new_line(page: Page) -> None:
    page.goto("/tools/flare-plan/new/")
    page.get_by_role("button", name="Add another thing").click()
    expect(page.get_by_label("I will").nth(3)).to_be_focused()


def test_a_sleep_diary_draws_its_nights(page: Page, axe: Callable[[Page], None]) -> None:
    for day in (1, 2, 3):
        page.goto("/tools/sleep-diary/new/?full")
        page.get_by_label("The day you got up").fill(f"2026-03-0{day}")
        page.get_by_label("The time you want to get up").fill("07:00")
        page.get_by_label("When did you get up?").fill(f"07:{day}5")
        page.get_by_label("When did you turn out the light?").fill("23:00")
        save(page)
    page.goto("/tools/sleep-diary/")
    expect(page.get_by_role("img", name=re.compile("Your nights"))).to_be_visible()
    assert page.locator(".nights .up").count() == 3
    open_all(page)
    axe(settled(page))


def test_leaving_with_unsaved_words_asks_first(page: Page) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto("/tools/writing/new/")
    page.get_by_label("Write as it comes").fill("Not saved yet")
    page.get_by_role("link", name="Tips", exact=True).click()
    page.wait_for_url("**/tips/")
    assert asked == ["beforeunload"]


def test_saving_or_adding_a_line_asks_nothing(page: Page) -> None:
    asked: list[Dialog] = []
    page.on("dialog", lambda dialog: asked.append(dialog))
    page.goto("/tools/flare-plan/new/")
    page.get_by_label("Dear me,").fill("You have had four of these.")
    page.get_by_role("button", name="Add another thing").click()
    save(page)
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    assert asked == []


def test_a_text_export_arrives_as_a_file(page: Page) -> None:
    page.goto("/tools/writing/new/")
    page.get_by_label("Write as it comes").fill("Words to take along")
    save(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="as text").click()
    assert waiting.value.suggested_filename.startswith("unloop-writing-")
    assert "Words to take along" in Path(waiting.value.path()).read_text(encoding="utf-8")
