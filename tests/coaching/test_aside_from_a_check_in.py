"""The danger signs, and something unwanted, come up in the middle of a check-in: nothing given is lost, and both lead
back to it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.core.intake.safety import SIGN_LISTS
from coaching.intake.intakes import standing_of
from coaching.models import Person, UnwantedEffect
from tests.coaching.shell_makers import a_member, a_plan, a_visitor, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

PAGE, SIGNS, UNWANTED = "/check-in/", "/check-in/signs/", "/check-in/unwanted/"
GIVEN = {"function": "4", "peg_1": "5", "note": "The stairs went well"}
KEPT = {"function": 4, "peg_1": 5, "note": "The stairs went well"}
TOKEN = "a-token-of-this-page"


@pytest.fixture(params=["member", "visitor"])
def person(request: pytest.FixtureRequest, client: Client) -> Person:
    """Somebody who answered it all three weeks ago, so that the danger signs are due again."""
    made = a_member(client) if request.param == "member" else a_visitor(client)
    return a_plan(made, at=timezone.now() - timedelta(days=21)).person


def answer_the_signs(client: Client, address: str, **told: list[str]) -> str:
    """Step by step to the end, as somebody does who presses Next; the address that is led to then."""
    while address.startswith("/intake/"):
        form = client.get(address, follow=True)
        step, round_ = form.context["step"], form.context["form"].initial["round"]
        given: dict[str, Any] = {item.id: told.get(item.id, ["none"]) for item in step.items if item.id in SIGN_LISTS}
        given |= {"self_harm": "no"} if "self_harm" in {item.id for item in step.items} else {}
        sent = client.post(f"/intake/{step.slug}/", {**given, "round": round_})
        assert sent.status_code in (200, 302)
        if sent.status_code == 200:
            return "whom to call"
        address = sent["Location"]
    return address


def test_the_signs_lead_back_to_the_check_in_with_all_that_was_given(client: Client, person: Person) -> None:
    start = client.post(SIGNS, GIVEN)
    assert person.check_ins.get().answers == KEPT
    assert answer_the_signs(client, start["Location"]) == PAGE
    page = client.get(PAGE)
    assert page.context["form"]["note"].value() == "The stairs went well"
    assert page.context["form"]["function"].value() == "4"
    assert not page.context["recheck"]


def test_with_nothing_given_yet_they_lead_back_too(client: Client, person: Person) -> None:
    start = client.post(SIGNS)
    assert not person.check_ins.exists()
    assert answer_the_signs(client, start["Location"]) == PAGE


def test_a_second_click_on_the_last_answer_leads_back_as_well(client: Client, person: Person) -> None:
    address = client.post(SIGNS, GIVEN)["Location"]
    while address.startswith("/intake/"):
        form = client.get(address, follow=True)
        step = form.context["step"]
        ids = {item.id for item in step.items}
        given: dict[str, Any] = {name: ["none"] for name in ids if name in SIGN_LISTS}
        given |= {"self_harm": "no"} if "self_harm" in ids else {}
        sent = {**given, "round": form.context["form"].initial["round"]}
        first, second = (client.post(f"/intake/{step.slug}/", sent)["Location"] for _ in range(2))
        address = first
    assert first == second == PAGE


def test_what_is_wrong_is_said_and_the_rest_stands_on_the_page(client: Client, person: Person) -> None:
    answer = client.post(SIGNS, {"function": "4", "note": "x" * 400})
    assert answer.status_code == 422
    assert answer.context["form"]["function"].value() == "4"


def test_a_sign_that_is_told_is_answered_first_and_the_way_back_holds(client: Client, person: Person) -> None:
    start = client.post(SIGNS, GIVEN)
    assert answer_the_signs(client, start["Location"], signs_below=["saddle_numbness"]) == "whom to call"
    assert client.get(PAGE)["Location"] == "/help-now/emergency/"
    person = Person.objects.get(pk=person.pk)
    assert person.check_ins.get().answers == KEPT and standing_of(person).level
    assert answer_the_signs(client, "/intake/safety/") == PAGE


def test_what_is_sent_while_another_tab_told_of_danger_is_kept(client: Client, person: Person) -> None:
    answer_the_signs(client, "/intake/safety/", signs_below=["saddle_numbness"])
    assert client.post(PAGE, GIVEN)["Location"] == "/help-now/emergency/"
    assert person.check_ins.get().answers == KEPT
    assert answer_the_signs(client, "/intake/safety/") == PAGE


def test_pain_that_rose_leads_to_the_signs_and_back_to_progress(client: Client, person: Person) -> None:
    client.post(PAGE, GIVEN)
    assert 'action="/check-in/signs/"' in text(client.get("/progress/"))
    start = client.post(SIGNS, {"from": "progress"})
    assert answer_the_signs(client, start["Location"]) == "/progress/"


def test_whoever_came_from_elsewhere_or_on_another_day_gets_their_result(
    client: Client, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert answer_the_signs(client, "/intake/safety/") == "/recommendations/"
    client.post(SIGNS)
    client.get(PAGE)
    assert answer_the_signs(client, "/intake/safety/") == "/recommendations/"
    client.post(SIGNS)
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr("coaching.views.intake.timezone.now", lambda: tomorrow)
    assert answer_the_signs(client, "/intake/safety/") == "/recommendations/"


def test_something_unwanted_keeps_what_was_given_and_leads_back(client: Client, person: Person) -> None:
    answer = client.post(UNWANTED, {**GIVEN, "kind": "chest", "token": TOKEN}, follow=True)
    assert UnwantedEffect.objects.get(person=person).kind == "chest"
    assert person.check_ins.get().answers == KEPT
    page = text(answer)
    assert 'href="/check-in/"' in page and "Back to where I was" in page
    assert answer_the_signs(client, "/intake/safety/") == PAGE


@pytest.mark.parametrize("address", [SIGNS, UNWANTED])
def test_words_that_call_for_care_are_heard_on_either_way(client: Client, person: Person, address: str) -> None:
    told = {**GIVEN, "note": "I want to die", "kind": "dizzy", "token": TOKEN}
    page = text(client.post(address, told, follow=True))
    assert 'id="care-title"' in page


def test_a_tap_on_something_unwanted_alone_is_no_check_in(client: Client, person: Person) -> None:
    client.post(UNWANTED, {"kind": "dizzy", "token": TOKEN})
    assert UnwantedEffect.objects.get(person=person).kind == "dizzy"
    assert not person.check_ins.exists()


def test_enter_in_a_field_keeps_the_check_in(client: Client, person: Person) -> None:
    """The first button of a form is what Enter presses: it leads to the page itself."""
    page = text(client.get(PAGE))
    own = [part for part in page.split("<button")[1:] if 'form="check-in"' in part.split(">")[0]]
    assert "formaction" not in own[0] and "formaction" in own[1]


@pytest.mark.parametrize("address", [SIGNS, UNWANTED])
def test_a_stranger_is_led_to_the_questions(client: Client, address: str) -> None:
    assert client.post(address, {"kind": "pain", "token": TOKEN})["Location"] in ("/intake/", "/unwanted/")
