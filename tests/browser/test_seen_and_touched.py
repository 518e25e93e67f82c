"""High contrast, large letters, fingers: what is current is seen, nothing is cut off, what leads on can be hit."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import PageAt
from tests.browser.steps import have_a_plan
from tests.browser.watch import settled

MAIN_PATH = [
    "/",
    "/es/",
    "/es/practice/breathing/",
    "/intake/goal/",
    "/practice/breathing/",
    "/practice/pmr/",
    "/help-now/",
    "/lessons/the-loop/",
    "/tools/worry-time/new/",
]
TWICE_AS_LARGE = """() => {
    document.documentElement.style.fontSize = "200%";
    document.querySelectorAll("details").forEach((one) => { one.open = true; });
}"""
BEYOND = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1
        && !one.closest("svg") && getComputedStyle(one).position !== "absolute")
    .map((one) => `${one.tagName}.${one.className}`)"""
SMALL_WORDS = """() => [...document.querySelectorAll("select, textarea, input:not([type=radio], [type=checkbox])")]
    .filter((field) => field.checkVisibility() && parseFloat(getComputedStyle(field).fontSize) < 16)
    .map((field) => field.outerHTML.slice(0, 80))"""
SMALL_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, select, label.tap, label.choice")]
    .filter((one) => one.checkVisibility())
    .filter((one) => !one.closest("p, dd, .skip, .quiet, .hidden-visually, label:not(.tap, .choice)"))
    .map((one) => [one.textContent.trim().slice(0, 30), one.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 43.9 || box.height < 43.9))
    .map(([words, box]) => `${words}: ${Math.round(box.width)} by ${Math.round(box.height)}`)"""
BORDERS = """() => Object.fromEntries([...document.querySelectorAll(".bar nav a")]
    .map((link) => [link.textContent.trim(), getComputedStyle(link).borderBlockEndColor]))"""

TOLD_BY_COLOUR_ALONE = """() => {
    const shape = (one) => {
        const look = getComputedStyle(one), ground = getComputedStyle(document.body).backgroundColor;
        const hasLine = parseFloat(look.borderBlockEndWidth) > 0 && look.borderBlockEndColor !== ground
            && !/, 0\\)$|transparent/.test(look.borderBlockEndColor);
        return JSON.stringify([look.textDecorationLine, look.fontWeight, look.outlineStyle, hasLine]);
    };
    return [...document.querySelectorAll("a[aria-current], button[aria-current], li[aria-current]")]
        .filter((one) => one.checkVisibility())
        .filter((one) => [...one.parentElement.children].some((other) => other !== one
            && other.tagName === one.tagName && !other.hasAttribute("aria-current") && shape(other) === shape(one)))
        .map((one) => one.textContent.trim());
}"""


@pytest.mark.parametrize("forced", ["none", "active"])
@pytest.mark.parametrize("address", ["/practice/breathing/", "/practice/pmr/", "/lessons/", "/lessons/breathing/"])
def test_what_is_current_is_never_told_by_colour_alone(page_at: PageAt, address: str, forced: Any) -> None:
    page = page_at(390, forced_colors=forced)
    page.goto(address)

    assert page.locator("[aria-current]:visible").count() > 0
    assert settled(page).evaluate(TOLD_BY_COLOUR_ALONE) == []


def test_in_high_contrast_one_link_of_the_bar_looks_current(page_at: PageAt) -> None:
    page = page_at(390, forced_colors="active")
    page.goto("/lessons/")
    borders = page.evaluate(BORDERS)

    assert len({*borders.values()}) == 2
    assert [name for name, colour in borders.items() if colour == borders["Lessons"]] == ["Lessons"]


@pytest.mark.parametrize("address", MAIN_PATH)
def test_nothing_leaves_the_screen_when_letters_are_twice_as_large(page_at: PageAt, address: str) -> None:
    page = page_at(390)
    page.goto(address)
    settled(page).evaluate(TWICE_AS_LARGE)

    assert page.evaluate(BEYOND) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("address", MAIN_PATH)
def test_no_field_makes_a_phone_enlarge_the_page(page_at: PageAt, address: str) -> None:
    page = page_at(390)
    page.goto(address)

    assert settled(page).evaluate(SMALL_WORDS) == []


@pytest.mark.parametrize("address", [*MAIN_PATH, "/no-such-page/"])
def test_whatever_stands_alone_can_be_hit_with_a_finger(phone: Page, address: str) -> None:
    phone.goto(address)

    assert settled(phone).evaluate(SMALL_TARGETS) == []


LOOKS = """([one, other]) => [one, other].map((what) => {
    const look = getComputedStyle(document.querySelector(what));
    return [look.backgroundColor, look.borderBlockEndColor, look.outlineStyle].join(", ");
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("address", "one", "other"),
    [
        ("/intake/pain/", ".progress .now", ".progress span:not(.done, .now)"),
        ("/intake/yours/", ".body-picture .low_back", ".body-picture .neck"),
        ("/intake/pain/", ".tap:has(:checked) > span", ".tap:not(:has(:checked)) > span"),
    ],
)
def test_in_high_contrast_what_is_done_or_picked_looks_so(
    page_at: PageAt, address: str, one: str, other: str, scheme: str
) -> None:
    page = page_at(390, scheme, forced_colors="active")
    have_a_plan(page)
    page.goto(address)
    for pick in ('input[value="low_back"]', 'input[name="peg_1"][value="3"]'):
        if page.locator(pick).count():
            page.locator(pick).check(force=True)
    looks = settled(page).evaluate(LOOKS, [one, other])

    assert looks[0] != looks[1]
