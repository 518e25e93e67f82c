"""Whose work waits on a device: across ended sessions, other people who use it, and signing out."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from coaching.models import Practice
from tests.accounts.people import make_user
from tests.browser.offline_steps import (
    PageAt,
    a_device,
    cached,
    go_offline,
    holds,
    is_sent,
    practise,
    practise_offline,
    rows,
    wait_for,
)
from tests.browser.steps import be_logged_in
from tests.browser.watch import Watch

# --- Whose it is -----------------------------------------------------------------------------------------------


def test_a_session_that_ended_meanwhile_costs_nothing(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    user = make_user("nadia@example.org")
    be_logged_in(page, user)
    page.goto("/today/")
    go_offline(page.context, watch)
    practise_offline(page)
    page.context.clear_cookies()
    page.context.set_offline(False)
    page.goto("/")
    expect(page.get_by_role("status").filter(has_text="another account")).to_be_visible()
    assert not Practice.objects.exists()
    be_logged_in(page, user)
    page.goto("/today/")
    is_sent(page)
    assert Practice.objects.get().person.user == user


def test_a_practice_never_lands_with_another_who_uses_the_device(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    nadia, omar = make_user("nadia@example.org"), make_user("omar@example.org")
    be_logged_in(page, nadia)
    page.goto("/today/")
    go_offline(page.context, watch)
    practise_offline(page)
    be_logged_in(page, omar)
    page.context.set_offline(False)
    page.goto("/today/")
    expect(page.get_by_role("status").filter(has_text="another account")).to_be_visible()
    assert len(rows(page)) == 1
    assert not Practice.objects.exists()
    be_logged_in(page, nadia)
    page.goto("/today/")
    is_sent(page)
    assert Practice.objects.get().person.user == nadia


def test_what_was_made_before_logging_in_goes_along_when_the_person_says_so(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    user = make_user("nadia@example.org")
    go_offline(page.context, watch)
    practise_offline(page)
    be_logged_in(page, user)
    page.context.set_offline(False)
    page.goto("/today/")
    assert not Practice.objects.exists()
    page.get_by_role("button", name="Yes, send it").click()
    is_sent(page)
    assert Practice.objects.get().person.user == user


def test_what_was_made_before_logging_in_is_erased_when_the_person_says_so(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    go_offline(page.context, watch)
    practise_offline(page)
    be_logged_in(page, make_user("nadia@example.org"))
    page.context.set_offline(False)
    page.goto("/today/")
    page.get_by_role("button", name="No, erase it").click()
    is_sent(page)
    assert not Practice.objects.exists()


# --- Signing out -------------------------------------------------------------------------------------------------


def log_out(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    page.wait_for_url("**/")
    expect(page.get_by_text("You are logged out.")).to_be_visible()


def test_before_logging_out_what_waits_is_sent(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    be_logged_in(page, make_user("nadia@example.org"))
    page.goto("/lessons/the-loop/")
    holds(page, "/lessons/the-loop/")
    go_offline(page.context, watch)
    practise_offline(page)
    page.close()
    page = page.context.new_page()
    page.context.set_offline(False)
    page.goto("/accounts/logout/")
    is_sent(page)
    log_out(page)
    assert Practice.objects.count() == 1
    assert "/lessons/the-loop/" not in cached(page)
    assert "/help-now/" in cached(page)
    assert page.evaluate("localStorage.length") == 0


def test_logging_out_warns_of_what_cannot_be_sent_and_then_erases_it(
    page_at: PageAt, watch: Watch, axe: Callable[[Page], None]
) -> None:
    page = a_device(page_at)
    be_logged_in(page, make_user("nadia@example.org"))
    page.goto("/today/")
    watch.expect("ERR_FAILED")
    page.context.route("**/practice/sync/", lambda route: route.abort())
    practise_offline(page)
    page.goto("/accounts/logout/")
    expect(page.get_by_role("alert")).to_contain_text("not sent yet: 1.")
    axe(page)
    assert len(rows(page)) == 1
    log_out(page)
    assert rows(page) == []
    assert not Practice.objects.exists()


def test_erasing_a_visit_takes_everything_from_the_device(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    practise(page)
    page.wait_for_url("**/practice/done/*/")
    page.goto("/lessons/the-loop/")
    holds(page, "/lessons/the-loop/")
    page.goto("/privacy/")
    page.get_by_role("button", name="Erase what this browser holds").click()
    expect(page.get_by_text("This browser holds nothing of you here any more.")).to_be_visible()
    wait_for(page, lambda: "/lessons/the-loop/" not in cached(page))


def test_logging_out_leaves_the_locked_work_of_another_account(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    be_logged_in(page, make_user("nadia@example.org"))
    page.goto("/today/")
    go_offline(page.context, watch)
    practise_offline(page)
    be_logged_in(page, make_user("omar@example.org"))
    page.context.set_offline(False)
    page.goto("/accounts/logout/")
    expect(page.get_by_role("alert")).to_be_hidden()
    log_out(page)
    assert len(rows(page)) == 1
