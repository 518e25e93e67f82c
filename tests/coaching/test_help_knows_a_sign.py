"""Help now, flare mode and its buttons: who has to call is told so first, nobody is sent to what is shut to them."""

import re
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from coaching.help.flare import COOKIE
from content.models import DangerSign
from tests.coaching.shell_makers import a_plan, a_visitor, tell, text
from tests.coaching.test_standing_danger import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

HELP, BUTTONS = "/help-now/", "/lessons/"
WARM = "warm pack"
MOVES = ("Rock a little", "Change your position", "keep moving", "Keep moving")
CALL = re.compile(r"Please call now\.|Call \d+|Call your local emergency number")


def in_flare(client: Client) -> Client:
    client.cookies[COOKIE] = "on"
    return client


def page(client: Client, path: str = HELP) -> str:
    return text(client.get(path)).split('<main id="main"')[1].split("</main>")[0]


def words(shown: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", shown).split())


# --- NOW: call first --------------------------------------------------------------------------


@pytest.mark.parametrize("path", [HELP, BUTTONS, "/today/", "/practice/"])
def test_the_first_thing_is_to_call(client: Client, path: str) -> None:
    told(a_visitor(client), "chest_pain")
    shown = page(in_flare(client) if path == BUTTONS else client, path) if path != "/today/" else page(client, HELP)
    first = shown.index("Please call now.")
    others = [shown.find(mark) for mark in ("<guide-player", "Breathe with me", "<h1", "Talk to somebody", "<article")]
    assert all(first < other for other in others if other >= 0)


def test_the_first_of_the_big_buttons_is_to_call(client: Client) -> None:
    told(a_visitor(client), "chest_pain")
    client.post(HELP, {"country": "GB"})
    buttons = re.findall(r'class="flare-big[^"]*"\s+href="([^"]*)"', page(in_flare(client), BUTTONS))
    assert buttons[0] == "tel:999"
    assert not [link for link in buttons if "pmr" in link]


def test_without_a_country_the_first_button_leads_to_what_to_say(client: Client) -> None:
    told(a_visitor(client), "chest_pain")
    buttons = re.findall(r'class="flare-big[^"]*"\s+href="([^"]*)"', page(in_flare(client), BUTTONS))
    assert buttons[0] == "/help-now/emergency/"


def test_the_breath_does_not_start_by_itself(client: Client) -> None:
    told(a_visitor(client), "chest_pain")
    for each in (client, in_flare(client)):
        shown = page(each)
        assert "<guide-player" in shown
        assert "autostart" not in shown
        assert 'data-part="begin"' in shown
    assert "It begins at once" not in page(client, BUTTONS)


def test_for_anybody_else_it_starts_at_once(client: Client) -> None:
    assert "autostart" in page(client)
    for sign in ("fever", "night_pain"):
        other = Client()
        told(a_visitor(other), sign)
        assert "autostart" in page(other), sign


# --- What is shut to somebody is not suggested ---------------------------------------------------


@pytest.mark.parametrize("sign", ["chest_pain", "fever", "night_pain"])
def test_under_a_sign_nothing_warm_and_no_move_is_suggested(client: Client, sign: str) -> None:
    told(a_visitor(client), sign)
    shown = page(client)
    assert not [each for each in (WARM, *MOVES) if each in shown]


@pytest.mark.parametrize(
    "condition", ["numb", "swelling", "skin", "cancer_area", "circulation", "dvt", "bleeding", "patch"]
)
def test_a_condition_that_shuts_heat_takes_the_warm_pack_away(client: Client, condition: str) -> None:
    a_plan(a_visitor(client), conditions=[condition])
    assert WARM not in page(client)


def test_health_that_was_not_told_takes_it_away_too(client: Client) -> None:
    a_plan(a_visitor(client), conditions=["skip"])
    assert WARM not in page(client)


def test_who_may_have_it_is_told_of_it(client: Client) -> None:
    a_plan(a_visitor(client))
    assert WARM in page(client)


@pytest.mark.parametrize("told_of", [{"safety_now": ["fever"]}, {"conditions": ["fracture"]}])
def test_what_muscles_may_not_do_is_no_button(client: Client, told_of: dict[str, Any]) -> None:
    a_plan(a_visitor(client), **told_of)
    shown = page(in_flare(client), BUTTONS)
    assert "/practice/pmr/" not in shown
    assert "Two things. Pick one." in shown


def test_for_anybody_else_there_are_three(client: Client) -> None:
    shown = page(in_flare(client), BUTTONS)
    assert shown.count("flare-big") == 3
    assert "Three things. Pick one." in shown


# --- Copies know nobody --------------------------------------------------------------------------


def test_the_copy_of_help_now_is_safe_for_anyone(client: Client) -> None:
    told(a_visitor(client), "chest_pain")
    shown = page(client, "/offline/help-now/")
    assert shown == page(Client(), "/offline/help-now/")
    assert "autostart" not in shown
    assert not [each for each in (WARM, *MOVES) if each in shown]
    assert shown.index("Call first.") < shown.index("<guide-player")
    assert "csrf" not in shown.lower() or 'value=""' in shown


def test_the_copy_of_the_buttons_begins_with_whom_to_call(client: Client) -> None:
    buttons = re.findall(r'class="flare-big[^"]*"\s+href="([^"]*)"', page(client, "/help-now/three/"))
    assert buttons[0] == "/help-now/#danger-title"
    assert "It begins at once" not in page(client, "/help-now/three/")


def test_a_device_keeps_the_safe_copy_and_not_the_page(client: Client) -> None:
    pages = client.get("/offline/parcels/every/help/").json()["pages"]
    [kept] = [each["text"] for each in pages if each["name"] == "/help-now/"]
    assert kept == Client().get("/offline/help-now/").content.decode()
    assert "autostart" not in kept


def test_where_the_database_is_silent_help_now_is_as_careful(client: Client) -> None:
    def fail(*args: Any) -> None:
        raise OperationalError("the database does not answer")

    told(a_visitor(client), "chest_pain")
    with connection.execute_wrapper(fail):
        shown = page(client)
    assert "autostart" not in shown
    assert WARM not in shown


# --- The emergency page ----------------------------------------------------------------------------


def now_signs() -> list[str]:
    return list(DangerSign.objects.filter(level="now").values_list("slug", flat=True))


def test_the_emergency_page_says_what_was_ticked_in_its_own_words(client: Client) -> None:
    a_visitor(client)
    for slug in now_signs():
        shown = words(text(tell(client, slug))).replace("&#x27;", "'")
        row = DangerSign.objects.get(slug=slug)
        assert row.question in shown
        assert row.advice in shown


def test_the_emergency_page_of_somebody_is_kept_in_no_cache(client: Client) -> None:
    told(a_visitor(client), "chest_pain")
    assert "no-store" in client.get("/help-now/emergency/").headers["Cache-Control"]
    well = Client()
    a_plan(a_visitor(well))
    assert "no-store" in well.get("/help-now/emergency/").headers["Cache-Control"]
    assert "Cache-Control" not in Client().get("/help-now/emergency/").headers


@pytest.mark.parametrize("path", ["/help-now/emergency/", HELP, "/practice/", "/lessons/"])
def test_nobody_in_danger_is_comforted(client: Client, path: str) -> None:
    told(a_visitor(client), "chest_pain")
    shown = page(client, path).lower()
    assert not [each for each in ("turn out to be fine", "often harmless", "you are safe") if each in shown]
