"""The whole main path with one thing taken away: finished, or the true reason told. A lighter look at all of them at
once is in test_a_bare_browser.py."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Page, expect

from coaching.models import Plan, Practice, ToolEntry
from tests.accounts.people import make_user
from tests.browser.checker import COLOURS, finds_nothing
from tests.browser.conftest import PageAt
from tests.browser.main_path import answer, main_path, press
from tests.browser.steps import be_logged_in
from tests.browser.taken_away import GONE, browser_without_cookies, without_young_words
from tests.browser.watch import Watch
from tests.coaching.shell_makers import POSTS
from tests.coaching.test_reminder_devices import KEY

REASON = {"/": "Your browser sent no cookie back", "/es/": "Tu navegador no devolvió ninguna cookie"}
NOTHING_KEPT = "This browser lets us keep nothing on your device."
DRAWN_BY_PLAIN_COLOURS = {"light": "rgb(251, 247, 240)", "dark": "rgb(20, 25, 28)"}


def is_finished() -> None:
    assert Plan.objects.filter(kept_at__isnull=False).count() == 1
    assert Practice.objects.get(technique="breathing").person.user is not None
    assert ToolEntry.objects.get().person.user is not None


@pytest.mark.parametrize("missing", GONE)
def test_the_whole_main_path_is_finished_without(page: Page, watch: Watch, missing: str) -> None:
    page.add_init_script(GONE[missing])
    assert [*main_path(page)][-1] == "logged out"
    is_finished()


@pytest.mark.parametrize("scheme", DRAWN_BY_PLAIN_COLOURS)
def test_the_whole_main_path_is_drawn_and_finished_without_light_dark(page_at: PageAt, scheme: str) -> None:
    page = page_at(390, scheme)
    without_young_words(page)
    for state in main_path(page):
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == DRAWN_BY_PLAIN_COLOURS[scheme], state
        finds_nothing(page, asked=COLOURS, where=f"{state}, {scheme}")
    is_finished()


@pytest.mark.parametrize("missing", ["storage", "a lock that only https brings"])
def test_whose_words_no_device_can_keep_is_told_so_where_they_write(page: Page, missing: str) -> None:
    page.add_init_script(GONE[missing])
    page.goto("/tools/worry-time/new/")
    expect(page.get_by_text(NOTHING_KEPT)).to_be_visible()
    finds_nothing(page)


def test_whose_words_are_kept_is_told_nothing_of_the_kind(page: Page) -> None:
    page.goto("/tools/worry-time/new/")
    page.wait_for_function("Boolean(customElements.get('kept-draft'))")
    expect(page.get_by_text(NOTHING_KEPT)).to_be_hidden()


def reason(page: Page, home: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(REASON[home])
    expect(page.locator("html")).to_have_attribute("lang", "es" if home == "/es/" else "en")


@pytest.mark.parametrize("home", REASON)
def test_whose_browser_keeps_no_cookie_reads_why_at_each_form_of_the_path_and_practises_all_the_same(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    site: str,
    watch: Watch,
    tmp_path: Path,
    home: str,
) -> None:
    watch.expect("Failed to register a ServiceWorker")
    with browser_without_cookies(browser_type, browser_type_launch_args, tmp_path, site) as context:
        watch.over(context)
        page = context.new_page()
        page.goto(home)
        press(page, f'main a[href="{home}intake/"]')
        press(page, "main a.button.first")
        answer(page, POSTS["goal"])
        reason(page, home)
        assert page.context.cookies() == []
        page.locator(f'main a[href="{home}practice/"]').click()
        page.goto(f"{home}practice/breathing/")
        page.locator("[data-do=start]").locator("visible=true").click()
        expect(page.locator("guide-player.is-running[data-cue]")).to_be_visible()
        page.locator("[data-do=stop]").locator("visible=true").click()
        press(page, "#after button.first")
        reason(page, home)
        for path in ("accounts/signup/", "accounts/login/"):
            page.goto(f"{home}{path}")
            press(page, "main form button.first")
            reason(page, home)
        page.goto(f"{home}help-now/")
        expect(page.locator("guide-player[data-cue]").first).to_be_visible()
    assert not Practice.objects.exists()


def test_whose_browser_keeps_no_cookie_reads_why_where_they_write(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site: str, watch: Watch, tmp_path: Path
) -> None:
    watch.expect("Failed to register a ServiceWorker")
    with browser_without_cookies(browser_type, browser_type_launch_args, tmp_path, site) as context:
        watch.over(context)
        page = context.new_page()
        page.goto("/tools/worry-time/new/")
        expect(page.get_by_text(NOTHING_KEPT)).to_be_visible()
        page.locator(".tool-form textarea, .tool-form input[type=text]").first.fill("The scan on Tuesday")
        with page.expect_navigation():
            page.get_by_role("button", name="Save", exact=True).last.click()
        reason(page, "/")


ALLOWED = "Notification.requestPermission = async () => 'granted';"
REFUSED = "Notification.requestPermission = async () => 'denied';"
FULL = """
    Object.defineProperty(ServiceWorkerContainer.prototype, "ready", { get: async () => ({ pushManager: {
        getSubscription: async () => null, subscribe: async () => { throw new DOMException("away", "AbortError"); },
    } }) });
"""


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (REFUSED, "This browser does not allow it."),
        (ALLOWED + FULL, "That did not get through."),
        ("delete window.PushManager;", "This browser cannot show notices here."),
    ],
    ids=["a notice is refused", "the push service is away", "no notices"],
)
def test_why_no_notice_is_shown_on_this_device_is_told_truly(page: Page, settings: Any, script: str, told: str) -> None:
    settings.VAPID_PRIVATE_KEY = KEY
    be_logged_in(page, make_user())
    page.add_init_script(script)
    page.goto("/reminders/")
    if "PushManager" not in script:
        page.get_by_role("button", name="Show them on this device").click()
    expect(page.get_by_role("status").filter(has_text=told)).to_be_visible()
