"""Letters from the front page to the inbox and out again, over a real mail server."""

from playwright.sync_api import Page, expect

from accounts.mail.links import Standing, standing_path
from accounts.models import Subscriber, SubscriberStatus
from tests.accounts.people import make_subscriber
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
    with phone.expect_navigation():
        phone.locator("main form").get_by_role("button").first.click()
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


def test_choose_rest_and_move_the_letters(phone: Page, outbox: Outbox) -> None:
    subscriber = make_subscriber(WALTER)
    phone.goto(standing_path(subscriber, Standing.PREFERENCES))
    phone.get_by_label("Once a month").check()
    phone.get_by_label("For two weeks").check()
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_text("Your letters rest until")).to_be_visible()
    phone.get_by_role("button", name="Start them again now").click()
    expect(phone.get_by_text("Welcome back")).to_be_visible()
    phone.get_by_role("link", name="Use another address").click()
    phone.get_by_label("New email address").fill("walter")
    phone.get_by_role("button", name="Send that letter").click()
    expect(phone.get_by_role("alert")).to_be_visible()
    phone.get_by_label("New email address").fill("walter.b@example.net")
    phone.get_by_role("button", name="Send that letter").click()
    expect(phone.get_by_text("look in the new mailbox")).to_be_visible()
    phone.goto(link_in(outbox.newest_to("walter.b@example.net"), "/move/"))
    phone.get_by_role("button", name="Yes, send them here").click()
    expect(phone.locator("main strong").first).to_have_text("walter.b@example.net")
    phone.get_by_role("link", name="What I agreed to").click()
    expect(phone.get_by_role("heading", name="Why did I get this?")).to_be_visible()
    kept = Subscriber.objects.get()
    assert (kept.email, kept.pace, kept.paused_until) == ("walter.b@example.net", "monthly", None)
