"""Words that were typed and not saved: kept locked on the device, offered back, and erased when they should be."""

from contextlib import suppress

import pytest
from playwright.sync_api import BrowserContext, Error, Locator, Page, Route, expect

from content.models import Lesson
from tests.accounts.people import make_user
from tests.browser.checker import finds_nothing
from tests.browser.conftest import PageAt
from tests.browser.steps import be_logged_in
from tests.content.makers import a_writer

ADDRESS = "/tools/worry-time/new/"
LONGER_THAN_A_DRAFT_TAKES = 1000
"""Milliseconds: a draft is kept a quarter of a second after a letter."""
WORDS = "The scan on Tuesday, and what they will say. " * 9
ON_THE_DEVICE = """
async () => (await unsent.notes("draft:")).map((row) => JSON.stringify({
    ...row, iv: "", sealed: new TextDecoder("latin1").decode(row.sealed),
}))
"""


def first_text(page: Page) -> Locator:
    return page.locator(".tool-form textarea, .tool-form input[type=text]").first


def drafts(page: Page, count: int) -> list[str]:
    """What is kept, once it is as many as it should be."""
    rows: list[str] = []
    for _ in range(100):
        with suppress(Error):  # a page that is just going to another one answers no question
            rows = page.evaluate(ON_THE_DEVICE) if page.evaluate("'unsent' in globalThis") else []
            if len(rows) == count:
                return rows
        page.wait_for_timeout(100)
    raise AssertionError(rows)


def looks_away(page: Page) -> None:
    """As one does to another tab: this one is hidden, and keeps what it has not kept yet."""
    page.evaluate(
        """() => {
            Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
            document.dispatchEvent(new Event("visibilitychange"));
        }"""
    )


def write_and_lose_the_tab(page: Page) -> Page:
    """As a phone does that needs the room: the page is gone without a question, and is opened anew."""
    page.goto(ADDRESS)
    first_text(page).fill(WORDS)
    [row] = drafts(page, 1)
    assert "scan" not in row and "worry" not in row
    context: BrowserContext = page.context
    page.close()
    again = context.new_page()
    again.goto(ADDRESS)
    return again


def test_words_of_a_tab_that_was_closed_are_offered_brought_back_and_erased_once_saved(page_at: PageAt) -> None:
    page = write_and_lose_the_tab(page_at(390))
    expect(page.get_by_text("You wrote here before")).to_be_visible()
    finds_nothing(page)
    assert first_text(page).input_value() == ""

    page.get_by_role("button", name="Bring it back").click()
    expect(first_text(page)).to_have_value(WORDS)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.wait_for_url(lambda url: not url.endswith("/new/"))
    expect(page.get_by_text("The scan on Tuesday").first).to_be_visible()

    assert drafts(page, 0) == []
    page.goto(ADDRESS)
    expect(page.get_by_text("You wrote here before")).to_be_hidden()


def test_words_that_are_refused_are_erased(page_at: PageAt) -> None:
    page = write_and_lose_the_tab(page_at(390))
    page.get_by_role("button", name="Erase it").click()

    assert drafts(page, 0) == []
    expect(page.get_by_text("You wrote here before")).to_be_hidden()
    expect(first_text(page)).to_be_focused()


def test_what_was_typed_meanwhile_and_what_was_kept_are_both_there(page_at: PageAt) -> None:
    page = write_and_lose_the_tab(page_at(390))
    first_text(page).fill("Something new")
    drafts(page, 2)
    page.get_by_role("button", name="Bring it back").click()

    expect(first_text(page)).to_have_value(WORDS)
    page.get_by_role("button", name="Bring it back").click()
    expect(first_text(page)).to_have_value("Something new")


def test_a_form_that_comes_back_with_a_question_keeps_its_draft_and_offers_nothing(page_at: PageAt) -> None:
    page = page_at(390)
    page.goto(ADDRESS)
    first_text(page).fill("z" * (int(first_text(page).get_attribute("data-most") or 0) + 1))
    drafts(page, 1)
    page.get_by_role("button", name="Save", exact=True).last.click()
    page.locator("#error-summary").wait_for()

    expect(page.get_by_text("You wrote here before")).to_be_hidden()
    first_text(page).fill("Shorter")
    page.wait_for_timeout(500)
    drafts(page, 1)


def test_a_line_that_the_new_page_has_no_room_for_comes_back_too(page_at: PageAt) -> None:
    page = page_at(390)
    page.goto("/tools/ladder/new/")
    lines = page.locator('input[name^="steps-"][name$="-words"]')
    usual = lines.count()
    page.get_by_role("button", name="Add another").first.click()
    expect(lines).to_have_count(usual + 1)
    lines.last.fill("Carry a box upstairs")
    drafts(page, 1)
    context = page.context
    page.close()
    again = context.new_page()
    again.goto("/tools/ladder/new/")
    again.get_by_role("button", name="Bring it back").click()

    lines = again.locator('input[name^="steps-"][name$="-words"]')
    expect(lines).to_have_count(usual + 1)
    expect(lines.last).to_have_value("Carry a box upstairs")


def test_how_much_fits_is_said_and_nothing_is_cut(page_at: PageAt) -> None:
    page = page_at(390)
    page.goto(ADDRESS)
    field = first_text(page)
    most = int(field.get_attribute("data-most") or 0)
    assert most
    room = page.locator(f'[id="{field.get_attribute("id")}_room"]')
    field.fill("x" * (most // 2))
    expect(room).to_be_hidden()
    field.fill("x" * (most - 3))
    expect(room).to_have_text("Room for 3 more characters.")
    field.fill("🙂" * (most + 5))
    expect(room).to_contain_text(f"{most + 5} characters long, and {most} fit: 5 too many. Nothing was cut off.")
    assert field.input_value() == "🙂" * (most + 5)
    finds_nothing(page)


@pytest.mark.parametrize("other", ["nobody", "somebody else"])
def test_a_draft_is_offered_to_nobody_but_who_wrote_it(page_at: PageAt, other: str) -> None:
    page = page_at(390)
    label = {"nobody": "", "somebody else": "b" * 24}[other]
    owners = ["a" * 24]
    page.route("**/tools/worry-time/new/", lambda route: _as_owner(route, owners[-1]))
    page.goto(ADDRESS)
    first_text(page).fill(WORDS)
    drafts(page, 1)
    owners.append(label)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(ADDRESS)
    page.wait_for_timeout(500)

    expect(page.get_by_text("You wrote here before")).to_be_hidden()
    owners.append("a" * 24)
    page.goto(ADDRESS)
    expect(page.get_by_text("You wrote here before")).to_be_visible()


def _as_owner(route: Route, owner: str) -> None:
    answer = route.fetch()
    body = answer.text().replace('<meta name="owner" content="">', f'<meta name="owner" content="{owner}">')
    route.fulfill(response=answer, body=body)


def test_a_text_of_staff_is_kept_too_until_it_is_saved(page_at: PageAt) -> None:
    page = page_at(1280)
    be_logged_in(page, a_writer())
    lesson = Lesson.objects.get(slug="breathing")
    form = f"/admin/content/lesson/{lesson.pk}/change/"
    page.goto(form)
    written = f"{page.locator('#id_brief').input_value()}\n\nBreathe out as if fogging a window.\n"
    page.locator("#id_brief").fill(written)
    drafts(page, 1)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(form)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#id_brief")).to_have_value(written)

    page.get_by_role("button", name="Save and continue editing").first.click()
    expect(page.get_by_text("Readers still see the published text.").first).to_be_visible()
    assert drafts(page, 0) == []


def test_logging_out_erases_a_draft_and_says_so_before(page_at: PageAt) -> None:
    page = page_at(390)
    be_logged_in(page, make_user("nadia@example.org"))
    page = write_and_lose_the_tab(page)
    page.goto("/accounts/logout/")
    expect(page.get_by_text("words that you wrote and did not save")).to_be_visible()
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    page.wait_for_url("**/")

    assert drafts(page, 0) == []


def test_what_stands_on_a_page_is_not_kept_anew_while_the_site_is_slow_to_log_out(page_at: PageAt) -> None:
    page = page_at(1280)
    be_logged_in(page, a_writer())
    page.goto(f"/admin/content/lesson/{Lesson.objects.get(slug='breathing').pk}/change/")
    page.locator("#id_brief").fill("Breathe out as if fogging a window.")
    drafts(page, 1)
    page.evaluate("HTMLFormElement.prototype.submit = () => {}")  # sent, and the answer does not come yet
    page.get_by_role("button", name="Log out").click()
    drafts(page, 0)
    page.evaluate("document.querySelector('#id_brief').dispatchEvent(new Event('change', { bubbles: true }))")
    looks_away(page)
    page.wait_for_timeout(LONGER_THAN_A_DRAFT_TAKES)

    assert drafts(page, 0) == []


def test_a_page_in_another_tab_keeps_nothing_anew_once_somebody_logged_out(page_at: PageAt) -> None:
    page = page_at(390)
    be_logged_in(page, make_user("nadia@example.org"))
    page.goto(ADDRESS)
    first_text(page).fill(WORDS)
    drafts(page, 1)
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    other.get_by_role("main").get_by_role("button", name="Log out").click()
    other.wait_for_url("**/")
    looks_away(page)
    page.wait_for_timeout(LONGER_THAN_A_DRAFT_TAKES)

    assert drafts(other, 0) == []


def test_staff_log_out_erases_a_draft_too(page_at: PageAt) -> None:
    page = page_at(1280)
    be_logged_in(page, a_writer())
    page.goto(f"/admin/content/lesson/{Lesson.objects.get(slug='breathing').pk}/change/")
    page.locator("#id_brief").fill("Breathe out as if fogging a window.")
    drafts(page, 1)
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/admin/logout/")
    page.goto("/")

    assert drafts(page, 0) == []
