"""Visits of whole browsers to a site, one after the other, each counted until its service worker is quiet.

Two kinds of device, each with a profile of its own that outlives the browser: of a **reader**, who opens the front page
and no more, and of somebody who **installed** the site, so that every practice is kept there. They come for the first
time and again, after a release in which one script changed, after a technique was published anew, and after a release
that changed every page. A new version takes over once the site was left, so the visit after the next is counted too.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, BrowserType, Page

from tests.benchmarks.asking import cpu_of
from tests.browser import chromium
from tests.browser.a_day_later import A_DAY_PASSES
from tests.processes import wait_until
from tests.sites import Site, another_tree, release
from tests.wire import Crossed, Wire

STILL = 4.0
"""Seconds without a request after which a browser has what it wanted."""

PATIENCE = 180
WEBS = 2
READER, INSTALLED = "reader", "installed"
SCRIPT, FRAME = "static/js/print-page.js", "templates/base.html"
LISTED = ("/", "/sw.js", "/offline/parcels/every/files/", "/offline/parcels/every/help/", "/offline/parcels/en/")
IS_INSTALLED = "window.dispatchEvent(new Event('appinstalled'))"
PUBLISH = """
from django.utils import timezone
from content.models import Guide, Translation
Translation.objects.create(english="Another way to begin.", words="Otra manera de empezar.")
assert Guide.objects.filter(slug="yoga").update(ready="Another way to begin.", updated=timezone.now())
"""


@dataclass(frozen=True, kw_only=True)
class Visit:
    asked: list[Crossed]
    seconds: float
    """Of the processors, in all processes of the site that answer."""

    @property
    def size(self) -> int:
        return sum(one.size for one in self.asked)


@dataclass(frozen=True, kw_only=True)
class Row:
    """What a kind of visit costs: the most requests and bytes of any device, and what one takes on the average."""

    device: str
    visit: str
    requests: int
    size: int
    seconds: float


@dataclass(kw_only=True)
class Journey:
    site: Site
    wire: Wire
    browser: BrowserType
    folder: Path
    devices: int
    """Of each kind."""

    visits: dict[tuple[str, str], list[Visit]] = field(default_factory=dict)
    once: dict[str, float] = field(default_factory=dict)
    """Seconds of the processor that the site takes once after each change, however many come."""

    stands_alone: set[str] = field(default_factory=set)
    """Devices that open the site from the home screen."""

    @property
    def address(self) -> str:
        return self.site.settings["SITE_URL"]

    def rows(self) -> list[Row]:
        return [_row(device, name, seen) for (device, name), seen in self.visits.items()]

    # --- The way ---

    def first_paths(self) -> list[str]:
        """What a fresh browser asks for at its first visit, in that order."""
        with self.a_browser(self.folder / "scout") as context:
            return [one.path for one in self.visit(context, READER, "").asked]

    def go(self) -> None:
        self.warm("a start")
        self.come(READER, "first visit")
        self.come(READER, "second visit")
        self.come(INSTALLED, "first visit")
        self.come(INSTALLED, "installing", does=IS_INSTALLED)
        self.stands_alone.add(INSTALLED)
        self.come(INSTALLED, "visit after installing")
        self.release("one script changed", SCRIPT, "\ndocument.documentElement.dataset.release = 'new';\n")
        self.publish()
        self.release("every page changed", FRAME, "<div hidden></div>\n")

    def release(self, what: str, file: str, more: str) -> None:
        """A whole tree of its own, in which one file is another."""
        root = another_tree(self.site.root, self.folder / f"release-{len(self.once)}")
        add(root / file, more)
        release(self.site, root, webs=WEBS)
        self.warm(f"a release, {what}")
        for device in (READER, INSTALLED):
            self.come(device, f"release, {what}")
            self.come(device, f"release, {what}: next visit")

    def publish(self) -> None:
        done = self.site.manage("shell", "-c", PUBLISH)
        assert done.returncode == 0, done.stderr
        time.sleep(1)  # the longest that a process goes on with what it knows
        self.warm("one technique published anew")
        for device in (READER, INSTALLED):
            self.come(device, "one technique published anew, a day later", before=A_DAY_PASSES)
            self.come(device, "one technique published anew: next visit")

    # --- Visits ---

    def warm(self, what: str) -> None:
        """Whoever comes first after a change waits for all that is made once. It is no part of what a visit costs."""
        begun = self.spent()
        for path in LISTED:
            assert self.site.ask(path)[0] == 200, path
        for path in json.loads(self.site.ask(LISTED[-1])[1]):
            assert self.site.ask(path)[0] == 200, path
        # A process that has just begun makes its copies for when the database is away.
        wait_until((Path(self.site.settings["VAR_DIR"]) / "standby.json").exists, seconds=PATIENCE)
        self.wait_for_rest()
        self.once[what] = self.spent() - begun

    def wait_for_rest(self) -> None:
        """Until the processes of the site have nothing left to do."""
        seen = -1.0
        while seen != (seen := self.spent()):
            time.sleep(2)

    def come(self, device: str, name: str, *, does: str = "", before: str = "") -> None:
        seen = self.visits.setdefault((device, name), [])
        for number in range(self.devices):
            with self.a_browser(self.folder / f"{device}-{number}") as context:
                if before:
                    self.alter(context, before)
                seen.append(self.visit(context, device, does))

    def alter(self, context: BrowserContext, script: str) -> None:
        """On a page of the site that asks for nothing by itself."""
        page = context.new_page()
        page.goto(f"{self.address}/healthz")
        page.evaluate(script)
        page.close()

    def visit(self, context: BrowserContext, device: str, does: str) -> Visit:
        page = context.new_page()
        if device in self.stands_alone:
            _stands_alone(context, page)
        self.wire.take()
        begun = self.spent()
        page.goto(f"{self.address}/")
        if does:
            page.evaluate(does)
        wait_until(lambda: self.wire.is_still_for(STILL), seconds=PATIENCE)
        visit = Visit(asked=self.wire.take(), seconds=self.spent() - begun)
        page.goto("about:blank")
        page.wait_for_timeout(1000)
        return visit

    def spent(self) -> float:
        return sum(cpu_of(process.pid) for process in self.site.processes)

    @contextmanager
    def a_browser(self, profile: Path) -> Iterator[BrowserContext]:
        context = self.browser.launch_persistent_context(
            profile, executable_path=chromium.find(), args=chromium.FLAGS, viewport={"width": 390, "height": 844}
        )
        context.set_default_timeout(PATIENCE * 1000)
        try:
            yield context
        finally:
            context.close()


def add(file: Path, more: str) -> None:
    """At the end of a script, or of the body of a page."""
    words = file.read_text(encoding="utf-8")
    end = words.rfind("</body>") if file.suffix == ".html" else len(words)
    file.write_text(words[:end] + more + words[end:], encoding="utf-8")


def _stands_alone(context: BrowserContext, page: Page) -> None:
    """As a browser shows a site that was opened from the home screen."""
    told = {"features": [{"name": "display-mode", "value": "standalone"}]}
    context.new_cdp_session(page).send("Emulation.setEmulatedMedia", told)


def _row(device: str, visit: str, seen: list[Visit]) -> Row:
    return Row(
        device=device,
        visit=visit,
        requests=max(len(one.asked) for one in seen),
        size=max(one.size for one in seen),
        seconds=sum(one.seconds for one in seen) / len(seen),
    )
