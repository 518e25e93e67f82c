"""A reminder as a notice of a device: what is pushed is shown with the step of the day, and its buttons act.

Chromium is given a push message as a push service would bring it. Nobody can click a notice of a headless browser, so
the worker is given the click.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserType, Page, Worker

from accounts.members import reminder_wishes
from accounts.models import ReminderWish
from coaching.models import ReminderSlot
from coaching.reminders.messages import notice_of
from coaching.reminders.steps import Told
from tests.browser import chromium
from tests.browser.offline_steps import PageAt, has_a_worker, wait_for
from tests.browser.steps import be_logged_in
from tests.browser.watch import Watch
from tests.coaching.reminder_makers import a_wish
from tests.coaching.test_reminder_devices import KEY

SHOWN = """
async () => {
    const named = ({ action, title }) => [action, title];
    const told = ({ title, body, actions }) => ({ title, body, actions: actions.map(named) });
    return (await self.registration.getNotifications()).map(told);
}
"""
CLICK = """
async (action) => {
    const [notification] = await self.registration.getNotifications();
    self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
}
"""
OF_A_MADE_UP_CLICK = "waitUntil"
"""A click that a script made keeps no worker awake, and Chromium says so."""


@pytest.fixture
def page(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site: str, watch: Watch
) -> Iterator[Page]:
    """The whole browser: the shell shows no notices."""
    watch.expect(OF_A_MADE_UP_CLICK)
    with browser_type.launch(**{**browser_type_launch_args, "executable_path": chromium.find_whole()}) as browser:
        context = browser.new_context(base_url=site, permissions=["notifications"])
        watch.over(context)
        page = context.new_page()
        page.goto("/offline/")
        has_a_worker(page)
        yield page


@pytest.fixture
def wish(site: str) -> ReminderWish:
    """Of somebody for whom it is noon, so that later is another hour of the same day."""
    return a_wish(way="push", hour=12, zone=f"Etc/GMT{timezone.now().hour - 12:+d}")


def slot_of(wish: ReminderWish) -> ReminderSlot:
    at = timezone.now()
    told = {"due_at": at, "closes_at": at + timedelta(hours=1), "state": ReminderSlot.State.SENT}
    return ReminderSlot.objects.create(user=wish.user, day=at.astimezone(wish.user.profile.zone).date(), **told)


def push(page: Page, notice: str) -> Worker:
    """As a push service brings it; the worker that took it."""
    device = page.context.new_cdp_session(page)
    found: list[str] = []
    device.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(_ids_in(told)))
    device.send("ServiceWorker.enable")
    wait_for(page, lambda: bool(found))
    origin = page.evaluate("location.origin")
    device.send("ServiceWorker.deliverPushMessage", {"origin": origin, "registrationId": found[-1], "data": notice})
    return page.context.service_workers[0]


def _ids_in(told: dict[str, Any]) -> list[str]:
    return [one["registrationId"] for one in told["registrations"] if not one["isDeleted"]]


def pushed(page: Page, wish: ReminderWish) -> Worker:
    told = Told(name="slow breath", minutes=5)
    worker = push(page, notice_of(wish, slot_of(wish), told))
    wait_for(page, lambda: bool(worker.evaluate(SHOWN)))
    return worker


def is_on(wish: ReminderWish) -> bool:
    found = reminder_wishes.wish_of(wish.user)
    return bool(found and found.is_on)


def test_a_push_shows_the_step_of_the_day_with_later_and_stop(page: Page, wish: ReminderWish) -> None:
    wish.names_step = True
    worker = pushed(page, wish)
    [notice] = worker.evaluate(SHOWN)
    assert notice["title"] == "Unloop"
    assert notice["body"] == "Slow breath, 5 minutes."
    assert notice["actions"] == [["later", "Later"], ["stop", "Stop these"]]


def test_a_repeat_takes_the_place_of_the_first(page: Page, wish: ReminderWish) -> None:
    slot = slot_of(wish)
    push(page, notice_of(wish, slot, Told(name="slow breath", minutes=5)))
    worker = push(page, notice_of(wish, slot, Told(name="slow breath", minutes=2)))
    wait_for(page, lambda: any("2 min" in one["body"] for one in worker.evaluate(SHOWN)))
    assert len(worker.evaluate(SHOWN)) == 1


def test_stop_ends_the_reminders_without_opening_a_page(page: Page, wish: ReminderWish) -> None:
    worker = pushed(page, wish)
    worker.evaluate(CLICK, "stop")
    wait_for(page, lambda: not is_on(wish))
    assert len(page.context.pages) == 1
    assert not worker.evaluate(SHOWN)


def test_later_brings_it_once_more(page: Page, wish: ReminderWish) -> None:
    worker = pushed(page, wish)
    worker.evaluate(CLICK, "later")
    wait_for(page, lambda: ReminderSlot.objects.filter(user=wish.user, is_again=True).exists())
    assert is_on(wish)
    assert len(page.context.pages) == 1


@pytest.mark.parametrize("key", ["", KEY])
def test_the_page_offers_a_device_where_the_site_has_a_key(page_at: PageAt, settings: Any, key: str, wish: Any) -> None:
    settings.VAPID_PRIVATE_KEY = key
    page = page_at(390, service_workers="allow", permissions=["notifications"])
    be_logged_in(page, wish.user)
    page.goto("/reminders/")
    assert page.get_by_role("heading", name="Notices on my devices").count() == bool(key)
    assert page.get_by_role("button", name="Show them on this device").count() == bool(key)
