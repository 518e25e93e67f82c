"""A real browser on a real server: the hashed static files, the full library, and a watch over every page."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser import checker, chromium
from tests.browser.traffic import RoomyServer, Traffic
from tests.browser.watch import Watch, height_at

# Playwright's own loop runs in this thread, and Django would take every query for a mistake.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
PATIENCE = 30_000
"""Milliseconds for a page to become what it should: a busy machine is slow, and who waits in vain has failed anyway."""
PageAt = Callable[..., Page]

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium.find(), "args": chromium.FLAGS}


@pytest.fixture(scope="session")
def traffic() -> Traffic:
    return Traffic()


@pytest.fixture(scope="session")
def live_server(collected_static: Path, hashed_storages: dict[str, Any], traffic: Traffic) -> Iterator[LiveServer]:
    """Serves what the site's own middleware serves, and nothing from the source folders.

    It is at localhost, because a passkey cannot belong to a number.
    """
    server = LiveServer("localhost", start=False)
    server.thread.static_handler, server.thread.server_class = traffic.counted, RoomyServer  # type: ignore[assignment]
    with override_settings(STATIC_ROOT=collected_static, STORAGES=hashed_storages):
        server.start()
    yield server
    server.stop()


@pytest.fixture
def site(live_server: LiveServer, hashed_static: Path, library: None, settings: Any) -> str:
    """The address of the running site, with the library loaded and its own address in its letters."""
    settings.SITE_URL = live_server.url
    return live_server.url


@pytest.fixture
def watch(site: str) -> Iterator[Watch]:
    watch = Watch(site)
    yield watch
    assert not watch.unexpected()


@pytest.fixture
def page_at(browser: Browser, site: str, watch: Watch, traffic: Traffic) -> Iterator[PageAt]:
    """Opens a fresh visitor's page: `page_at(390, "dark")`. More is passed to the browser's context as it is.

    Without the service worker, unless a test is about it: it goes on fetching after a test has ended.
    """
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1280, scheme: str = "light", **more: Any) -> Page:
        more = {"service_workers": "block", **more}
        viewport = {"width": width, "height": height_at(width)}
        context = browser.new_context(base_url=site, viewport=viewport, color_scheme=scheme, **more)
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    traffic.wait_until_still()


@pytest.fixture
def page(page_at: PageAt) -> Page:
    """A visitor at a desk, by day."""
    return page_at()


@pytest.fixture
def phone(page_at: PageAt) -> Page:
    """A visitor with a phone, by night."""
    return page_at(390, "dark", has_touch=True)


@pytest.fixture
def no_js_page(page_at: PageAt) -> Page:
    """A visitor whose browser runs no scripts."""
    return page_at(java_script_enabled=False)


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Asserts that the accessibility checker finds nothing on a page, the size of touch targets included."""
    return checker.finds_nothing
