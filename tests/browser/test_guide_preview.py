"""A guide that nobody may see yet runs for whoever holds its link, in a phone's frame too, and keeps nothing."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from coaching.models import Practice
from content.editing.previews import phone_link, preview_link
from content.models import Guide
from tests.browser.checker import finds_nothing
from tests.browser.steps import be_logged_in
from tests.content.makers import a_writer


def a_draft() -> Guide:
    guide = Guide.objects.get(slug="pmr")
    Guide.objects.filter(pk=guide.pk).update(status="draft", publish_at=None)
    return guide


def test_an_editor_runs_a_draft_to_its_end_and_saves_it_in_vain(page_at: Callable[..., Page]) -> None:
    page, guide = page_at(1280), a_draft()
    be_logged_in(page, a_writer())
    page.goto(f"/admin/content/guide/{guide.pk}/change/")
    page.get_by_role("link", name="Open the preview").click()
    expect(page.get_by_text("Readers do not see this page.")).to_be_visible()
    finds_nothing(page)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("button", name="Stop gently").click()
    page.get_by_role("button", name="Save this practice").click()
    expect(page.get_by_text("A preview keeps nothing.")).to_be_visible()
    assert not Practice.objects.exists()
    assert page.evaluate("unsent.waiting().then((rows) => rows.length)") == 0


def test_it_runs_as_wide_as_a_phone(page_at: Callable[..., Page]) -> None:
    page, guide = page_at(1280), a_draft()
    page.goto(f"{phone_link(guide)}?size=1")
    inside = page.frame_locator("iframe")
    # Start stands at the foot of the phone, which is taller than this screen.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    inside.get_by_role("button", name="Start").click()
    expect(inside.get_by_role("button", name="Pause")).to_be_visible()
    page.goto(preview_link(guide))
    expect(page.get_by_role("button", name="Start")).to_be_visible()
