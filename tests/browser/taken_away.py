"""Things that some browsers do not have, or refuse, taken out of Chromium before any script runs.

Words of a style sheet are made ones that nobody knows.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page, Route

from tests.browser import chromium

YOUNG_WORDS = re.compile(r"(?<=:)has(?=\()|light-dark(?=\()|color-mix(?=\()")
BLOCKED = """
    for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
        Object.defineProperty(window, name, { get() { throw new DOMException("blocked", "SecurityError"); } });
"""
GONE = {
    "AbortSignal.timeout": "delete AbortSignal.timeout;",
    "crypto.randomUUID": "delete Crypto.prototype.randomUUID;",
    "speechSynthesis.getVoices": "delete SpeechSynthesis.prototype.getVoices;",
    "all of speech": "delete window.speechSynthesis; delete window.SpeechSynthesisUtterance;",
    "a wake lock": "delete Navigator.prototype.wakeLock;",
    "a service worker": "delete Navigator.prototype.serviceWorker;",
    "storage": BLOCKED,
    "a lock that only https brings": "delete Crypto.prototype.subtle; delete Navigator.prototype.locks;",
}
NO_COOKIES = {"profile": {"default_content_setting_values": {"cookies": 2}}}
"""A setting of the browser itself: with it no cookie is kept or sent, and no storage is given."""


def without_young_words(page: Page) -> None:
    """As a browser of the floor reads our style sheets."""

    def read(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=YOUNG_WORDS.sub("unknown", answer.text()))

    page.route("**/*.css", read)


@contextmanager
def browser_without_cookies(
    browser_type: BrowserType, options: dict[str, Any], folder: Path, site: str
) -> Iterator[BrowserContext]:
    """The whole browser, because the shell has no such setting."""
    (folder / "Default").mkdir()
    (folder / "Default" / "Preferences").write_text(json.dumps(NO_COOKIES), encoding="utf-8")
    told = {**options, "executable_path": chromium.find_whole()}
    context = browser_type.launch_persistent_context(folder, base_url=site, **told)
    yield context
    context.close()
