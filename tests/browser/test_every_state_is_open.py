"""What the list of public pages leaves out, open to everyone: pages of a person, refused forms, danger, faults."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page

from coaching.core.intake.questionnaires import STEP
from tests.accounts.people import make_user
from tests.browser.hands import WIDTH_WHEN_TWICE_AS_LARGE
from tests.browser.steps import answer_danger, be_logged_in, go_on, have_a_plan, open_safety

PageAt = Callable[..., Page]
STEPS = ["pain", "mood", "days", "yours", *(step.slug for step in STEP.values() if step.chapter)]
SEND = "document.querySelector('main form').requestSubmit()"
WIDTH = "document.fonts.ready.then(() => document.documentElement.scrollWidth)"
FAULTS = ["/no-such-page/", "/lessons/breathng/"]


def states(page: Page) -> Iterator[str]:
    """Goes from state to state, and names each one it stands in."""
    yield from refused(page)
    yield from the_questions(page)
    yield from of_a_person(page)
    yield from danger(page)
    yield from faults(page)


def refused(page: Page) -> Iterator[str]:
    for step in ("goal", "below-the-waist", "one-direct-question"):
        page.goto(f"/intake/{step}/")
        page.evaluate(SEND)
        page.locator("#error-summary").wait_for()
        yield f"{step} refused"
    page.goto("/accounts/signup/")
    page.locator("main").get_by_role("button", name="Sign up").click()
    page.get_by_role("alert").first.wait_for()
    yield "sign-up refused"
    page.goto("/newsletter/")
    page.locator("main form").get_by_role("button").first.click()
    page.get_by_role("alert").first.wait_for()
    yield "letters refused"


def the_questions(page: Page) -> Iterator[str]:
    have_a_plan(page)
    for step in STEPS:
        page.goto(f"/intake/{step}/")
        yield step


def of_a_person(page: Page) -> Iterator[str]:
    page.goto("/recommendations/")
    for summary in page.locator("main details > summary").all():
        summary.click()
    yield "result with everything open"
    page.goto("/plan/")
    yield "plan"
    page.goto("/practice/breathing/?size=1")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Stop gently").click()
    page.get_by_role("button", name="Save this practice").wait_for()
    yield "practice that ended"
    page.get_by_role("button", name="Save this practice").click()
    page.wait_for_url("**/practice/done/**")
    yield "practice saved"
    be_logged_in(page, make_user())
    page.goto("/today/")
    yield "today"


def danger(page: Page) -> Iterator[str]:
    page.context.clear_cookies()
    open_safety(page)
    answer_danger(page, "Yes")
    yield "crisis"
    page.goto("/intake/below-the-waist/")
    with page.expect_navigation():
        page.get_by_role("checkbox").first.click()
    yield "emergency"
    page.goto("/practice/breathing/")
    yield "practice closed"


def faults(page: Page) -> Iterator[str]:
    for path in FAULTS:
        page.goto(path)
        yield path
    page.goto("/accounts/login/")
    page.context.clear_cookies()
    go_on(page, "Log in")
    yield "a form without its token"
    page.set_content(page_that_stands_alone())
    yield "a fault of ours"


def page_that_stands_alone() -> str:
    return (django_settings.BASE_DIR / "templates" / "errors" / "500.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_every_state_is_open_to_everyone(page_at: PageAt, axe: Callable[[Page], None], width: int, scheme: str) -> None:
    page = page_at(width, scheme)
    for _state in states(page):
        axe(page)


def test_every_state_fits_the_narrowest_phone_and_one_with_letters_twice_as_large(page_at: PageAt) -> None:
    page = page_at(320)
    wide = {}
    for state in states(page):
        page.set_viewport_size({"width": 320, "height": 640})
        wide[state] = page.evaluate(WIDTH)
        page.set_viewport_size({"width": 390, "height": 844})
        wide[f"{state}, twice as large"] = page.evaluate(WIDTH_WHEN_TWICE_AS_LARGE) - (390 - 320)
    assert {state: width for state, width in wide.items() if width > 320} == {}
