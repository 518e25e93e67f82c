"""Without a network: what opens, what waits, and how it arrives exactly once."""

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, expect

from coaching.models import Person, Practice
from tests.browser import chromium
from tests.browser.offline_steps import (
    BREATHING,
    OPENED,
    PMR,
    YOGA,
    PageAt,
    a_device,
    a_device_of_every_guide,
    go_offline,
    has_a_worker,
    holds,
    is_sent,
    practise_offline,
    wait_for,
)
from tests.browser.watch import Watch

# --- What opens ------------------------------------------------------------------------------------------


def test_the_site_can_be_installed(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any], site: str, watch: Watch
) -> None:
    """It is the whole browser that installs, and that says what hinders it."""
    with browser_type.launch(**{**browser_type_launch_args, "executable_path": chromium.find_whole()}) as browser:
        page = browser.new_page(base_url=site)
        watch.over(page.context)
        page.goto("/practice/")
        has_a_worker(page)
        device = page.context.new_cdp_session(page)
        assert device.send("Page.getAppManifest")["errors"] == []
        errors = device.send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert [error for error in errors if is_real(error)] == []


def is_real(error: dict[str, Any]) -> bool:
    """A test's browser keeps nothing after it, and says so here."""
    return error["errorId"] != "in-incognito"


def test_help_now_opens_without_a_network(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    go_offline(page.context, watch)
    page.goto("/help-now/")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-part=cue]")).to_have_text("Breathe in")
    expect(page.get_by_text("Chest pain, or pain that spreads")).to_be_visible()
    page.goto("/help-now/crisis/")
    expect(page.get_by_role("link", name="988").first).to_be_visible()


def test_every_guide_opens_without_a_network(page_at: PageAt, watch: Watch) -> None:
    page = a_device_of_every_guide(page_at)
    page.goto("/practice/")
    slugs = {str(link.get_attribute("href")) for link in page.locator("article.card h3 a").all()}
    sizes = [f"{path}?size={size}" for path in slugs for size in (1, 4, 12)]
    holds(page, *sizes)
    go_offline(page.context, watch)
    for path in sorted(slugs):
        page.goto(f"{path}?size=12")
        expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
        assert page.locator("[aria-current=true]", has_text="12").count() == 1, path


def test_a_lesson_that_was_opened_opens_again_without_a_network(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    page.goto("/lessons/the-loop/")
    holds(page, "/lessons/the-loop/")
    go_offline(page.context, watch)
    page.goto("/lessons/the-loop/")
    title = page.get_by_role("heading", level=1).inner_text()
    page.goto("/lessons/yoga/")
    expect(page.get_by_role("heading", name="No network just now")).to_be_visible()
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def test_the_first_page_of_all_is_held_too(page_at: PageAt, watch: Watch) -> None:
    page = page_at(service_workers="allow")
    page.goto("/lessons/breathing/?size=1")
    holds(page, "/lessons/breathing/?size=1")
    go_offline(page.context, watch)
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Slow breathing")


def test_a_site_that_is_down_still_helps(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    watch.expect("503")
    page.context.route("**/help-now/", lambda route: route.fulfill(status=503, body="down"))
    page.goto("/help-now/")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-part=cue]")).to_have_text("Breathe in")


# --- What waits, and arrives once -----------------------------------------------------------------------------


def test_three_practices_without_a_network_become_exactly_three_rows(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    go_offline(page.context, watch)
    for slug, after in (("breathing", "5"), ("pmr", "3"), ("breathing", "1")):
        practise_offline(page, slug, after)
    expect(page.get_by_role("status").filter(has_text="not yet sent")).to_have_text("Saved here, not yet sent: 3.")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()
    is_sent(page)
    page.reload()
    kept = [(practice.guide, practice.tension_after) for practice in Practice.objects.order_by("pk")]
    assert kept == [("breathing", 5), ("pmr", 3), ("breathing", 1)]


def test_the_same_after_the_browser_was_killed(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    site: str,
    watch: Watch,
    tmp_path: Path,
) -> None:
    def open_browser() -> BrowserContext:
        context = browser_type.launch_persistent_context(tmp_path, base_url=site, **browser_type_launch_args)
        watch.over(context)
        return context

    context = open_browser()
    page = context.new_page()
    page.goto(OPENED)
    holds(page, BREATHING, PMR, YOGA)
    go_offline(context, watch)
    for slug in ("breathing", "pmr", "breathing"):
        practise_offline(page, slug)
    kill(tmp_path)
    assert not Practice.objects.exists()

    context = open_browser()
    page = context.new_page()
    page.goto("/help-now/")
    is_sent(page)
    context.close()
    assert list(Practice.objects.order_by("pk").values_list("guide", flat=True)) == ["breathing", "pmr", "breathing"]


def kill(folder: Path) -> None:
    """Every process of the browser that keeps its things in this folder, at once and unasked."""
    found = subprocess.run(["pgrep", "-f", str(folder)], capture_output=True, text=True, check=True).stdout
    for pid in map(int, found.split()):
        os.kill(pid, signal.SIGKILL)


def test_two_tabs_send_what_waits_once(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    other = page.context.new_page()
    go_offline(page.context, watch)
    practise_offline(page, "breathing")
    practise_offline(other, "pmr")
    practise_offline(other, "breathing")
    expect(page.get_by_role("status").filter(has_text="not yet sent: 3")).to_be_visible()
    page.context.set_offline(False)
    is_sent(page)
    for tab in (page, other):
        expect(tab.get_by_role("heading", name="That counts.")).to_be_visible()
        tab.reload()
    assert Practice.objects.count() == 3
    assert Person.objects.count() == 1


def test_a_token_that_was_changed_meanwhile_costs_nothing(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    go_offline(page.context, watch)
    practise_offline(page)
    page.context.clear_cookies()
    page.context.set_offline(False)
    is_sent(page)
    assert Practice.objects.count() == 1


def test_the_browser_sends_it_with_no_page_open(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    origin = page.evaluate("location.origin")
    device = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    device.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
    device.send("ServiceWorker.enable")
    wait_for(page, lambda: bool(found))
    go_offline(page.context, watch)
    practise_offline(page)
    page.goto("about:blank")
    page.context.set_offline(False)
    asked = {"origin": origin, "registrationId": found[0]["registrationId"], "tag": "unsent", "lastChance": False}
    device.send("ServiceWorker.dispatchSyncEvent", asked)
    wait_for(page, lambda: Practice.objects.exists())
    assert Practice.objects.count() == 1


def test_a_line_that_breaks_for_a_while_is_tried_again_without_being_asked(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    watch.expect("ERR_FAILED")
    page.context.route("**/practice/sync/", lambda route: route.abort(), times=3)
    practise_offline(page)
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()
    assert Practice.objects.count() == 1


def test_it_can_be_sent_by_hand_where_the_browser_sees_no_network(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'onLine', { get: () => false })")
    watch.expect("ERR_FAILED")
    page.context.route("**/practice/sync/", lambda route: route.abort())
    practise_offline(page)
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_role("status").filter(has_text="did not get through yet")).to_be_visible()
    page.context.unroute("**/practice/sync/")
    page.get_by_role("button", name="Send now").click()
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()
    assert Practice.objects.count() == 1
