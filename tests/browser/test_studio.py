"""A tip from the first draft to its readers, and back to earlier words: two people, nothing lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from content.editing.saving import edit
from content.models import Tip
from tests.browser.checker import violations
from tests.browser.steps import be_logged_in
from tests.browser.watch import Watch, settled
from tests.content.makers import a_reviewer, a_writer, words

DJANGOS = {"aria-prohibited-attr"}
ADDRESS = "/tips/soft-shoulders/"
BODY = f"{words(130)} Six in ten felt a little better.[^fincham23]"
BAD = f"Just relax. {words(130)}"


def save(page: Page) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name="Save and continue editing").first.click()


def fill_in(page: Page, body: str) -> None:
    page.locator("#id_title").press_sequentially("Soft shoulders")
    expect(page.locator("#id_slug")).to_have_value("soft-shoulders")
    page.locator("#id_summary").fill("Let two bags go.")
    page.get_by_label("Back pain").check()
    page.locator("#id_body").fill(body)


def status_of(page: Page, path: str) -> int:
    response = page.goto(path)
    return response.status if response else 0


def publish(page: Page, at: datetime | None = None) -> None:
    if at:
        page.get_by_label("Readers see it from").fill(f"{at:%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("is published: readers see it")).to_be_visible()


def test_a_tip_is_drafted_stopped_mended_reviewed_published_at_its_time_edited_and_restored(
    page_at: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, reviewer, reader = page_at(1280), page_at(390, "dark"), page_at(390)
    be_logged_in(writer, a_writer())
    be_logged_in(reviewer, a_reviewer())
    form = draft_and_preview(writer)
    be_stopped_and_mend(writer, form)

    # Reviewed by somebody else, and there at its time.
    reviewer.goto("/admin/")
    reviewer.get_by_role("link", name="Soft shoulders").first.click()
    see_what_a_reviewer_may_do(reviewer)
    publish(reviewer, datetime.now(UTC) + timedelta(hours=1))
    assert status_of(reader, ADDRESS) == 404
    real = timezone.now
    monkeypatch.setattr(timezone, "now", lambda: real() + timedelta(hours=2))
    assert heading(reader) == "Soft shoulders"

    # Edited: readers keep what they have until the next review.
    writer.goto(form)
    writer.locator("#id_title").fill("Heavy shoulders")
    save(writer)
    send(writer)
    assert heading(reader) == "Soft shoulders"
    reviewer.goto(form)
    publish(reviewer)
    assert heading(reader) == "Heavy shoulders"

    # Restored: the first words are a new version, and reach readers by the same way.
    writer.goto(form.replace("/change/", "/history/"))
    writer.get_by_role("link", name="2", exact=True).click()
    writer.get_by_role("button", name="Restore version 2").click()
    expect(writer.locator("#id_title")).to_have_value("Soft shoulders")
    send(writer)
    reviewer.goto(form)
    publish(reviewer)
    assert heading(reader) == "Soft shoulders"


def draft_and_preview(writer: Page) -> str:
    """The address of the form of the new draft."""
    writer.goto("/admin/content/tip/add/")
    fill_in(writer, BAD)
    writer.get_by_role("button", name="Check without saving").click()
    expect(writer.get_by_text("Nothing is saved yet")).to_be_visible()
    expect(writer.get_by_text("Let the next out-breath be a little longer")).to_be_visible()
    assert not Tip.objects.filter(slug="soft-shoulders").exists()
    save(writer)
    form = writer.url
    expect(writer.get_by_text("things to put right before a review")).to_be_visible()
    writer.get_by_role("link", name="On a phone").click()
    expect(writer.frame_locator("iframe").get_by_text("Readers do not see this page.")).to_be_visible()
    return form


def be_stopped_and_mend(writer: Page, form: str) -> None:
    writer.goto(form)
    writer.get_by_role("button", name="Send to review").click()
    expect(writer.get_by_text("“Soft shoulders” is not sent")).to_be_visible()
    writer.locator("#id_body").fill(BODY)
    save(writer)
    expect(writer.get_by_text("The checks found no error.")).to_be_visible()
    send(writer)
    expect(writer.get_by_role("button", name="Publish", exact=True)).to_have_count(0)


def send(page: Page) -> None:
    page.get_by_role("button", name="Send to review").click()
    expect(page.get_by_text("You wrote in this text, so somebody else has to review")).to_be_visible()


def heading(reader: Page) -> str:
    reader.goto(ADDRESS)
    return reader.get_by_role("heading", level=1).inner_text()


def see_what_a_reviewer_may_do(page: Page) -> None:
    expect(page.get_by_role("region", name="This text: in review")).to_be_visible()
    expect(page.get_by_label("What should change?")).to_be_visible()


def test_two_editors_at_once_lose_nothing(page_at: Callable[..., Page]) -> None:
    first, second = page_at(1280), page_at(390)
    be_logged_in(first, a_writer())
    be_logged_in(second, a_reviewer())
    tip = Tip.objects.get(slug="six-soft-breaths")
    address = f"/admin/content/tip/{tip.pk}/change/"
    first.goto(address)
    second.goto(address)
    first.locator("#id_title").fill("Theirs")
    first.locator("#id_summary").fill("Their summary.")
    save(first)
    second.locator("#id_title").fill("Mine")
    save(second)
    expect(second.get_by_role("heading", name="Somebody else saved this too")).to_be_visible()
    expect(second.locator("ins", has_text="Mine")).to_be_visible()
    second.get_by_label("Use what I write here").check()
    second.get_by_label("The two put together").fill("Mine and theirs")
    second.get_by_role("button", name="Save the two put together").click()
    second.wait_for_url("**/change/")
    expect(second.locator("#id_title")).to_have_value("Mine and theirs")
    expect(second.locator("#id_summary")).to_have_value("Their summary.")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_what_we_added_to_the_admin_is_open_to_everybody(
    page_at: Callable[..., Page], watch: Watch, width: int, scheme: str
) -> None:
    # The checker styles what it measures here; the journeys above open the same pages without it.
    watch.expect("Applying inline style")
    page = page_at(width, scheme)
    writer = a_writer()
    be_logged_in(page, writer)
    tip = Tip.objects.get(slug="six-soft-breaths")
    edit(
        tip,
        tip.authored_values() | {"title": "Eight soft breaths", "body": f"Just relax. {tip.body}"},
        by=writer,
        at=timezone.now(),
    )
    form = f"/admin/content/tip/{tip.pk}"
    for path in (
        "/admin/",
        f"{form}/change/",
        f"{form}/history/",
        f"{form}/compare/?from=1&to=2",
        "/admin/library-pack/",
    ):
        page.goto(path)
        settled(page)
        # Django's own list of filters and its lines of a form are not ours to mend.
        ours = [each for each in violations(page, within="#content") if each["id"] not in DJANGOS]
        assert not ours, (path, [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in ours])
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
