"""Something unwanted: kept in one tap, answered at once, and counted without a name."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.core.person.unwanted import Kind
from coaching.models import Person, Practice, UnwantedEffect
from tests.coaching.shell_makers import a_member, a_plan, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

TOKEN = "a-page-of-somebody"


@pytest.fixture
def person(client: Client) -> Person:
    return a_plan(a_member(client)).person


def tap(client: Client, kind: Kind, **told: Any) -> Any:
    return client.post("/unwanted/", {"kind": kind.value, "token": TOKEN, **told})


def test_one_tap_keeps_it_and_says_what_to_do(client: Client, person: Person) -> None:
    page = text(client.get(tap(client, Kind.DIZZY, technique="breathing").url))
    kept = person.unwanted_effects.get()
    assert (kept.kind, kept.technique_id, kept.bad, kept.still_there) == ("dizzy", "breathing", "", None)
    assert "Sit or lie down." in page


def test_a_second_tap_says_how_bad_and_whether_it_is_still_there(client: Client, person: Person) -> None:
    said = tap(client, Kind.PAIN).url
    client.post(said, {"more": "very-here"})
    kept = person.unwanted_effects.get()
    assert (kept.bad, kept.still_there) == ("very", True)
    page = text(client.get(said))
    assert "Please talk to a doctor or a pharmacist" in page
    assert "Check the danger signs" in page


def test_pressing_twice_is_one_report(client: Client, person: Person) -> None:
    for _ in range(2):
        tap(client, Kind.FEAR)
    tap(client, Kind.SLEEP)
    assert sorted(person.unwanted_effects.values_list("kind", flat=True)) == ["fear", "sleep"]


@pytest.mark.parametrize("kind", [Kind.NUMB, Kind.CHEST])
def test_what_may_be_a_danger_sign_leads_to_them(client: Client, person: Person, kind: Kind) -> None:
    page = text(client.get(tap(client, kind).url))
    main = page.partition("<h1>")[2]
    assert "/intake/safety/" in main.partition("</header>")[0]


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_is_answered(client: Client, person: Person, kind: Kind) -> None:
    page = text(client.get(tap(client, kind).url))
    assert len(page.partition('<p class="lead">')[2].partition("</p>")[0].split()) > 8


def test_every_practice_and_the_check_in_ask_for_it(client: Client, person: Person) -> None:
    done = Practice.objects.create(
        person=person, technique_id="breathing", client_id="a-practice-of-today", started_at=timezone.now()
    )
    for path in (f"/practice/done/{done.client_id}/", "/check-in/"):
        page = text(client.get(path))
        assert all(f'name="kind" value="{kind.value}"' in page for kind in Kind), path
    assert "/unwanted/?technique=breathing" in text(client.get("/practice/breathing/"))


def test_nobody_reads_what_another_told(client: Client, person: Person) -> None:
    said = tap(client, Kind.LOW).url
    assert Client().get(said).status_code == 404


def test_nonsense_is_refused(client: Client, person: Person) -> None:
    assert client.post("/unwanted/", {"kind": "flying", "token": TOKEN}).status_code == 422
    assert client.post("/unwanted/", {"kind": "pain", "token": "x"}).status_code == 422
    tap(client, Kind.OTHER, technique="no-such-technique")
    assert UnwantedEffect.objects.get().technique_id is None
