"""Logging out and erasing leave nothing personal in the browser."""

import pytest
from django.test import Client

from tests.accounts.people import PASSWORD, make_user
from tests.coaching.shell_makers import a_visitor

pytestmark = pytest.mark.django_db

HEADER = "Clear-Site-Data"


def test_logging_out_empties_the_browsers_cache_and_leaves_help_now_to_those_without_a_network(client: Client) -> None:
    client.force_login(make_user())
    assert client.post("/accounts/logout/").headers[HEADER] == '"cache"'


def test_the_page_of_logging_out_says_what_goes_and_works_without_scripts(client: Client) -> None:
    client.force_login(make_user())
    page = client.get("/accounts/logout/")
    assert HEADER not in page.headers
    assert "What this device keeps for you is erased" in page.content.decode()
    assert '<form method="post" action="/accounts/logout/"' in page.content.decode()


def test_an_erased_account_takes_all_with_it(client: Client) -> None:
    make_user("nadia@example.org")
    client.login(email="nadia@example.org", password=PASSWORD)
    refused = client.post("/accounts/data/erase/", {"password": "not this one"})
    assert HEADER not in refused.headers
    erased = client.post("/accounts/data/erase/", {"word": "erase", "password": PASSWORD})
    assert erased.status_code == 302
    assert erased.headers[HEADER] == '"cache", "storage"'


def test_a_visitor_who_erases_their_visit_takes_all_with_it(client: Client) -> None:
    a_visitor(client)
    assert client.post("/privacy/").headers[HEADER] == '"cache", "storage"'


def test_no_other_page_clears_anything(client: Client) -> None:
    for path in ("/", "/help-now/", "/accounts/login/", "/privacy/"):
        assert HEADER not in client.get(path).headers
