"""What lies on the device: nothing personal in any cache, locked rows, room that runs out, and a change of version."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import Profile
from coaching.core.tools.kinds.catalogue import TOOL
from coaching.models import Practice
from content.models import Guide
from tests.accounts.people import make_user
from tests.browser.checker import finds_nothing_by_day_or_night
from tests.browser.offline_steps import (
    BREATHING,
    KEY,
    PageAt,
    a_device,
    a_device_of_every_guide,
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
from tests.browser.watch import Watch, widen
from tests.coaching.shell_makers import a_plan

BLOCKED = "IDBFactory.prototype.open = () => { throw new DOMException('blocked', 'SecurityError'); };"
FULL = "IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); };"
no_room = pytest.mark.parametrize("trouble", [BLOCKED, FULL], ids=["blocked", "full"])


# --- What lies there -------------------------------------------------------------------------------------------
ALSO_PUBLIC = ("/", "/es/practice/pmr/?size=4&muscles=release", "/offline/", "/es/offline/")


def test_no_cache_holds_anything_personal(page_at: PageAt, watch: Watch) -> None:
    page = a_device_of_every_guide(page_at)
    user = make_user("zelda@example.org")
    Profile.objects.create(user=user, name="Zelda Made-Up")
    be_logged_in(page, user)
    practise(page)
    page.wait_for_url("**/practice/done/*/")
    a_plan(Practice.objects.get().person, goal="Carry my grandchild")
    opened = ["/today/", "/plan/", "/recommendations/", "/progress/", "/tools/", "/accounts/profile/", BREATHING]
    for path in [*opened, "/lessons/the-loop/", "/help-now/", "/practice/", "/"]:
        page.goto(path)
    holds(page, "/lessons/the-loop/", "/practice/yoga/?size=12", "/tools/worry-time/new/")
    found = cached(page)
    for path, text in found.items():
        assert "zelda" not in text.lower(), path
        assert "grandchild" not in text, path
        assert "Log out" not in text, path
    public = ("/practice/", "/lessons/", "/help-now/", "/es/help-now/", "/static/", "/offline/parcels/")
    blank = {f"/tools/{slug}/new/" for slug in TOOL}
    assert [path for path in set(found) - blank if not path.startswith(public) and path not in ALSO_PUBLIC] == []
    assert not [path for path in found if path.startswith("/practice/done/")]


def test_what_waits_is_locked_and_is_the_least(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    user = make_user("nadia@example.org")
    be_logged_in(page, user)
    page.goto("/today/")
    go_offline(page.context, watch)
    practise_offline(page)
    [row] = rows(page)
    assert set(row) == {"id", "owner", "iv", "sealed", "why", "isKept", "place"}
    assert "breathing" not in str(row)
    assert str(user.pk) != row["owner"]
    assert page.evaluate(KEY) == {"type": "secret", "extractable": False, "name": "AES-GCM"}
    page.context.set_offline(False)
    is_sent(page)


# --- No room -----------------------------------------------------------------------------------------------------


@no_room
def test_a_practice_is_saved_where_nothing_can_be_kept(page_at: PageAt, trouble: str) -> None:
    page = page_at(390)
    page.add_init_script(trouble)
    practise(page)
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()
    assert Practice.objects.count() == 1


@no_room
def test_without_a_network_as_well_the_page_holds_it_until_there_is_one(
    page_at: PageAt, watch: Watch, trouble: str
) -> None:
    page = page_at(390)
    page.add_init_script(trouble)
    page.goto("/practice/breathing/")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Stop gently").click()
    go_offline(page.context, watch)
    page.get_by_role("button", name="Save this practice").click()
    expect(page.get_by_role("heading", name="Keep this page open")).to_be_focused()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()
    assert Practice.objects.count() == 1


def test_a_practice_that_is_refused_is_said_to_be(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    page.goto("/practice/breathing/")
    page.evaluate("document.querySelector('practice-form').dataset.guide = 'levitation'")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Stop gently").click()
    page.get_by_role("button", name="Save this practice").click()
    expect(page.get_by_role("heading", name="This could not be kept")).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="no such practice")).to_be_visible()
    page.get_by_role("button", name="All right").click()
    is_sent(page)


def test_a_clock_that_was_wrong_is_said_in_a_sentence(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    go_offline(page.context, watch)
    page.clock.set_fixed_time("2030-01-01T12:00:00Z")
    practise_offline(page)
    page.clock.set_fixed_time("2026-11-22T12:00:00Z")
    page.context.set_offline(False)
    page.get_by_role("heading", name="That counts.").wait_for()
    expect(page.get_by_role("status").filter(has_text="Its time could not be right")).to_be_visible()
    page.get_by_role("button", name="All right").click()
    is_sent(page)
    assert Practice.objects.count() == 1


def test_who_switched_pain_numbers_off_is_not_asked_by_a_copy(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    user = make_user("zelda@example.org")
    Profile.objects.create(user=user, hide_pain_numbers=True)
    be_logged_in(page, user)
    page.goto("/practice/pmr/")
    go_offline(page.context, watch)
    page.goto("/practice/breathing/?size=4")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Stop gently").click()
    expect(page.get_by_role("group", name="Tension or worry, now")).to_be_visible()
    assert page.get_by_role("group", name="Pain, now").count() == 0


# --- A new version ---------------------------------------------------------------------------------------------


def test_a_new_version_waits_until_the_practice_is_over(page_at: PageAt) -> None:
    page = a_device(page_at)
    old = names(page)
    page.goto("/practice/breathing/")
    page.get_by_role("button", name="Start", exact=True).click()
    Guide.objects.filter(slug="yoga").update(status="draft")
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    wait_for(page, lambda: page.evaluate("navigator.serviceWorker.getRegistration().then((one) => !!one.waiting)"))
    expect(page.get_by_role("button", name="Stop gently")).to_be_visible()
    assert old <= names(page)
    wait_for(page, lambda: comes_back(page) and not old & names(page))
    assert "/practice/yoga/?size=4" not in cached(page)


def comes_back(page: Page) -> bool:
    """Leaves the site and, a moment later, opens it again."""
    page.goto("about:blank")
    page.wait_for_timeout(1000)
    page.goto("/practice/")
    page.wait_for_timeout(1000)
    return True


def names(page: Page) -> set[str]:
    return set(page.evaluate("caches.keys()")) - {"opened"}


# --- For everyone --------------------------------------------------------------------------------------------------


def test_every_state_without_a_network_is_open_to_everyone(page_at: PageAt, watch: Watch) -> None:
    page = a_device(page_at)
    watch.expect("ERR_FAILED")
    page.context.route("**/practice/sync/", lambda route: route.abort())
    practise_offline(page)
    for width in (320, 1280):
        finds_nothing_by_day_or_night(widen(page, width))
    go_offline(page.context, watch)
    for path in (BREATHING, "/today/"):
        page.goto(path)
        for width in (320, 1280):
            finds_nothing_by_day_or_night(widen(page, width))
            assert page.evaluate("document.documentElement.scrollWidth") <= width
