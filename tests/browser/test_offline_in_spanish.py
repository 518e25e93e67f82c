"""A reader of Spanish without a network: what they use is kept in Spanish, and no page mixes the languages."""

from playwright.sync_api import Page, expect

from coaching.models import Practice
from config.pages.kept import LETTING_GO
from content.core.vocabulary import Status
from content.models import Guide
from tests.browser.offline_steps import HELD, PageAt, cached, go_offline, has_a_worker, holds, is_sent, rows
from tests.browser.watch import Watch
from tests.coaching.spanish import blocks, is_english
from tests.coaching.test_main_path_in_spanish import OF_A_STUDY

BREATHING = "/es/practice/breathing/?size=4"
ALL_IN_SPANISH = "/offline/parcels/es/"
LESSON = "/es/lessons/breathing/"
NO_NETWORK = "Ahora no hay red"


def a_spanish_device(page_at: PageAt) -> Page:
    Guide.objects.exclude(slug__in=HELD).update(status=Status.DRAFT.value)
    page = page_at(390, service_workers="allow")
    page.goto("/es/practice/breathing/")
    has_a_worker(page)
    holds(page, BREATHING, ALL_IN_SPANISH, "/es/practice/", "/offline/")
    holds(page, "/es/help-now/", "/es/offline/", "/es/help-now/three/")
    return page


def is_spanish(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "es", page.url
    said = blocks(page.locator("body").inner_html())
    assert {block for block in said if is_english(block) and not OF_A_STUDY.search(block)} == set(), page.url


def practise(page: Page) -> None:
    page.goto(BREATHING)
    page.get_by_role("button", name="Empezar", exact=True).click()
    page.get_by_role("button", name="Parar con calma").click()
    page.locator("#after button.first").click()


def test_practices_and_opened_lessons_are_kept_in_spanish_and_what_is_not_says_so(
    page_at: PageAt, watch: Watch
) -> None:
    page = a_spanish_device(page_at)
    english = [path for path in cached(page) if path.startswith("/practice/") and "?" in path]
    assert english == [LETTING_GO]  # of flare mode, which is kept in each language
    page.goto(LESSON)
    holds(page, LESSON)
    title = page.get_by_role("heading", level=1).inner_text()
    go_offline(page.context, watch)
    for path in (BREATHING, LESSON, "/es/practice/", "/es/help-now/", "/es/"):
        page.goto(path)
        expect(page.get_by_role("heading", name=NO_NETWORK)).to_have_count(0)
        is_spanish(page)
    page.goto("/es/today/")
    expect(page.get_by_role("heading", level=1)).to_have_text(NO_NETWORK)
    expect(page.get_by_role("link", name=title)).to_be_visible()
    is_spanish(page)
    page.get_by_role("link", name="Abrir esta página en inglés").click()
    expect(page.get_by_role("heading", name="No network just now")).to_be_visible()


def test_what_was_practised_is_sent_and_told_in_spanish(page_at: PageAt, watch: Watch) -> None:
    page = a_spanish_device(page_at)
    go_offline(page.context, watch)
    practise(page)
    expect(page.locator('[data-outcome="waiting"] h2')).to_be_focused()
    is_spanish(page)
    page.context.set_offline(False)
    page.wait_for_url("**/es/practice/done/**")
    is_sent(page)
    is_spanish(page)
    assert Practice.objects.count() == 1


def test_why_something_was_refused_is_told_in_spanish(page_at: PageAt, watch: Watch) -> None:
    page = a_spanish_device(page_at)
    go_offline(page.context, watch)
    practise(page)
    Guide.objects.filter(slug="breathing").delete()
    page.context.set_offline(False)
    expect(page.get_by_role("status").filter(has_text="Esa práctica ya no está aquí.")).to_be_visible()
    page.goto("/about/")
    told = page.get_by_role("status").filter(has_text="Esa práctica ya no está aquí.")
    expect(told).to_have_attribute("lang", "es")


def test_flare_mode_without_a_network_is_in_spanish(page_at: PageAt, watch: Watch) -> None:
    page = a_spanish_device(page_at)
    go_offline(page.context, watch)
    page.goto("/es/help-now/")
    page.locator(".flare-offer button").first.click()
    expect(page.locator(".flare-three")).to_be_visible()
    is_spanish(page)
    page.goto(BREATHING)
    expect(page.locator(".flare-leave button")).to_be_visible()
    is_spanish(page)
    page.locator(".flare-leave button").click()
    expect(page.locator(".flare-leave button")).to_have_count(0)
    is_spanish(page)


def test_a_reader_of_both_keeps_both(page_at: PageAt) -> None:
    page = a_spanish_device(page_at)
    page.goto("/practice/breathing/")
    holds(page, BREATHING, "/practice/breathing/?size=4")
    page.goto("/es/practice/")
    holds(page, BREATHING, "/practice/breathing/?size=4")


def test_a_network_that_wants_a_log_in_is_named_and_its_page_is_never_kept(page_at: PageAt, watch: Watch) -> None:
    page = page_at(390, service_workers="allow")
    portal = "<!doctype html><title>Wi-Fi</title><h1>Log in to this Wi-Fi</h1>"
    for path in ("**/practice/sync/", "**/offline/parcels/en/practice-yoga/**"):
        page.context.route(path, lambda route: route.fulfill(status=200, content_type="text/html", body=portal))
    Guide.objects.exclude(slug__in=HELD).update(status=Status.DRAFT.value)
    page.goto("/practice/breathing/")
    has_a_worker(page)
    holds(page, "/practice/breathing/?size=4", "/practice/pmr/?size=12", "/practice/")
    assert not [
        path
        for path, told in cached(page).items()
        if "Log in to this Wi-Fi" in told or path.startswith("/practice/yoga/")
    ]
    page.goto("/practice/breathing/?size=4")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Stop gently").click()
    page.get_by_role("button", name="Save this practice").click()
    expect(page.get_by_role("status").filter(has_text="Another page answered in place of this site.")).to_be_visible()
    assert len(rows(page)) == 1
    page.context.unroute("**/practice/sync/")
    page.get_by_role("button", name="Send now").click()
    is_sent(page)
    assert Practice.objects.count() == 1
