"""Where one can go from every page, and what the front page is to whom."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.accounts.people import make_user

pytestmark = pytest.mark.django_db

PAGES = ["about", "lessons", "practices", "tools", "plan", "progress", "help_now", "intake"]
OWN = ["plan", "progress", "tools"]


def ways_of(client: Client, place: str) -> list[str]:
    """The addresses of the row that holds what is one's own; none where there is no such row."""
    text = client.get(reverse(f"coaching:{place}")).content.decode()
    found = re.search(r'<nav class="yours".*?</nav>', text, re.DOTALL)
    return re.findall(r'href="([^"]+)"', found[0]) if found else []


@pytest.mark.parametrize("place", PAGES)
def test_a_stranger_has_no_row_of_ones_own(client: Client, place: str) -> None:
    assert ways_of(client, place) == []


@pytest.mark.parametrize("place", PAGES)
def test_whoever_has_begun_reaches_the_plan_from_every_page(client: Client, library: None, place: str) -> None:
    client.post(reverse("coaching:intake_step", args=["goal"]), {"adult": "yes"})
    assert ways_of(client, place) == [reverse(f"coaching:{name}") for name in OWN]


@pytest.mark.parametrize("place", [*PAGES, "today"])
def test_a_member_reaches_today_too(client: Client, library: None, place: str) -> None:
    client.force_login(make_user())
    assert ways_of(client, place) == [reverse(f"coaching:{name}") for name in ("today", *OWN)]


def test_the_row_names_where_one_is(client: Client, library: None) -> None:
    client.force_login(make_user())
    text = client.get(reverse("coaching:plan")).content.decode()
    assert f'<a href="{reverse("coaching:plan")}" aria-current="page">' in text


def test_flare_mode_shows_nothing_but_its_buttons(client: Client) -> None:
    client.force_login(make_user())
    client.cookies["flare"] = "on"
    assert ways_of(client, "plan") == []


def test_the_front_page_of_a_member_is_their_own_day(client: Client) -> None:
    assert client.get("/").status_code == 200
    client.force_login(make_user())
    assert client.get("/").headers["Location"] == reverse("coaching:today")
