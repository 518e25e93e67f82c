"""What a person does on a device whose network comes and goes, and what can be read from the device itself."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, expect

from content.core.vocabulary import Status
from content.models import Guide
from tests.browser.watch import Watch

PageAt = Callable[..., Page]
HELD = ("breathing", "pmr", "yoga")
BREATHING, PMR, YOGA = (f"/practice/{slug}/?size=4" for slug in HELD)
OPENED = "/practice/breathing/"
ALL = "/offline/parcels/en/"
"""The list of what belongs on a device is put aside last, when all of it is there."""

TRIES = 300
A_MOMENT = 100
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"
CACHED = """
async () => {
    const found = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
            const answer = await cache.match(request);
            const kind = answer.headers.get("Content-Type") ?? "";
            const { pathname, search } = new URL(request.url);
            found[pathname + search] = kind.startsWith("text/html") ? await answer.text() : "";
        }
    }
    return found;
}
"""
HOLDS = """
async (paths) => {
    const held = new Set();
    for (const name of await caches.keys()) {
        for (const { url } of await (await caches.open(name)).keys()) {
            const { pathname, search } = new URL(url);
            held.add(pathname + search);
        }
    }
    return paths.every((path) => held.has(path));
}
"""
ROWS = """
() => new Promise((keep, refuse) => {
    const opening = indexedDB.open("unloop");
    opening.onerror = () => refuse(opening.error);
    opening.onsuccess = () => {
        const asked = opening.result.transaction("rows").objectStore("rows").getAll();
        const plain = (row) => ({ ...row, iv: "", sealed: new TextDecoder("latin1").decode(row.sealed) });
        asked.onsuccess = () => keep(asked.result.map(plain));
    };
})
"""
KEY = """
() => new Promise((keep) => {
    const opening = indexedDB.open("unloop");
    opening.onsuccess = () => {
        const asked = opening.result.transaction("device").objectStore("device").get("key");
        const plain = ({ type, extractable, algorithm: { name } }) => ({ type, extractable, name });
        asked.onsuccess = () => keep(plain(asked.result));
    };
})
"""


def cached(page: Page) -> dict[str, str]:
    """Every address that the device holds, with the text of what is a page."""
    return page.evaluate(CACHED)


def rows(page: Page) -> list[dict[str, Any]]:
    """What waits on the device, as it lies there."""
    return page.evaluate(ROWS)


def wait_for(page: Page, is_so: Callable[[], bool]) -> None:
    for _ in range(TRIES):
        if is_now(is_so):
            return
        page.wait_for_timeout(A_MOMENT)
    raise AssertionError("it did not come to be")


def is_now(is_so: Callable[[], bool]) -> bool:
    try:
        return is_so()
    except Error as error:
        if "context was destroyed" not in error.message:
            raise
        return False  # The page is on its way to another.


def holds(page: Page, *paths: str) -> None:
    """Until the worker has put these addresses aside."""
    wait_for(page, lambda: page.evaluate(HOLDS, list(paths)))


def has_a_worker(page: Page) -> None:
    wait_for(page, lambda: page.evaluate("navigator.serviceWorker.controller !== null"))


KNOWS_WHO_IS_HERE = """async () => {
    const told = document.querySelector('meta[name="owner"]')?.content;
    if (told === undefined) return true;
    if (!globalThis.unsent) return false;
    // Where a browser keeps nothing there is nothing to wait for.
    return ((await globalThis.unsent.owner().catch(() => told)) ?? "") === told;
}"""


def go_offline(context: BrowserContext, watch: Watch) -> None:
    """Once the device has noted whose page is open: it does so when the page has loaded."""
    for page in context.pages:
        wait_for(page, lambda page=page: page.evaluate(KNOWS_WHO_IS_HERE))
    watch.expect(NO_NETWORK)
    context.set_offline(True)


def practise(page: Page, slug: str = "breathing", after: str = "4") -> None:
    """One go, up to the press on Save."""
    page.goto(f"/practice/{slug}/?size=4")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Stop gently").click()
    first = page.locator("#after fieldset").first
    first.locator(f'input[value="{after}"]').check()
    page.get_by_role("button", name="Save this practice").click()


def practise_offline(page: Page, slug: str = "breathing", after: str = "4") -> None:
    practise(page, slug, after)
    expect(page.get_by_role("heading", name="Saved here, not yet sent")).to_be_focused()


def a_device(page_at: PageAt, *also: str, **more: Any) -> Page:
    """A visitor whose device holds the site: one of three guides, and those that are named besides.

    The worker asks for every way to do each guide, and with all of them that costs more than what most tests are about.
    """
    Guide.objects.exclude(slug__in=[*HELD, *also]).update(status=Status.DRAFT.value)
    return a_device_of_every_guide(page_at, **more)


def a_device_of_every_guide(page_at: PageAt, **more: Any) -> Page:
    """The site comes to a device whose person opens a practice."""
    page = page_at(390, service_workers="allow", **more)
    page.goto(OPENED)
    has_a_worker(page)
    holds(page, BREATHING, PMR, YOGA, "/help-now/", "/tools/worry-time/new/", ALL)
    page.goto("/practice/")
    return page


def is_sent(page: Page) -> None:
    wait_for(page, lambda: not rows(page))
