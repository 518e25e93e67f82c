"""Letters from the front page to the inbox and out again, over a real mail server."""

from playwright.sync_api import Page, expect

from accounts.models import Subscriber, SubscriberStatus
from tests.outbox import Outbox, link_in

WALTER = "walter@example.org"


def status() -> str:
    return Subscriber.objects.get(email=WALTER).status


def test_subscribe_confirm_and_leave(phone: Page, outbox: Outbox) -> None:
    phone.goto("/")
    form = phone.locator("form", has=phone.get_by_label("Email address"))
    form.get_by_label("Email address").fill("walter@example")
    form.get_by_role("button").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.get_by_label("Email address").fill(WALTER)
    phone.locator("form", has=phone.get_by_label("Email address")).get_by_role("button").click()
    phone.wait_for_url("**/newsletter/received/")
    phone.goto(link_in(outbox.newest_to(WALTER), "/confirm/"))
    assert status() == SubscriberStatus.PENDING
    phone.locator("main form").get_by_role("button").first.click()
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert status() == SubscriberStatus.ACTIVE
    phone.goto("/newsletter/")
    phone.locator("main").get_by_label("Email address").fill(WALTER)
    phone.locator("main form", has=phone.get_by_label("Email address")).get_by_role("button").click()
    phone.wait_for_url("**/newsletter/received/")
    phone.goto(link_in(outbox.newest_to(WALTER), "/unsubscribe/"))
    assert status() == SubscriberStatus.ACTIVE
    phone.locator("main form").get_by_role("button").first.click()
    expect(phone.get_by_text("no more letters")).to_be_visible()
    assert status() == SubscriberStatus.UNSUBSCRIBED
