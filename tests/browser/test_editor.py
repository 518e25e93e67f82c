"""An editor writes a letter, is stopped by a check, mends it, tries it, schedules it, and takes a break from it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from accounts.models import Edition, EditionStatus
from tests.accounts.people import make_subscriber, make_user
from tests.browser.steps import be_logged_in, go_on
from tests.outbox import Outbox, text_of


def status() -> str:
    return Edition.objects.get().status


def press(page: Page, name: str) -> None:
    go_on(page, name)


def test_from_a_blank_page_to_a_scheduled_letter(page_at: Callable[..., Page], outbox: Outbox) -> None:
    make_subscriber("walter@example.org", topics=["sleep"])
    page = page_at()
    be_logged_in(page, make_user("editor@example.org", is_staff=True, is_superuser=True))
    page.goto("/admin/accounts/edition/add/")
    page.get_by_label("Subject").fill("A minute of calm")
    page.get_by_label("Words").fill("Dear {{ name }}, sit down for a minute.")
    page.get_by_label("First tip").select_option(label="Six soft breaths before you open it")
    page.get_by_label("Practice at the end").select_option("breathing")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("has a broken placeholder: {{ name }}")).to_be_visible()
    press(page, "Schedule")
    press(page, "Schedule")
    expect(page.get_by_role("alert")).to_contain_text("broken placeholder")
    assert status() == EditionStatus.DRAFT
    page.goto(f"/admin/accounts/edition/{Edition.objects.get().pk}/change/")
    page.get_by_label("Words").fill("Hello. Sit down for a minute.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The checks found no error.")).to_be_visible()
    press(page, "Send a test")
    letter = outbox.newest_to("editor@example.org")
    assert "Six soft breaths" in text_of(letter)
    press(page, "Schedule")
    expect(page.get_by_text("1 person would get it")).to_be_visible()
    page.get_by_label("It goes out at").fill("2027-06-01T09:30")
    page.get_by_label("Time zone").select_option("Europe/Paris")
    press(page, "Schedule")
    expect(page.get_by_role("heading", name="Scheduled for 01 June 2027, 09:30 (Europe/Paris)")).to_be_visible()
    press(page, "Pause")
    expect(page.get_by_text("Paused by editor@example.org")).to_be_visible()
    assert status() == EditionStatus.PAUSED
