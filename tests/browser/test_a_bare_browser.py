"""A browser that lacks all that may be missing at once: whoever has a plan practises, and it is kept on the site."""

from playwright.sync_api import Page, expect

from coaching.models import Practice
from tests.browser.checker import COLOURS, finds_nothing
from tests.browser.main_path import practise
from tests.browser.steps import have_a_plan
from tests.browser.taken_away import GONE, without_young_words


def test_a_practice_is_done_and_kept_in_a_browser_that_has_none_of_it(page: Page) -> None:
    person = have_a_plan(page)
    without_young_words(page)
    for script in GONE.values():
        page.add_init_script(script)
    for state in practise(page, "/"):
        finds_nothing(page, asked=COLOURS, where=state)
    expect(page.get_by_role("heading", name="That counts.")).to_be_visible()
    assert Practice.objects.get().person == person
