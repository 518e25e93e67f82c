"""After a release, and after a start without one, a device that holds all practices is sent only what changed.

The site runs as an operator runs it, in processes of its own, each of which orders what has no order as it likes. All
that crosses the line is counted, what the worker asks for in the background included.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.a_day_later import A_DAY_PASSES
from tests.browser.offline_steps import ALL, OPENED, cached, has_a_worker, holds, wait_for
from tests.pgplugin import free_port
from tests.sites import Site, a_site, another_tree, release, start_anew
from tests.wire import Wire, a_wire

pytestmark = pytest.mark.long

SCRIPT = "static/js/print-page.js"
RELEASED = "/static/js/print-page."
PAGES = ("/", "/sw.js")
MOST_TIMES = 20
A_MOMENT = 3000
"""Milliseconds after which a page at rest has asked for what it wanted."""


@dataclass(frozen=True, kw_only=True)
class Visitor:
    site: Site
    wire: Wire
    page: Page

    def comes(self, *awaited: str) -> set[str]:
        """What is sent for it, but the page and the worker; it comes again until all that is awaited was.

        A new version takes over once the site was left, and on a busy machine that takes more than one time.
        """
        self.wire.take()
        sent: set[str] = set()

        for _ in range(MOST_TIMES):
            self.page.goto("about:blank")
            self.page.wait_for_timeout(1000)
            self.page.goto("/")
            self.page.wait_for_timeout(1000)
            wait_for(self.page, lambda: self.wire.is_still_for(A_MOMENT / 1000))
            sent.update(one.path.partition("?")[0] for one in self.wire.take() if one.status == 200)
            if all(any(path.startswith(each) for path in sent) for each in awaited):
                break
        return sent - set(PAGES)


@pytest.fixture
def visitor(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    port = free_port()
    with (
        a_site(tmp_path / "var", f"sqlite:///{tmp_path}/var/site.sqlite3", called_at=port) as site,
        a_wire(port, site.port) as wire,
    ):
        context = browser.new_context(base_url=f"http://localhost:{port}", viewport={"width": 390, "height": 844})
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto(OPENED)
        has_a_worker(page)
        holds(page, ALL)
        yield Visitor(site=site, wire=wire, page=page)
        context.close()


def test_a_release_sends_a_device_only_what_changed(visitor: Visitor, tmp_path: Path) -> None:
    root = another_tree(visitor.site.root, tmp_path / "release")
    changed = root / SCRIPT
    changed.write_text(changed.read_text() + "\ndocument.documentElement.dataset.release = 'new';\n")
    before = set(cached(visitor.page))
    release(visitor.site, root)
    sent = visitor.comes(ALL, RELEASED)
    [script] = [path for path in sent if path.startswith("/static/")]
    assert script.startswith(RELEASED)
    assert sent - {script} == {ALL}
    after = set(cached(visitor.page))
    assert after - before == {script}
    assert visitor.comes() == set()


def test_a_start_sends_a_device_nothing_again(visitor: Visitor) -> None:
    """Whatever was packed by then is gone, and the device looks again because a day has passed."""
    visitor.page.goto("/")
    wait_for(visitor.page, lambda: visitor.wire.is_still_for(A_MOMENT / 1000))
    visitor.page.evaluate(A_DAY_PASSES)
    shutil.rmtree(Path(visitor.site.settings["VAR_DIR"]) / "parcels")
    start_anew(visitor.site)
    assert visitor.comes(ALL) == {ALL}
