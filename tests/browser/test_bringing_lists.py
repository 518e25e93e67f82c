"""An editor brings the lists of five other programs: guessed columns, readings looked at, taken in, without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Subscriber
from tests.accounts.lists import PEERS, WORDS
from tests.accounts.people import make_user
from tests.browser.steps import be_logged_in, go_on


def bring(page: Page, name: str, text: str) -> None:
    page.goto("/admin/accounts/subscriber/")
    page.get_by_role("link", name="Bring in a list").click()
    file = {"name": f"{name.lower()}.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.get_by_label("The list, as CSV").set_input_files([file])
    go_on(page, "Choose its columns")


@pytest.mark.parametrize("peer", PEERS)
def test_a_list_from_elsewhere_is_brought_looked_at_and_taken_in(page_at: Callable[..., Page], peer: str) -> None:
    page = page_at(width=390, java_script_enabled=False)
    be_logged_in(page, make_user("editor@example.org", is_staff=True, is_superuser=True))
    bring(page, peer, PEERS[peer])
    expect(page.get_by_text("2024, ").first).to_be_visible()
    page.get_by_label("How they agreed, where no column says it").fill(f"Our newsletter at {peer}")
    page.get_by_label("The words they agreed to, where no column says them").fill(WORDS)
    go_on(page, "Look at every row")
    expect(page.get_by_text("Nothing is written yet")).to_be_visible()
    expect(page.get_by_text("The welcome series does not go to them.")).to_be_visible()
    assert not Subscriber.objects.exists()
    go_on(page, "Take in 2")
    expect(page.get_by_role("heading", name="Taken in on")).to_be_visible()
    came = Subscriber.objects.order_by("email").values_list("email", "consent_note")
    assert list(came) == [(f"{who}@example.org", f"Our newsletter at {peer}") for who in ("anna", "ben")]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
