"""From the front door to a first practice and a kept plan, with scripts and without."""

from playwright.sync_api import Page, expect

from coaching.models import Intake, Plan, Practice
from tests.browser.steps import ANSWERS, answer_step, sign_up, tap
from tests.processes import wait_until

GOAL = "Carry my grandchild upstairs"


def from_the_front_door_to_the_loop(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Find my loop").first.click()
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("What would you like to do again").fill(GOAL)
    for title in ANSWERS:
        page.get_by_role("heading", level=1, name=title, exact=True).wait_for()
        answer_step(page)
    page.wait_for_url("**/recommendations/")
    expect(page.get_by_text(GOAL)).to_be_visible()
    expect(page.get_by_role("img", name="loop")).to_be_visible()
    expect(page.locator("article.pick")).to_have_count(3)


def keep_it(page: Page) -> None:
    names = page.locator("article.pick h3")
    expect(names).to_have_count(3)  # the loop may still be on its way
    picks = names.all_inner_texts()
    page.get_by_role("button", name="Keep this plan").click()
    sign_up(page)
    page.wait_for_url("**/today/")
    expect(page.get_by_text(GOAL)).to_be_visible()
    plan = page.get_by_role("region", name="Today’s plan")
    expect(plan.get_by_role("listitem")).to_have_count(len(picks))
    for name in picks:
        expect(plan.get_by_role("link", name=name)).to_be_visible()


def test_from_the_front_door_to_a_kept_plan(phone: Page) -> None:
    from_the_front_door_to_the_loop(phone)
    phone.get_by_role("link", name="Practice", exact=True).click()
    phone.locator("main").get_by_role("link", name="Slow breathing", exact=False).first.click()
    tap(phone, "Tension or worry, before", "7")
    phone.get_by_role("button", name="Start", exact=True).click()
    expect(phone.locator("[data-part=cue]")).to_have_text("Breathe in")
    expect(phone.locator("[data-part=cue]")).to_have_text("Breathe out, slowly")
    phone.get_by_role("button", name="Stop gently").click()
    tap(phone, "Tension or worry, now", "4")
    phone.get_by_role("button", name="Save this practice").click()
    expect(phone.get_by_role("heading", name="That counts.")).to_be_visible()
    expect(phone.get_by_text("from 7 to 4")).to_be_visible()
    practice = Practice.objects.get()
    assert practice.seconds >= 3
    phone.get_by_role("link", name="Back to my loop").click()
    keep_it(phone)
    expect(phone.get_by_text("Done", exact=True)).to_have_count(int("breathing" in techniques_of_the_plan()))


def techniques_of_the_plan() -> list[str]:
    return list(Plan.objects.get(ended_at=None).items.values_list("technique_id", flat=True))


def test_the_same_without_scripts(no_js_page: Page) -> None:
    page = no_js_page
    from_the_front_door_to_the_loop(page)
    page.goto("/practice/breathing/")
    expect(page.locator(".orb")).to_be_visible()
    expect(page.get_by_role("button", name="Start", exact=True)).to_be_hidden()
    tap(page, "Tension or worry, now", "3")
    page.get_by_role("button", name="Save this practice").click()
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()
    page.get_by_role("link", name="Back to my loop").click()
    keep_it(page)


def test_a_closed_browser_loses_nothing(page: Page) -> None:
    """The tab is closed in the middle; the next one goes on there."""
    page.goto("/intake/goal/")
    for _ in range(8):
        answer_step(page)
    page.wait_for_url("**/intake/mood/")
    again = page.context.new_page()
    page.close()
    again.goto("/intake/")
    again.get_by_role("link", name="Go on where I was").click()
    again.wait_for_url("**/intake/mood/")
    again.get_by_role("button", name="Back").click()
    expect(again.get_by_role("group", name="pain on average").get_by_label("6", exact=True)).to_be_checked()


def test_a_tap_is_kept_by_whoever_leaves_at_once_through_a_link(page: Page) -> None:
    """In the same turn, so that no time goes by between the two."""
    page.goto("/intake/goal/")
    expect(page.locator("answers-so-far:defined")).to_have_count(1)
    page.evaluate("""() => {
        document.querySelector("[name=values][value=family]").click();
        document.querySelector("a[href='/lessons/']").click();
    }""")
    page.wait_for_url("**/lessons/")
    wait_until(lambda: [intake.answers.get("values") for intake in Intake.objects.all()] == [["family"]])


def test_without_scripts_back_keeps_what_was_tapped(no_js_page: Page) -> None:
    page = no_js_page
    page.goto("/intake/goal/")
    while "/worry-more/" not in page.url:
        answer_step(page)
    page.locator("[name=gad_3][value='2']").check()
    page.get_by_role("button", name="Back", exact=True).click()
    page.wait_for_url("**/intake/mood/")
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/intake/worry-more/")
    expect(page.locator("[name=gad_3][value='2']")).to_be_checked()


def test_a_double_click_on_the_last_next_shows_the_loop(page: Page) -> None:
    page.goto("/intake/goal/")
    for _ in range(len(ANSWERS) - 1):
        answer_step(page)
    page.wait_for_url("**/intake/mind-sleep-and-work/")
    page.get_by_role("button", name="None of these").dblclick()
    page.wait_for_url("**/recommendations/")
    assert Plan.objects.count() == 1
