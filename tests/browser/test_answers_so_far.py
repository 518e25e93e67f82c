"""A tab that is closed in the middle of a page of questions loses none of its answers."""

import pytest
from playwright.sync_api import Page

from coaching.models import Intake
from tests.coaching.shell_makers import step_url

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_closed_tab_keeps_what_was_tapped(page: Page, library: None) -> None:
    page.goto(step_url("pain"))
    with page.expect_response(lambda answer: answer.status == 204):
        page.locator("label[for=id_peg_1_7]").click()
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(step_url("pain"))
    assert again.locator("#id_peg_1_7").is_checked()
    assert Intake.objects.get().answers == {"peg_1": 7}
