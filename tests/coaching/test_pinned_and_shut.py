"""What somebody chose and a caution then shuts leaves every page, and the reason is said once."""

import re
from html import unescape

import pytest
from django.test import Client

from coaching.core.intake.needs import Snapshot
from coaching.core.recommend.options import TechniqueFacts
from coaching.core.recommend.permit import may_start
from coaching.intake.intakes import keep_alarm
from coaching.models import Intake, Person
from content.core.demands import PHYSICAL, Demand
from content.core.vocabulary import Family
from content.models import Caution
from tests.coaching.makers import snapshot
from tests.coaching.shell_makers import NOON, a_member, a_plan, change, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

LESSON = "/lessons/yoga/"


def squeezed(client: Client, address: str) -> str:
    return re.sub(r"\s+", " ", unescape(text(client.get(address))))


def tick(person: Person, condition: str) -> None:
    """As when the questions are answered again and this one is ticked."""
    again = Intake(person=person, version="1", started_at=NOON, changed_at=NOON)
    again.answers = {"adult": "yes", "conditions": [condition]}
    again.save()


@pytest.fixture
def person(client: Client) -> Person:
    person = a_member(client)
    a_plan(person)
    change(client, "pin", technique="yoga")
    assert "In your plan" in squeezed(client, LESSON) and "Try it now" in squeezed(client, LESSON)
    return person


def test_it_leaves_in_your_plan_and_try_it_now(client: Client, person: Person) -> None:
    tick(person, "fracture")
    page = squeezed(client, LESSON)
    assert "In your plan" not in page and "Try it now" not in page and "Put it in my plan" not in page
    assert 'href="/practice/yoga/' not in page.partition("Something to try")[2]
    for address in ("/today/", "/plan/"):
        assert "/practice/yoga/" not in squeezed(client, address), address


def test_the_reason_is_said_once_on_each_page(client: Client, person: Person) -> None:
    tick(person, "fracture")
    words = Caution.objects.get(technique="yoga", condition="fracture").words
    result = squeezed(client, "/recommendations/")
    assert result.count("We could not keep yoga. It is left out for your safety. " + words) == 1
    assert "<strong>Gentle yoga:</strong>" not in result
    for address in (LESSON, "/practice/yoga/"):
        assert squeezed(client, address).count(words) == 1, address


def test_the_shut_door_names_what_was_told(client: Client, person: Person) -> None:
    tick(person, "fracture")
    page = squeezed(client, "/practice/yoga/")
    assert "From your answers: A broken bone or injury in the last 12 weeks." in page


def test_while_a_sign_needs_care_now_the_shut_door_says_so(client: Client, person: Person) -> None:
    keep_alarm(person, NOON)
    page = squeezed(client, "/practice/breathing/")
    assert "Not for you right now" in page and "Please get checked first." in page


@pytest.mark.parametrize("demand", sorted(PHYSICAL))
def test_a_sign_shuts_what_a_guide_asks_of_the_body_whatever_it_is_filed_under(demand: Demand) -> None:
    filed_as_calming = TechniqueFacts(slug="new", name="New", family=Family.CALMING, demands=frozenset({demand}))
    for told in ({"safety_now": ["fever"]}, {"safety_soon": ["weight_loss"]}):
        read: Snapshot = snapshot(**told)
        assert not may_start(filed_as_calming, read, [])
    assert may_start(filed_as_calming, snapshot(), [])


def test_tensing_waits_only_for_a_sign_of_today() -> None:
    tensing = TechniqueFacts(slug="new", name="New", family=Family.CALMING, demands=frozenset({Demand.TENSING}))
    assert not may_start(tensing, snapshot(safety_now=["fever"]), [])
    assert may_start(tensing, snapshot(safety_soon=["weight_loss"]), [])
