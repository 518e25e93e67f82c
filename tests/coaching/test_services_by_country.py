"""Beside the lines for the worst hour stands where to ask for care that is not urgent, and how far that was checked."""

import tomllib
from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from coaching.help.crisis_lines import crisis_lines
from content.models import CrisisLine
from tests.coaching.makers import LIBRARY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

COUNTRIES = tomllib.loads((LIBRARY / "crisis_lines.toml").read_text())


def services(client: Client) -> str:
    return unescape(client.get("/help-now/").content.decode()).split('id="services"')[1].split("</section>")[0]


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_country_with_lines_has_somewhere_to_ask(client: Client, country: str) -> None:
    shown = services(client)
    assert COUNTRIES[country]["services"]
    for one in COUNTRIES[country]["services"]:
        assert one["name"] in shown
        assert one["how"] in shown


def test_they_are_said_in_the_language_of_the_page() -> None:
    with override("es"):
        said = [one["how"] for line in crisis_lines() for one in line.services]
    assert said == [one["how_es"] for country in COUNTRIES.values() for one in country["services"]]


def test_what_nobody_checked_is_said_not_to_be(client: Client) -> None:
    assert {row["services_checked_on"] for row in COUNTRIES.values() if "services_checked_on" in row} == set()
    assert services(client).count("Not checked with the official pages yet.") == len(COUNTRIES)
    CrisisLine.objects.filter(slug="gb").update(services_checked_on="2027-01-31")
    assert services(client).count("Not checked with the official pages yet.") == len(COUNTRIES) - 1
    assert "Checked on" in services(client)


def test_whoever_chose_a_country_sees_its_services_alone(client: Client) -> None:
    client.post("/help-now/", {"country": "IE"})
    shown = services(client)
    assert "HSE" in shown
    assert "NHS" not in shown


def test_without_a_database_row_they_come_from_the_file(client: Client) -> None:
    CrisisLine.objects.all().delete()
    assert "NHS Talking Therapies" in services(client)
