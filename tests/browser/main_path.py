"""The main path as one walk: front door, questions, result, keep, Today, a practice, a tool, log out.

It goes by the names of fields and the addresses of links, not by words, so that it is the same walk in each language.
"""

import re
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.accounts.people import PASSWORD, code_sent_to
from tests.coaching.shell_makers import POSTS

ENGLISH, SPANISH = "/", "/es/"
EMAIL = "nadia@example.org"
WRITTEN = "The scan on Tuesday"


def main_path(page: Page, home: str = ENGLISH) -> Iterator[str]:
    """Tells each page once it is there. Tools are written in English alone: in Spanish a page says so."""
    page.goto(home)
    yield "the front door"
    press(page, f'main a[href="{home}intake/"]')
    yield "before the questions"
    press(page, "main a.button.first")
    yield from questions(page)
    page.wait_for_url(f"**{home}recommendations/")
    yield "the result"
    yield from keep(page, home)
    yield from practise(page, home)
    yield from write(page, home)
    yield from log_out(page, home)


def press(page: Page, what: str) -> None:
    """What leads to another page, and be there."""
    with page.expect_navigation():
        page.locator(what).locator("visible=true").first.click()


def questions(page: Page) -> Iterator[str]:
    for step, told in POSTS.items():
        page.wait_for_url(re.compile(f"/intake/{step}/"))
        yield f"the questions, {step}"
        answer(page, told)


def answer(page: Page, told: dict[str, str | list[str]]) -> None:
    for name, value in told.items():
        if value == ["none"] or name == "self_harm":
            press(page, f'main button[name="{name}"][value="{value[0] if isinstance(value, list) else value}"]')
            return
        for each in [value] if isinstance(value, str) else value:
            field = page.locator(f'main [name="{name}"]')
            if field.count() == 1 and field.get_attribute("type") != "checkbox":
                field.fill(each)
            else:
                page.locator(f'main [name="{name}"][value="{each}"]').check()
    press(page, "main form .actions button.first")


def keep(page: Page, home: str) -> Iterator[str]:
    press(page, f'form[action="{home}plan/keep/"] button')
    yield "an account to keep it"
    page.locator("main #id_email").fill(EMAIL)
    page.locator("main #id_password1").fill(PASSWORD)
    press(page, "main form button.first")
    page.wait_for_url(f"**{home}today/")
    yield "Today, before the address is confirmed"
    page.locator('main a[href$="/confirm-email/"]').first.click()
    page.wait_for_url("**/confirm-email/")
    yield "the code of that account"
    page.locator("main #id_code").fill(code_sent_to(EMAIL))
    press(page, "main form button.first")
    page.wait_for_url(f"**{home}today/")
    yield "Today"


def practise(page: Page, home: str) -> Iterator[str]:
    page.goto(f"{home}practice/breathing/")
    yield "a practice"
    page.locator("[data-do=start]").locator("visible=true").click()
    expect(page.locator("guide-player.is-running[data-cue]")).to_be_visible()
    yield "a practice that runs"
    page.locator("[data-do=stop]").locator("visible=true").click()
    expect(page.locator("#after button.first")).to_be_visible()
    yield "a practice that was stopped"
    page.locator("#after button.first").click()
    page.wait_for_url(f"**{home}practice/done/**")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    yield "a practice that was kept"


def write(page: Page, home: str) -> Iterator[str]:
    page.goto(f"{home}tools/worry-time/new/")
    yield "a tool"
    if home == ENGLISH:
        page.locator(".tool-form textarea, .tool-form input[type=text]").first.fill(WRITTEN)
        yield "a tool with words in it"
        press(page, '.tool-form button[value="save"]:not(.hidden-visually)')
        page.wait_for_url(lambda url: not url.endswith("/new/"))
        expect(page.get_by_text(WRITTEN).first).to_be_visible()
        yield "what was written"


def log_out(page: Page, home: str) -> Iterator[str]:
    page.goto(f"{home}accounts/logout/")
    yield "before logging out"
    press(page, "main form button.first")
    page.wait_for_url(f"**{home}")
    assert page.locator('meta[name="owner"]').get_attribute("content") == ""
    yield "logged out"
