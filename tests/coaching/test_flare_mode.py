"""Flare mode: one switch, three big buttons in the place of every page, and one press to leave."""

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from coaching.help.flare import COOKIE
from tests.coaching.shell_makers import a_member, a_plan, text
from tests.coaching.tool_makers import url, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

BUTTONS = ["Breathe with me", "Let go, part by part", "Talk to somebody"]
BECOME_BUTTONS = ["/", "/lessons/", "/lessons/breathing/", "/practice/", "/tips/", "/evidence/", "/tools/", "/about/"]
STAY = ["/help-now/", "/help-now/emergency/", "/help-now/crisis/", "/practice/pmr/", "/accounts/login/", "/newsletter/"]


@pytest.fixture
def flare(client: Client) -> Client:
    client.post(reverse("coaching:flare"), {"do": "begin"})
    return client


def is_buttons(answer: Any) -> bool:
    return 'class="flare-three"' in text(answer)


@pytest.mark.parametrize("path", BECOME_BUTTONS)
def test_a_page_becomes_three_big_buttons(flare: Client, path: str) -> None:
    answer = flare.get(path)
    main = text(answer).split("<main")[1].split("</main>")[0]
    assert answer.status_code == 200
    assert [words for words in BUTTONS if f"<strong>{words}</strong>" in main] == BUTTONS
    assert main.count("<a ") == 4
    assert "<svg" not in main
    assert "<title>Flare mode" in text(answer)


@pytest.mark.parametrize("path", STAY)
def test_a_page_that_helps_stays_itself(flare: Client, path: str) -> None:
    answer = flare.get(path)
    assert not is_buttons(answer)
    assert "Leave flare mode" in text(answer)


def test_every_button_leads_somewhere(flare: Client) -> None:
    main = text(flare.get("/")).split("<main")[1].split("</main>")[0]
    for address in re.findall(r'href="(/[^"#]*)', main):
        answer = flare.get(address.replace("&amp;", "&"))
        assert answer.status_code == 200
        assert not is_buttons(answer)


def test_leaving_brings_the_page_back(flare: Client) -> None:
    answer = flare.post(reverse("coaching:flare"), {"do": "leave", "next": "/lessons/?q=sleep"})
    assert answer.url == "/lessons/?q=sleep"
    assert not is_buttons(flare.get("/lessons/"))


@pytest.mark.parametrize("wanted", ["//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)", ""])
def test_leaving_leads_nowhere_else(flare: Client, wanted: str) -> None:
    assert flare.post(reverse("coaching:flare"), {"do": "leave", "next": wanted}).url == "/"


def test_it_needs_no_account_no_row_and_no_session(flare: Client) -> None:
    flare.get("/")
    assert Session.objects.count() == 0
    assert set(flare.cookies) == {COOKIE, "csrftoken"}


def test_it_is_switched_by_a_press_and_never_by_an_address(client: Client) -> None:
    assert client.get(reverse("coaching:flare")).status_code == 405
    assert not is_buttons(client.get("/?flare=on"))


def test_it_ends_by_itself_after_half_a_day(flare: Client) -> None:
    assert flare.cookies[COOKIE]["max-age"] == 12 * 3600
    assert flare.cookies[COOKIE]["httponly"]


@pytest.mark.parametrize("path", ["/", "/help-now/", "/practice/pmr/"])
def test_no_cache_keeps_what_flare_mode_makes_of_a_page(flare: Client, path: str) -> None:
    assert "no-store" in flare.get(path)["Cache-Control"]


def test_a_page_of_numbers_shows_none(client: Client) -> None:
    a_plan(a_member(client))
    client.post(reverse("coaching:flare"), {"do": "begin"})
    for path in ("/today/", "/plan/", "/progress/", "/recommendations/"):
        assert is_buttons(client.get(path)), path


def test_ones_own_flare_plan_is_still_there_to_read_and_to_change(client: Client) -> None:
    a_member(client)
    entry = write(client, "flare-plan")
    client.post(reverse("coaching:flare"), {"do": "begin"})
    assert "You have had four of these." in text(client.get("/help-now/"))
    assert "You have had four of these." in text(client.get(url("tool_edit", "flare-plan", entry.client_id)))


def test_the_sound_leads(flare: Client) -> None:
    assert " sound-first>" in text(flare.get("/help-now/"))
    assert " sound-first>" not in text(Client().get("/help-now/"))
