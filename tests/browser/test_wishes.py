"""Keep, swap, refuse and bring back, by hand on the result page."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.steps import have_a_plan


def open_card(page: Page, name: str) -> Locator:
    card = page.locator("article.pick", has=page.get_by_role("heading", name=name, exact=True))
    card.get_by_text("Why this, and what else").click()
    return card


def test_the_picks_can_be_kept_swapped_and_refused(phone: Page) -> None:
    have_a_plan(phone)
    phone.goto("/recommendations/")
    names = phone.locator("article.pick h3")
    first, second, _third = names.all_inner_texts()
    open_card(phone, first).get_by_role("button", name="Keep it whatever comes").click()
    expect(phone.get_by_text("Your choice", exact=True)).to_be_visible()
    card = open_card(phone, second)
    other = card.get_by_label("Take this instead").locator("option").first.inner_text()
    card.get_by_role("button", name="Swap").click()
    expect(names.get_by_text(other, exact=True)).to_be_visible()
    expect(names.get_by_text(second, exact=True)).to_have_count(0)
    open_card(phone, other).get_by_role("button", name="Not for me").click()
    expect(names.get_by_text(other, exact=True)).to_have_count(0)
    expect(names.get_by_text(first, exact=True)).to_be_visible()
    phone.get_by_role("button", name=f"Bring back: {other}").click()
    expect(phone.get_by_role("button", name=f"Bring back: {other}")).to_have_count(0)


def test_fewer_minutes_make_a_smaller_plan(page: Page) -> None:
    have_a_plan(page)
    page.goto("/recommendations/")
    before = page.locator("article.pick").count()
    page.get_by_label("Minutes I have on most days").select_option("5 minutes")
    page.get_by_role("button", name="Fit it to that").click()
    expect(page.locator("article.pick")).not_to_have_count(before)
