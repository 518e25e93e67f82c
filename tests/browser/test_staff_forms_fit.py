"""Staff pages on a small phone: long titles, letters twice as large, colours that the device forces."""

import pytest
from playwright.sync_api import Page

from accounts.models import Edition, User
from content.models import Caution, Evidence, Lesson, Technique, Tip
from tests.accounts.letters import an_edition
from tests.browser.conftest import PageAt
from tests.browser.steps import be_logged_in

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
BEYOND_WHEN_TWICE_AS_LARGE = """() => {
    document.documentElement.style.fontSize = "200%";
    return [...document.querySelectorAll("#content *")]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1)
        .filter((one) => !one.closest(".select2-hidden-accessible") && getComputedStyle(one).position !== "absolute")
        .map((one) => one.outerHTML.slice(0, 90));
}"""
BUTTONS_LIKE_WORDS = """() => [...document.querySelectorAll("#content :is(.button, [type=submit], .object-tools a)")]
    .filter((one) => one.checkVisibility() && parseFloat(getComputedStyle(one).borderTopWidth) < 1)
    .map((one) => one.value || one.textContent.trim())"""


@pytest.fixture
def staff(page_at: PageAt) -> Page:
    page = page_at(390)
    be_logged_in(page, User.objects.create_superuser("staff@example.org"))
    return page


def forms() -> list[str]:
    an_edition()
    rows = [model.objects.order_by("pk").first() for model in (Lesson, Tip, Caution, Evidence, Technique, Edition)]
    return [f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/" for row in rows if row]


def test_a_form_keeps_within_its_width_with_letters_twice_as_large(staff: Page) -> None:
    for address in forms():
        staff.goto(address)
        assert staff.evaluate(BEYOND_WHEN_TWICE_AS_LARGE) == [], address


def test_a_button_looks_like_one_where_the_device_forces_its_colours(staff: Page) -> None:
    staff.emulate_media(forced_colors="active")
    for address in forms():
        staff.goto(address)
        assert staff.locator("#content [type=submit]").count(), address
        assert staff.evaluate(BUTTONS_LIKE_WORDS) == [], address


def test_a_long_title_pushes_no_other_column_of_its_list_away(staff: Page) -> None:
    lesson = Lesson.objects.get(slug="breathing")
    staff.goto("/admin/content/lesson/")
    width = "document.querySelector('#result_list').scrollWidth"
    before = staff.evaluate(width)
    Lesson.objects.filter(pk=lesson.pk).update(title=LONG)
    staff.reload()
    assert staff.get_by_role("link", name=LONG).count() == 1
    assert staff.evaluate(width) <= before + 1
