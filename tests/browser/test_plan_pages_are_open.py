"""The result, what it can be told, and the pages that lead to and from it: open to everyone at both widths, in both
colours, and no wider than the screen."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from coaching.models import Person, Practice
from tests.browser.checker import SCHEMES, finds_nothing
from tests.browser.steps import take_session
from tests.coaching.shell_makers import a_plan, a_visitor
from tests.coaching.test_first_thing import answer_little

PageAt = Callable[..., Page]
SIZES = ({"width": 390, "height": 844}, {"width": 1280, "height": 900})
STILL = "document.getAnimations().forEach((one) => one.finish())"
WIDE = "document.documentElement.scrollWidth"
TOLD = {
    "place": ["neck", "shoulders"],
    "triggers": ["stress"],
    "rather": ["move"],
    "values": ["family", "rest"],
    "panic": "yes",
    "tension": 9,
    **{f"gad_{number}": 3 for number in range(1, 8)},
}


def somebody(page: Page) -> Person:
    client = Client()
    person = a_visitor(client)
    a_plan(person, at=timezone.now() - timedelta(days=10), **TOLD)
    Practice.objects.bulk_create(
        Practice(
            person=person,
            technique_id=("breathing", "pmr")[number % 2],
            client_id=f"a-made-up-go-{number}",
            started_at=timezone.now() - timedelta(days=number),
            tension_before=5,
            tension_after=(3, 7)[number % 2],
        )
        for number in range(14)
    )
    take_session(page, client)
    return person


def told_little(page: Page) -> None:
    client = Client()
    answer_little(client)
    take_session(page, client)


def states(page: Page) -> Iterator[str]:
    somebody(page)
    page.goto("/recommendations/")
    yield "result"
    page.locator("main details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    yield "result, all unfolded"
    page.locator(".my-picture").get_by_role("button", name="That is not it").first.click()
    page.get_by_role("button", name="Take that back").wait_for()
    yield "my picture, corrected"
    for path in ("/plan/", "/progress/", "/progress/what-works/", "/intake/yours/", "/practice/heat/?size=4"):
        page.goto(path)
        yield path


def is_open(page: Page, state: str) -> None:
    for size in SIZES:
        page.set_viewport_size(size)
        for scheme, asked in SCHEMES.items():
            page.emulate_media(color_scheme=scheme)
            page.evaluate(STILL)
            finds_nothing(page, asked=asked, where=f"{state}, {scheme} at {size['width']}")
        assert page.evaluate(WIDE) <= size["width"], f"{state} at {size['width']}"


def test_each_of_them_is_open(page_at: PageAt) -> None:
    page = page_at(390)
    for state in states(page):
        is_open(page, state)


def test_the_page_of_whoever_told_little_is_open(page_at: PageAt) -> None:
    page = page_at(390)
    told_little(page)
    page.goto("/recommendations/")
    page.locator("main h1").wait_for()
    assert "/intake/" not in page.url
    is_open(page, "one first thing")
