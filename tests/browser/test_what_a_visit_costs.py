"""What a visit costs a visitor's line and the site: requests, bytes, and seconds of the processor.

A first visit takes one page, and what Help now and flare mode need without a network. The rest comes to whoever opened,
kept or planned something, or installed the site, never to who saves data; and after a release only what changed.
"""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from config.pages import installed
from config.pages.kept import LETTING_GO
from config.parcels import answers
from content.models import Guide, Translation
from tests.browser.offline_steps import ALL, OPENED, PageAt, cached, go_offline, has_a_worker, holds, wait_for
from tests.browser.traffic import Asked, Traffic
from tests.browser.watch import Watch

MOST_REQUESTS, MOST_BYTES, MOST_SECONDS = 20, 250_000, 0.1
MOST_BYTES_LATER = 10_000
"""Of a second visit: the page, and word that the worker is still the same."""

A_MOMENT = 2500
"""Milliseconds after which a page at rest has asked for what it wanted."""

FIRST = ("/help-now/", "/help-now/three/", "/offline/", LETTING_GO)
SAVES = "Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })"
PARCELS = "/offline/parcels/"


@pytest.fixture
def asked(traffic: Traffic, site: str) -> list[Asked]:
    """What the site is asked from here on. It has been asked the same before: whoever is first after a start waits.

    Nothing that a test before this one packed is left: a row of SQLite that it changed around its model would be in it.
    """
    answers.packed.clear()
    client = Client()
    for path in ("/", "/sw.js", f"{PARCELS}every/help/", f"{PARCELS}every/files/", "/lessons/"):
        client.get(path)
    traffic.wait_until_still()
    traffic.asked.clear()
    return traffic.asked


def figures(asked: list[Asked], name: str) -> tuple[int, int, float]:
    """And begins to count anew."""
    found = (len(asked), sum(one.size for one in asked), sum(one.seconds for one in asked))
    print(json.dumps({"visit": name, "requests": found[0], "bytes": found[1], "seconds": round(found[2], 3)}))  # noqa: T201
    asked.clear()
    return found


def a_first_visit(page_at: PageAt, path: str = "/") -> Page:
    page = page_at(390, service_workers="allow")
    page.goto(path)
    has_a_worker(page)
    holds(page, *FIRST)
    page.wait_for_timeout(A_MOMENT)
    return page


def practices(page: Page) -> set[str]:
    return {path for path in cached(page) if path.startswith("/practice/") and path != LETTING_GO}


def leading_pages(page: Page) -> dict[str, str]:
    held = cached(page)
    return {path: held[path] for path in ("/", "/practice/", "/lessons/")}


def test_a_first_visit_costs_one_page_and_help(page_at: PageAt, asked: list[Asked], watch: Watch) -> None:
    page = a_first_visit(page_at)
    requests, size, seconds = figures(asked, "first")
    assert requests <= MOST_REQUESTS
    assert size <= MOST_BYTES
    assert seconds <= MOST_SECONDS
    assert practices(page) == set()
    page.goto("/")
    page.wait_for_timeout(A_MOMENT)
    requests, size, _seconds = figures(asked, "second")
    assert requests <= 3
    assert size <= MOST_BYTES_LATER
    go_offline(page.context, watch)
    page.goto("/practice/yoga/")
    expect(page.get_by_role("heading", name="No network just now")).to_be_visible()
    expect(page.get_by_text("Not all are on this device yet.")).to_be_visible()
    assert page.locator("#main a[href^='/practice/']").count() == page.locator("#main a[href='/practice/pmr/']").count()
    page.goto("/help-now/")
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-part=cue]")).to_have_text("Breathe in")


@pytest.mark.parametrize("moment", ["opened", "installed"])
def test_the_rest_comes_to_who_opened_a_practice_or_installed_the_site(
    page_at: PageAt, asked: list[Asked], moment: str
) -> None:
    page = a_first_visit(page_at)
    asked.clear()
    if moment == "opened":
        page.goto(OPENED)
    else:
        page.evaluate("window.dispatchEvent(new Event('appinstalled'))")
    holds(page, ALL, "/practice/yoga/?size=12", "/tools/worry-time/new/", "/practice/", "/")
    requests, size, _seconds = figures(asked, moment)
    assert requests < 2 * Guide.objects.count()
    assert size < 600_000


def test_a_release_asks_only_for_what_changed(
    page_at: PageAt, asked: list[Asked], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = a_first_visit(page_at, OPENED)
    holds(page, ALL)
    held, leading = practices(page), leading_pages(page)
    monkeypatch.setattr(installed, "_templates", lambda: "another release")
    words = "Another way to begin."
    Translation.objects.create(english=words, words="Otra manera de empezar.")
    Guide.objects.filter(slug="yoga").update(ready=words, updated=timezone.now())
    asked.clear()
    renew(page, lambda: words in cached(page).get("/practice/yoga/?size=4", ""))
    assert leading_pages(page) == leading
    parcels = {one.path for one in asked if one.path.startswith(PARCELS) and one.size}
    figures(asked, "after a release")
    assert parcels == {ALL, f"{PARCELS}en/practice-yoga/"}
    assert not [one.path for one in asked if one.path.startswith("/static/")]
    assert practices(page) == held


def renew(page: Page, is_new: Callable[[], bool]) -> None:
    """A new version takes over once the site was left; then a page asks for what it lacks."""

    def comes_back() -> bool:
        page.goto("about:blank")
        page.wait_for_timeout(1000)
        page.goto("/")
        page.wait_for_timeout(A_MOMENT)
        return is_new()

    wait_for(page, comes_back)


def test_who_saves_data_has_the_practice_that_they_opened_and_no_other(page_at: PageAt) -> None:
    page = page_at(390, service_workers="allow")
    page.add_init_script(SAVES)
    page.goto(OPENED)
    has_a_worker(page)
    holds(page, *FIRST, "/practice/breathing/?size=12")
    page.goto("/today/")
    page.wait_for_timeout(A_MOMENT)
    assert {path.split("?")[0] for path in practices(page)} == {OPENED}
