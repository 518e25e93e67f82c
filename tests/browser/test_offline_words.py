"""Words typed without a network: nothing is lost, and nothing is kept on the device unless the person asks."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from coaching.models import ToolEntry
from tests.browser.offline_steps import PageAt, a_device, go_offline, holds, is_sent, rows, wait_for
from tests.browser.watch import Watch, settled

WORDS = "The bill for the boiler"


def save_without_a_network(page: Page, watch: Watch) -> None:
    page.goto("/tools/worry-time/new/")
    page.locator('main [name="worry"]').fill(WORDS)
    go_offline(page.context, watch)
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="No network just now")).to_be_focused()


def keep_them_on_the_device(page: Page) -> None:
    page.get_by_role("button", name="Keep them on this device").click()
    expect(page.get_by_role("heading", name="Saved here, not yet sent")).to_be_focused()


def are_sent_once_there_is_a_network(page: Page) -> None:
    page.goto("/practice/")
    page.context.set_offline(False)
    is_sent(page)
    assert ToolEntry.objects.get().answers["worry"] == WORDS


def test_without_a_network_the_words_stay_on_the_page_and_nowhere_else(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    save_without_a_network(page, watch)
    assert rows(page) == []
    page.context.set_offline(False)
    page.locator(".save-row").get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert ToolEntry.objects.get().answers["worry"] == WORDS


def test_words_that_the_device_is_asked_to_keep_are_locked_and_sent_once(
    page_at: PageAt, watch: Watch, axe: Callable[[Page], None]
) -> None:
    page = a_device(page_at)
    save_without_a_network(page, watch)
    axe(settled(page))
    keep_them_on_the_device(page)
    axe(settled(page))
    assert WORDS not in page.content()
    assert "boiler" not in str(rows(page))
    are_sent_once_there_is_a_network(page)


def test_an_entry_is_begun_on_a_page_that_was_never_open(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    holds(page, "/tools/worry-time/new/")
    go_offline(page.context, watch)
    page.goto("/today/")
    page.get_by_role("region", name="Tools").get_by_role("link", name="Worry time").click()
    page.locator('main [name="worry"]').fill(WORDS)
    assert rows(page) == []
    page.locator(".save-row").get_by_role("button", name="Save").click()
    keep_them_on_the_device(page)
    are_sent_once_there_is_a_network(page)


def test_a_copy_that_stays_open_until_there_is_a_network_loses_nothing(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    holds(page, "/tools/worry-time/new/")
    go_offline(page.context, watch)
    page.goto("/tools/worry-time/new/")
    page.locator('main [name="worry"]').fill(WORDS)
    page.context.set_offline(False)
    page.locator(".save-row").get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Keep them on this device").click()
    wait_for(page, lambda: ToolEntry.objects.exists())
    is_sent(page)
    assert ToolEntry.objects.get().answers["worry"] == WORDS
