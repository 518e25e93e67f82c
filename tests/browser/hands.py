"""How a page is looked at in a narrow window, with wide letters, without motion, on paper and by a reading voice."""

from playwright.sync_api import Page

SPACED = """* {
    line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-block-end: 2em !important; }"""
"""WCAG 1.4.12, to the letter."""

BEYOND = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().right > innerWidth + 1
        && !one.closest("svg, .skip, .hidden-visually") && getComputedStyle(one).position !== "absolute")
    .map((one) => `${one.tagName}.${one.className}`)"""
CUT = """() => [...document.querySelectorAll("main *")]
    .filter((one) => one.checkVisibility() && one.innerText?.trim() && !one.closest("svg, select, .hidden-visually"))
    .filter((one) => !["visible", "auto", "scroll"].includes(getComputedStyle(one).overflowX)
        && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1))
    .map((one) => `${one.tagName}.${one.className}: ${one.innerText.slice(0, 40)}`)"""
WIDTH_WHEN_TWICE_AS_LARGE = """() => {
    const root = document.documentElement;
    const folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((one) => { one.open = true; });
    root.style.fontSize = "200%";
    const width = root.scrollWidth;
    root.style.fontSize = "";
    folded.forEach((one) => { one.open = false; });
    return width;
}"""
"""WCAG 1.4.4, on a phone: letters twice as large, with all unfolded. The page is left as it was."""
MOVING = """() => document.getAnimations().filter((one) => one.playState === "running")
    .map((one) => `${one.effect.target?.tagName}.${one.effect.target?.className}`)"""
READ = """() => {
    const faults = [];
    const shown = (list) => [...list].filter((one) => one.checkVisibility());
    const levels = shown(document.querySelectorAll("h1, h2, h3, h4")).map((one) => Number(one.tagName[1]));
    if (levels.filter((level) => level === 1).length !== 1) faults.push(`headings of the first level: ${levels}`);
    levels.forEach((level, place) => {
        const before = levels[place - 1] ?? level;
        if (level > before + 1) faults.push(`a heading of level ${level} after ${before}`);
    });
    for (const one of document.querySelectorAll("[tabindex]"))
        if (one.tabIndex > 0) faults.push(`out of its turn: ${one.outerHTML.slice(0, 60)}`);
    let last = -1;
    for (const one of shown(document.querySelectorAll("main h1, main h2"))) {
        const top = one.getBoundingClientRect().top + scrollY;
        if (top < last - 1) faults.push(`drawn above what is read before it: ${one.textContent.trim()}`);
        last = top;
    }
    return faults;
}"""


def fits(page: Page) -> None:
    """Nothing has to be pushed sideways to be read, and nothing is cut off."""
    assert page.evaluate(BEYOND) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def fits_with_wide_letters(page: Page) -> None:
    page.add_style_tag(content=SPACED)
    fits(page)
    assert page.evaluate(CUT) == [], page.url


def fits_twice_as_large(page: Page) -> None:
    assert page.evaluate(WIDTH_WHEN_TWICE_AS_LARGE) <= page.evaluate("innerWidth"), page.url


def keeps_still(page: Page) -> None:
    assert page.evaluate(MOVING) == [], page.url


def reads_in_order(page: Page) -> None:
    assert page.evaluate(READ) == [], page.url


def goes_on_paper(page: Page) -> None:
    """Without bars and buttons, in dark ink; then it is a page of a browser again."""
    page.emulate_media(media="print")
    for name in ("header nav", "footer", "main button.first"):
        assert not page.locator(f"{name}:visible").count(), f"{page.url}: {name} is printed"
    assert page.locator("main h1:visible").count() == 1, page.url
    ink = page.evaluate("getComputedStyle(document.querySelector('main')).color")
    assert max(int(part) for part in ink.removeprefix("rgb(").removesuffix(")").split(", ")[:3]) < 100, ink
    page.emulate_media(media="screen")
