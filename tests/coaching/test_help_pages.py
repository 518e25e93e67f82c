"""Help now, the emergency page and the crisis page: with nothing in the database, and with none at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from accounts.models import Profile
from coaching.help.crisis_lines import from_file
from coaching.models import Person
from content.models import CrisisLine
from tests.coaching.shell_makers import a_member, a_visitor, text

pytestmark = pytest.mark.django_db

PAGES = ["/help-now/", "/help-now/emergency/", "/help-now/crisis/"]
NO_GUESS = "We do not know where you are, and we do not guess."


@pytest.fixture
def no_database() -> Callable[[], Any]:
    """Gives what to enter: from then on the database answers nothing."""

    def fail(*args: Any) -> None:
        raise OperationalError("the database does not answer")

    return lambda: connection.execute_wrapper(fail)


def choose(client: Client, country: str) -> str:
    answer = client.post("/help-now/", {"country": country}, follow=True)
    return text(answer)


def shown_first(page: str) -> str:
    """The name of the country whose lines stand first, or nothing."""
    first = page.split('<div class="panel lake flow">')
    return first[1].split("<strong>")[1].split("</strong>")[0] if len(first) > 1 else ""


# --- They stand ----------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_no_row_and_no_session(client: Client, path: str) -> None:
    assert not CrisisLine.objects.exists()
    answer = client.get(path)
    assert answer.status_code == 200
    assert "findahelpline.com" in text(answer)
    assert "988" in text(answer)
    assert not client.cookies.get("sessionid")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_without_a_database(client: Client, no_database: Any, path: str) -> None:
    with no_database():
        answer = client.get(path)
    assert answer.status_code == 200
    assert "988" in text(answer)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_stands_without_a_database_for_somebody_it_knew(client: Client, no_database: Any, path: str) -> None:
    """Their session is in the database too."""
    a_visitor(client)
    choose(client, "GB")
    with no_database():
        answer = client.get(path)
    assert answer.status_code == 200
    assert NO_GUESS in text(answer)


def test_a_page_stands_without_a_database_for_somebody_logged_in(client: Client, no_database: Any) -> None:
    a_member(client)
    with no_database():
        assert client.get("/help-now/emergency/").status_code == 200


def test_the_numbers_are_those_of_the_library_once_it_is_loaded(client: Client, library: None) -> None:
    CrisisLine.objects.filter(slug="us").update(emergency="12345")
    assert "12345" in text(client.get("/help-now/emergency/"))


def test_the_file_and_the_library_name_the_same_countries(library: None) -> None:
    assert [row["country"] for row in from_file()] == list(CrisisLine.objects.values_list("country", flat=True))


def test_looking_for_help_makes_nobody(client: Client) -> None:
    for path in PAGES:
        client.get(path)
    choose(client, "US")
    assert not Person.objects.exists()


def test_the_breath_starts_from_the_page_alone_and_holds_no_breath(client: Client) -> None:
    page = text(client.get("/help-now/"))
    assert "<guide-player" in page
    assert '"hold": 0' in page
    assert 'data-set="hold"' not in page


@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_that_nobody_can_send_help(client: Client, path: str) -> None:
    assert "cannot send help" in text(client.get(path))


# --- The country is chosen, never guessed -----------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("tongue", ["en-US,en;q=0.9", "en-GB", "es-MX", ""])
def test_an_unknown_country_is_never_guessed(client: Client, path: str, tongue: str) -> None:
    page = text(client.get(path, headers={"accept-language": tongue, "x-forwarded-for": "8.8.8.8"}))
    assert NO_GUESS in page
    assert shown_first(page) == ""


def test_a_chosen_country_is_shown_first_on_every_page(client: Client) -> None:
    choose(client, "GB")
    for path in PAGES:
        assert shown_first(text(client.get(path))) == "United Kingdom"
    assert "999" in text(client.get("/help-now/emergency/")).split("calls")[0]


@pytest.mark.parametrize("told", ["ZZ", "USA", "United States", "", "x" * 5000, "<b>", "\x00"])
def test_a_country_that_is_not_on_the_list_shows_none(client: Client, told: str) -> None:
    page = choose(client, told)
    assert shown_first(page) == ""
    assert NO_GUESS in page


def test_a_country_can_be_taken_back(client: Client) -> None:
    choose(client, "GB")
    assert shown_first(choose(client, "")) == ""


def test_the_country_of_the_profile_is_shown_first(client: Client) -> None:
    person = a_member(client)
    Profile.objects.create(user=person.user, country="CA")
    assert shown_first(text(client.get("/help-now/"))) == "Canada"


def test_another_country_can_be_chosen_for_now(client: Client) -> None:
    person = a_member(client)
    Profile.objects.create(user=person.user, country="CA")
    assert shown_first(choose(client, "US")) == "United States"


def test_a_profile_changed_since_then_counts_again(client: Client) -> None:
    person = a_member(client)
    profile = Profile.objects.create(user=person.user, country="CA")
    choose(client, "US")
    profile.country = "IE"
    profile.save()
    assert shown_first(text(client.get("/help-now/"))) == "Ireland"


def test_a_country_without_lines_of_its_own_is_not_given_anothers(client: Client) -> None:
    person = a_member(client)
    Profile.objects.create(user=person.user, country="PK")
    assert NO_GUESS in text(client.get("/help-now/"))


def test_no_page_is_indexed_by_a_country_in_its_address(client: Client) -> None:
    answer = client.post("/help-now/", {"country": "GB"})
    assert answer.url == "/help-now/"
