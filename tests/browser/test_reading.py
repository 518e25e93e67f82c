"""A reader with a lesson: in each size, with its question, on two devices, by ear, and through the course."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from coaching.models import LessonProgress
from content.models import Lesson
from tests.accounts.people import make_user
from tests.browser.offline_steps import wait_for
from tests.browser.recordings import record, until
from tests.browser.steps import be_logged_in, go_on, take_session
from tests.coaching.shell_makers import a_visitor

PageAt = Callable[..., Page]
VOICE = Path(__file__).parent / "voice.js"
PATH = "/lessons/breathing/"


def answers(right: bool) -> list[str]:  # noqa: FBT001 (which of the two kinds)
    question = Lesson.objects.get(slug="breathing").check_question
    return [answer["words"] for answer in question["answers"] if answer["right"] is right]


def answer_wrongly_then_rightly(page: Page) -> None:
    check = page.locator("#check")
    check.get_by_label(answers(right=False)[0]).check()
    check.get_by_role("button", name="See what fits").click()
    expect(page.locator("#check").get_by_role("status")).to_contain_text("Not quite.")
    check.get_by_label(answers(right=True)[0]).check()
    check.get_by_role("button", name="Try another answer").click()
    expect(page.locator("#check").get_by_role("status")).to_contain_text("Yes.")


def what_was_kept(page: Page) -> LessonProgress:
    """The page tells its place as it goes, and waits for no answer; so it may arrive a moment later."""
    wait_for(page, lambda: LessonProgress.objects.exists())
    return LessonProgress.objects.get()


def finish(page: Page, size: str) -> None:
    page.goto(PATH)
    page.get_by_role("navigation", name="Length").get_by_role("link", name=size, exact=True).click()
    current = page.get_by_role("navigation", name="Length").locator("[aria-current]")
    expect(current).to_have_text(size)
    answer_wrongly_then_rightly(page)
    expect(current).to_have_text(size)
    page.get_by_role("button", name="Mark as done").click()
    expect(page.locator("#done").get_by_text("Done", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    "size", ["4 minutes", *(pytest.param(size, marks=pytest.mark.long) for size in ("1 minute", "12 minutes"))]
)
def test_a_reader_finishes_a_lesson_in_each_size(phone: Page, size: str) -> None:
    finish(phone, size)
    phone.goto("/lessons/")
    card = phone.locator("article", has=phone.get_by_role("link", name="Slow breathing"))
    expect(card.get_by_text("Done", exact=True)).to_be_visible()


def test_the_same_without_scripts_with_a_place_kept_by_a_button(no_js_page: Page) -> None:
    page = no_js_page
    page.goto(PATH)
    page.get_by_role("button", name="Stop here, keep my place").nth(1).click()
    expect(page.get_by_text("Your place is kept")).to_be_visible()
    page.get_by_role("link", name="Carry on there").click()
    expect(page).to_have_url(re.compile(f"#p{LessonProgress.objects.get().block}$"))
    finish(page, "1 minute")


def test_a_reader_carries_on_at_the_paragraph_on_another_device(page: Page, page_at: PageAt) -> None:
    user = make_user()
    be_logged_in(page, user)
    page.goto(f"{PATH}?size=4")
    expect(page.get_by_role("button", name="Stop here, keep my place").first).to_be_hidden()
    page.locator("#p9").scroll_into_view_if_needed()
    page.mouse.wheel(0, 200)
    page.goto("/lessons/")
    wait_for(page, lambda: LessonProgress.objects.exclude(block=None).exists())
    kept = what_was_kept(page)
    assert kept.person.user == user

    other = page_at(390, "dark", has_touch=True)
    be_logged_in(other, user)
    other.goto(PATH)
    expect(other.get_by_role("heading", name="You stopped here")).to_be_visible()
    other.get_by_role("link", name="Carry on there").click()
    expect(other.locator(f"#p{kept.block}")).to_be_in_viewport()


def test_the_browsers_voice_reads_sentence_by_sentence(page_at: PageAt, axe: Callable[[Page], None]) -> None:
    page = page_at(1280, reduced_motion="reduce")
    page.add_init_script(path=VOICE)
    record(page, {})
    page.goto(f"{PATH}?size=1")
    text = page.locator(".lesson-text").inner_html()
    page.evaluate("window.voiceTakes = 600000")
    page.get_by_role("button", name="Listen").click()
    until(page, "CSS.highlights.get('being-read')?.size === 1")
    axe(page)
    page.get_by_label("Speed").select_option("1.5")
    assert [said["rate"] for said in page.evaluate("said")] == [1, 1.5]
    page.get_by_role("button", name="Pause").click()
    page.evaluate("window.voiceTakes = 1")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Listen")).to_be_visible()
    said = [sentence["text"] for sentence in page.evaluate("said")]
    assert said[0] == said[1] == said[2]
    assert said[-1].startswith("Call for help first")
    assert not any(words.isdigit() for words in said)
    assert page.evaluate("CSS.highlights.has('being-read')") is False
    assert page.locator(".lesson-text").inner_html() == text


def test_without_a_voice_nothing_offers_to_read(page: Page) -> None:
    record(page, {})
    page.goto(PATH)
    expect(page.locator("lesson-listener")).to_be_hidden()


def test_the_course_from_its_first_day_into_an_early_lesson(page: Page) -> None:
    page.goto("/lessons/")
    page.get_by_role("button", name="Begin the course").click()
    course = page.locator("#course")
    expect(course.get_by_text("Week 1 of 8")).to_be_visible()
    course.get_by_role("link", name="Read, 4 minutes").click()
    page.get_by_role("button", name="Mark as done").click()
    page.goto("/lessons/")
    expect(course.get_by_role("heading", name="Time to practise")).to_be_visible()
    course.get_by_role("button", name="Let the course rest").click()
    expect(course.get_by_text("The course is resting")).to_be_visible()
    course.get_by_role("button", name="Go on with the course").click()
    course.get_by_role("link", name="Open the next lesson early").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(Lesson.objects.get(course=2).title)


def test_words_of_ones_own_are_kept_changed_and_deleted(phone: Page) -> None:
    phone.goto(PATH)
    box = phone.get_by_label("This is what changed for me")
    box.fill("The bus stop is easier now.")
    phone.get_by_role("button", name="Keep my words").click()
    expect(phone.get_by_text("Kept, for your eyes alone.")).to_be_visible()
    expect(box).to_have_value("The bus stop is easier now.")
    phone.get_by_role("button", name="Delete them for good").click()
    phone.get_by_role("button", name="Yes, delete them").click()
    expect(box).to_have_value("")


def test_every_state_of_reading_is_open_to_everyone(page_at: PageAt, axe: Callable[[Page], None]) -> None:
    page = page_at(390, "dark")
    for path in ("/lessons/?q=sleep", "/lessons/?q=qwxzyv", "/lessons/?need=sleep&time=1", "/lessons/people/"):
        page.goto(path)
        axe(page)
    page.goto("/lessons/breathing/mistake/")
    page.get_by_role("button", name="Send it").click()
    page.get_by_role("alert").wait_for()
    axe(page)
    client = Client()
    a_visitor(client)
    take_session(page, client)
    page.goto("/lessons/")
    for button in ("Begin the course", "Let the course rest"):
        go_on(page, button)
        axe(page)
    block = page.request.post("/lessons/breathing/place/", form={"block": "9", "size": "4"})
    assert block.ok
    page.goto(PATH)
    axe(page)
    box = page.get_by_label("This is what changed for me")
    box.evaluate("box => { box.value = 'x'.repeat(4001); }")
    page.get_by_role("button", name="Keep my words").click()
    page.get_by_role("alert").first.wait_for()
    axe(page)


@pytest.mark.parametrize(
    "path", ["/lessons/", "/lessons/?q=sleep", PATH, f"{PATH}print/", f"{PATH}mistake/", "/lessons/people/"]
)
def test_the_pages_fit_the_narrowest_phone(page_at: PageAt, path: str) -> None:
    page = page_at(320)
    client = Client()
    a_visitor(client)
    client.post("/lessons/course/", {"do": "begin"})
    client.post("/lessons/breathing/place/", {"block": "9", "size": "4"})
    take_session(page, client)
    page.goto(path)
    assert page.evaluate("document.fonts.ready.then(() => document.documentElement.scrollWidth)") <= 320


def test_the_summary_prints_on_one_page(page: Page) -> None:
    for slug in Lesson.objects.values_list("slug", flat=True):
        page.goto(f"/lessons/{slug}/print/")
        pages = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "1.5cm"))
        assert pages.count(b"/Type /Page\n") == 1, slug
