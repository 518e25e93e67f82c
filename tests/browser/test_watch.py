"""The watch notices: otherwise every other test of this folder would prove less than it seems to."""

import pytest
from playwright.sync_api import Page

from tests.browser.offline_steps import A_MOMENT, TRIES
from tests.browser.watch import Watch


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("console.error('something broke')", "something broke"),
        ("setTimeout(() => { throw new Error('a script fell over') })", "a script fell over"),
        ("fetch('http://127.0.0.1:9/elsewhere').catch(() => null)", "127.0.0.1:9"),
        ("document.body.append(Object.assign(new Image(), {src: '//elsewhere.example/x.png'}))", "elsewhere.example"),
        ("document.body.setAttribute('style', 'color: red')", "style"),
    ],
    ids=["console", "script", "fetch", "image", "inline style"],
)
def test_a_fault_is_noticed(page: Page, watch: Watch, script: str, words: str) -> None:
    page.goto("/help-now/")
    page.evaluate(script)
    assert is_noticed(page, watch, words)
    watch.expect(words)


def is_noticed(page: Page, watch: Watch, words: str) -> bool:
    """The browser tells of it a moment later."""
    for _ in range(TRIES):
        if any(words in fault for fault in watch.unexpected()):
            return True
        page.wait_for_timeout(A_MOMENT)
    return False


def test_a_page_that_is_not_there_is_no_fault(page: Page, watch: Watch) -> None:
    page.goto("/no-such-page/")
    assert watch.unexpected() == []


def test_a_file_that_is_not_there_is_one(page: Page, watch: Watch) -> None:
    page.goto("/help-now/")
    page.evaluate("fetch('/static/no-such-file.css')")
    assert is_noticed(page, watch, "404")
    watch.expect("404")
