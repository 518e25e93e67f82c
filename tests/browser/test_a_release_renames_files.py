"""A release gives files new names while a page from before it is open: that page works on, and the next has the new.

The site runs as an operator runs it and is started anew for the release. What it served before is gone from its disk,
as in a container.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.offline_steps import ALL, OPENED, cached, has_a_worker, holds, wait_for
from tests.sites import Site, a_site, start_web

pytestmark = pytest.mark.long

SHEET, SCRIPT = "css/site.css", "js/guide-player.js"
NEW_SHEET, NEW_SCRIPT = "css/site.0123456789ab.css", "js/guide-player.0123456789ab.js"
OF_THE_RELEASE = "getComputedStyle(document.documentElement).getPropertyValue('--of-the-release').trim()"
HAS = "path => fetch(path).then((answer) => answer.ok, () => false)"
SHEETS = "[...document.querySelectorAll('link[rel=stylesheet]')].map((link) => new URL(link.href).pathname)"


@pytest.fixture
def old_site(tmp_path: Path) -> Iterator[Site]:
    with a_site(tmp_path / "var", f"sqlite:///{tmp_path}/var/site.sqlite3") as site:
        yield site


@contextmanager
def a_visitor(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://localhost:{site.port}", viewport={"width": 390, "height": 844})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def release(site: Site) -> dict[str, str]:
    """Old names by the files that have new ones; the site is stopped and started again between."""
    stopped = site.processes.pop()
    stopped.terminate()
    stopped.wait(timeout=30)
    root = Path(site.settings["VAR_DIR"]) / "static"
    names = json.loads((root / "staticfiles.json").read_text())
    old = {name: names["paths"][name] for name in (SHEET, SCRIPT)}
    told = {
        SHEET: "\n:root { --of-the-release: new; }\n",
        SCRIPT: "\ndocument.documentElement.dataset.release = 'new';\n",
    }
    for name, new in ((SHEET, NEW_SHEET), (SCRIPT, NEW_SCRIPT)):
        (root / new).write_text((root / old[name]).read_text() + told[name])
        names["paths"][name] = new
        for gone in root.glob(f"{old[name]}*"):
            gone.unlink()
    (root / "staticfiles.json").write_text(json.dumps(names))
    site.processes.append(start_web(site, Path(site.settings["VAR_DIR"])))
    site.wait_for("/healthz")
    return {name: f"/static/{path}" for name, path in old.items()}


def practise(page: Page) -> None:
    page.get_by_role("button", name="Start", exact=True).click()
    expect(page.locator("[data-part=cue]")).to_have_text("Breathe in")
    page.get_by_role("button", name="Stop gently").click()
    page.locator("#after fieldset").first.locator('input[value="4"]').check()
    page.get_by_role("button", name="Save this practice").click()
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()


def has_the_new_alone(page: Page, old: dict[str, str]) -> bool:
    """A new version takes over once the site was left, and the old files go once all of it is there."""
    page.goto("about:blank")
    page.wait_for_timeout(1000)
    page.goto(OPENED)
    page.wait_for_timeout(2000)
    held = cached(page)
    page_of_the_new = NEW_SCRIPT in held.get(f"{OPENED}?size=12", "")
    return f"/static/{NEW_SHEET}" in held and f"/static/{NEW_SCRIPT}" in held and page_of_the_new


def test_a_page_from_before_a_release_works_on_and_the_device_takes_the_new_files(
    browser: Browser, old_site: Site
) -> None:
    with a_visitor(browser, old_site) as page:
        page.goto(OPENED)
        has_a_worker(page)
        holds(page, ALL)
        page.goto(OPENED)
        old = release(old_site)
        assert old_site.ask(old[SHEET])[0] == 404
        # What a page that is open asks for late, the device has.
        assert page.evaluate(HAS, old[SCRIPT])
        practise(page)
        page.goto(OPENED)
        assert f"/static/{NEW_SHEET}" in page.evaluate(SHEETS)
        assert page.evaluate(OF_THE_RELEASE) == "new"
        wait_for(page, lambda: has_the_new_alone(page, old))
        page.context.set_offline(True)
        page.goto(f"{OPENED}?size=12")
        assert f"/static/{NEW_SHEET}" in page.evaluate(SHEETS)
        assert page.evaluate(OF_THE_RELEASE) == "new"
        expect(page.locator("html")).to_have_attribute("data-release", "new")
        page.get_by_role("button", name="Start", exact=True).click()
        expect(page.locator("[data-part=cue]")).to_have_text("Breathe in")
