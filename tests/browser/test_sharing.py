"""A page to take along, on a phone: chosen, shared by a link, opened as a clinician in a clean browser, ended, gone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from coaching.models import Person, Rhythm
from coaching.progress.check_ins import keep_check_in
from tests.browser.steps import take_session
from tests.coaching.shell_makers import a_member, a_plan

PageAt = Callable[..., Page]
WIDTH = "document.fonts.ready.then(() => document.documentElement.scrollWidth)"
GONE = "There is nothing at this address"


def somebody(page: Page) -> Person:
    client, now = Client(), timezone.now()
    person = a_plan(a_member(client), at=now - timedelta(days=28), goal="Carry my bag upstairs").person
    person.intakes.update(safety_at=now)
    for days in (21, 14, 7):
        at = now - timedelta(days=days)
        keep_check_in(person, dict.fromkeys(("peg_1", "peg_2", "peg_3"), 2), day=at.date(), at=at)
    rhythm = Rhythm(person=person, began_on=now.date(), ends_on=now.date() + timedelta(days=56))
    rhythm.step = {"words": "Stand at the door", "when": "after lunch"}
    rhythm.save()
    take_session(page, client)
    return person


def choose_and_share(page: Page, look: Callable[[Page], None]) -> tuple[str, str]:
    page.goto("/progress/")
    page.goto("/summary/")
    look(page)
    page.get_by_label("My goal").check()
    page.get_by_label("Unwanted effects").uncheck()
    page.get_by_label("Name to stand on it").fill("نادية عبد الرحمن")
    page.get_by_label("My questions").fill("May I run?")
    page.get_by_role("button", name="Show me the page").click()
    leaves = page.locator("article.summary-page")
    expect(leaves).to_contain_text("Carry my bag upstairs")
    expect(leaves).to_contain_text("May I run?")
    look(page)
    page.get_by_label("How long may it be opened?").select_option("1 day")
    page.get_by_role("button", name="Make a link with a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your link")
    look(page)
    return page.locator(".link-out a").inner_text(), page.locator(".code-out").inner_text()


def open_as_a_clinician(reader: Page, address: str, code: str, look: Callable[[Page], None]) -> None:
    reader.goto(address)
    look(reader)
    reader.get_by_label("Code").fill("000 000")
    reader.get_by_role("button", name="Open it").click()
    expect(reader.get_by_text("9 tries are left").first).to_be_visible()
    reader.get_by_label("Code").fill(code)
    reader.get_by_role("button", name="Open it").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Summary for a doctor or therapist")
    expect(reader.locator("article")).to_contain_text("نادية عبد الرحمن")
    look(reader)
    assert reader.context.cookies() == []


def end_it(page: Page, look: Callable[[Page], None]) -> None:
    page.goto("/summary/links/")
    expect(page.get_by_text("Opened once:")).to_be_visible()
    look(page)
    page.get_by_role("button", name="End this link now").click()
    expect(page.get_by_text("Ended. Nobody can open it any more.")).to_be_visible()


def walk(page: Page, reader: Page, look: Callable[[Page], None]) -> None:
    somebody(page)
    address, code = choose_and_share(page, look)
    open_as_a_clinician(reader, address, code, look)
    end_it(page, look)
    reader.goto(address)
    expect(reader.get_by_role("heading", level=1)).to_have_text(GONE)
    look(reader)


def test_a_page_is_chosen_shared_opened_and_ended_on_a_phone(page_at: PageAt, axe: Callable[[Page], None]) -> None:
    def look(page: Page) -> None:
        axe(page)
        assert page.evaluate(WIDTH) <= 390, page.url

    walk(page_at(390, "light"), page_at(390, "dark"), look)


def test_the_whole_way_works_without_scripts(page_at: PageAt) -> None:
    page, reader = (page_at(390, "light", java_script_enabled=False) for _ in range(2))
    walk(page, reader, lambda page: None)


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_pages_for_others_are_open_to_everyone(
    page_at: PageAt, axe: Callable[[Page], None], width: int, scheme: str
) -> None:
    page = page_at(width, scheme)
    somebody(page)
    for path in ("/for-someone-close/", "/for-clinics/", "/summary/links/"):
        page.goto(path)
        axe(page)
        assert page.evaluate(WIDTH) <= width, path
