"""What is asked about health is changed by one person and put in force by another, on a phone too."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from content.models import ConditionText
from tests.browser.checker import finds_nothing
from tests.browser.steps import be_logged_in
from tests.browser.watch import Watch
from tests.content.makers import a_reviewer

WORDS = "Asthma, or trouble with my lungs"


@pytest.mark.parametrize("width", [390, 1280])
def test_one_writes_and_another_puts_it_in_force(page_at: Callable[..., Page], watch: Watch, width: int) -> None:
    # The checker styles what it measures.
    watch.expect("Applying inline style")
    first, second = page_at(1280), page_at(width, "dark")
    be_logged_in(first, a_reviewer())
    be_logged_in(second, a_reviewer("eva@example.org"))
    row = ConditionText.objects.get(slug="lung")
    form = f"/admin/content/conditiontext/{row.pk}/change/"
    first.goto(form)
    first.locator("#id_label").fill(WORDS)
    first.get_by_role("button", name="Save and continue editing").first.click()
    expect(first.get_by_text("Nothing has changed yet.")).to_be_visible()
    expect(first.get_by_role("button", name="Put it in force")).to_have_count(0)
    assert ConditionText.objects.get(pk=row.pk).label == row.label
    second.goto("/admin/")
    second.get_by_role("link", name=row.label).first.click()
    expect(second.get_by_text("Written by omar@example.org.")).to_be_visible()
    finds_nothing(second, within="section.panel")
    second.get_by_role("button", name="Put it in force").click()
    expect(second.get_by_text("is in force.")).to_be_visible()
    assert ConditionText.objects.get(pk=row.pk).label == WORDS
