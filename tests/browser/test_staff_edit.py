"""A staff member rewrites a lesson, and a reader sees it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from content.models import Lesson
from tests.accounts.people import make_user
from tests.browser.steps import be_logged_in


def test_a_lesson_edited_by_staff_is_what_a_reader_sees(page_at: Callable[..., Page]) -> None:
    reader, staff = page_at(390), page_at(1280)
    reader.goto("/lessons/breathing/?size=1")
    expect(reader.get_by_text("Breathe out as if fogging a window.")).to_have_count(0)
    be_logged_in(staff, make_user("editor@example.org", is_staff=True, is_superuser=True))
    lesson = Lesson.objects.get(slug="breathing")
    staff.goto(f"/admin/content/lesson/{lesson.pk}/change/")
    field = staff.locator("#id_brief")
    field.fill(f"{field.input_value()}\n\nBreathe out as if fogging a window.\n")
    staff.get_by_role("button", name="Save", exact=True).first.click()
    staff.wait_for_url("**/admin/content/lesson/")
    expect(staff.locator(".success")).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("Breathe out as if fogging a window.")).to_be_visible()
    staff.goto(f"/admin/content/lesson/{lesson.pk}/history/")
    expect(staff.get_by_text("editor@example.org").first).to_be_visible()
