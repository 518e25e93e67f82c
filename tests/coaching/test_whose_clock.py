"""The days follow the clock a person told; until then that of their browser, offered in one tap and asked for once."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Profile
from coaching.people.zones import COOKIE, ZoneOffer, is_zone
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PLAN, ZONE = "/recommendations/", "/plan/zone/"
NOW = datetime(2026, 11, 22, 13, 30, tzinfo=UTC)
ASKS = 'id="zone-title"'
ASKED = re.compile(r'<select[^>]*name="(?:time_)?zone".*?</select>', re.DOTALL)


def in_browser_of(client: Client, zone: str) -> Client:
    client.cookies[COOKIE] = zone
    return client


def day_there(zone: str) -> str:
    return f"{timezone.now().astimezone(ZoneInfo(zone)):%Y-%m-%d}"


def test_the_first_plan_offers_the_zone_of_the_browser_and_one_tap_keeps_it_with_the_account(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    page = text(in_browser_of(client, "Australia/Sydney").get(PLAN))
    assert ASKS in page and "the time of Sydney" in page

    answer = client.post(ZONE, {"zone": "Australia/Sydney", "from": "plan"})
    assert answer.headers["Location"] == PLAN
    assert Profile.objects.get(user=person.user).time_zone == "Australia/Sydney"
    assert ASKS not in text(client.get(PLAN))


def test_a_visitor_keeps_it_for_this_visit(client: Client) -> None:
    a_plan(a_visitor(client))
    in_browser_of(client, "Asia/Tokyo").post(ZONE, {"zone": "Asia/Tokyo", "from": "plan"})
    assert client.session["time_zone"] == "Asia/Tokyo"
    assert ASKS not in text(client.get(PLAN))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_until_then_pages_follow_the_clock_of_the_browser(client: Client, zone: str) -> None:
    """These two are never in the same day, so one of them is not in that of UTC."""
    a_visitor(client)
    page = text(in_browser_of(client, zone).get("/tools/sleep-diary/new/"))
    assert f'value="{day_there(zone)}"' in page


@pytest.mark.parametrize("zone", ["Mars/Base", "<script>", "../../etc/passwd", "UTC\n", ""])
def test_a_zone_that_is_none_is_passed_over_and_the_person_is_asked(client: Client, zone: str) -> None:
    a_plan(a_visitor(client))
    page = text(in_browser_of(client, zone).get(PLAN))
    assert "We do not know your time zone" in page
    assert not is_zone(zone)


def test_without_a_script_it_is_asked_for_and_chosen_from_a_list(client: Client) -> None:
    a_plan(a_visitor(client))
    assert f'href="{ZONE}"' in text(client.get(PLAN))
    assert client.post(ZONE, {"zone": "Nowhere"}).status_code == 422
    client.post(ZONE, {"zone": "Africa/Nairobi"})
    assert 'value="' + day_there("Africa/Nairobi") in text(client.get("/tools/sleep-diary/new/"))


def test_who_travels_is_asked_once(client: Client) -> None:
    person = a_member(client)
    a_plan(person)
    client.post(ZONE, {"zone": "Europe/Berlin"})
    page = text(in_browser_of(client, "Asia/Tokyo").get(PLAN))
    assert "Stay with Berlin" in page and "Follow Tokyo" in page

    client.post(ZONE, {"do": "leave", "from": "plan"})
    assert ASKS not in text(client.get(PLAN))
    assert Profile.objects.get(user=person.user).time_zone == "Europe/Berlin"
    assert "Follow New York" in text(in_browser_of(client, "America/New_York").get(PLAN))


def test_another_name_for_the_same_clock_is_no_journey(client: Client) -> None:
    a_plan(a_member(client))
    client.post(ZONE, {"zone": "Europe/Berlin"})
    assert ASKS not in text(in_browser_of(client, "Europe/Paris").get(PLAN))


def test_an_offer_says_what_time_it_is_there() -> None:
    offer = ZoneOffer(zone="America/Argentina/Buenos_Aires", at=NOW)
    assert offer.name == "Buenos Aires"
    assert offer.clock.utcoffset() == timedelta(hours=-3)


def picked(client: Client, page: str) -> str:
    """As a browser has it: what is marked, else what stands first."""
    options = re.findall(r'<option value="([^"]*)"([^>]*)>', ASKED.search(text(client.get(page)))[0])  # type: ignore[index]
    return next((value for value, marks in options if "selected" in marks), options[0][0])


@pytest.mark.parametrize("page", [ZONE, "/reminders/"])
def test_a_question_about_the_zone_picks_what_is_known_and_never_what_stands_first(client: Client, page: str) -> None:
    a_plan(a_member(client))
    assert picked(client, page) == ""
    assert picked(in_browser_of(client, "Europe/Lisbon"), page) == "Europe/Lisbon"
    client.post(ZONE, {"zone": "Africa/Nairobi"})
    assert picked(client, page) == "Africa/Nairobi"


def test_nothing_chosen_is_no_zone(client: Client) -> None:
    a_plan(a_visitor(client))
    answer = client.post(ZONE, {"zone": ""})
    assert answer.status_code == 422
    assert "Choose a time zone from the list." in text(answer)
