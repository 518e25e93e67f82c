"""A writer rewrites a lesson, somebody else reviews it, and then a reader sees it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from content.models import Lesson
from tests.browser.steps import be_logged_in
from tests.content.makers import a_reviewer, a_writer

NEW = "Breathe out as if fogging a window."


def test_an_edit_reaches_readers_by_way_of_a_review(page_at: Callable[..., Page]) -> None:
    reader, writer, reviewer = page_at(390), page_at(1280), page_at(390, "dark")
    be_logged_in(writer, a_writer())
    be_logged_in(reviewer, a_reviewer())
    lesson = Lesson.objects.get(slug="breathing")
    form = f"/admin/content/lesson/{lesson.pk}/change/"

    writer.goto(form)
    field = writer.locator("#id_brief")
    field.fill(f"{field.input_value()}\n\n{NEW}\n")
    writer.get_by_role("button", name="Save and continue editing").first.click()
    expect(writer.get_by_text("Readers still see the published text.").first).to_be_visible()
    reader.goto("/lessons/breathing/?size=1")
    expect(reader.get_by_text(NEW)).to_have_count(0)
    writer.get_by_role("button", name="Send to review").click()
    expect(writer.get_by_text("somebody else has to review and publish it")).to_be_visible()

    reviewer.goto(form)
    reviewer.get_by_role("link", name="See what changed, side by side").click()
    expect(reviewer.locator("ins", has_text="fogging")).to_be_visible()
    reviewer.go_back()
    reviewer.get_by_role("button", name="Publish", exact=True).click()
    expect(reviewer.get_by_text("is published: readers see it")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text(NEW)).to_be_visible()

    writer.goto(f"/admin/content/lesson/{lesson.pk}/history/")
    expect(writer.get_by_role("cell", name="omar@example.org")).to_be_visible()
