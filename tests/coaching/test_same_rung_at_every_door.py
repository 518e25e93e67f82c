"""Card, Today, plan, catalogue, player and mail say the same rung of a technique: over techniques, rungs and doors."""

import re
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import OutgoingMail, Profile, Reminder
from coaching.core.practice.rung import WEEK
from coaching.models import Person, Practice
from coaching.plan import plans
from coaching.practice.reminders import send_due
from content.reading.amounts import amount_of, length_query
from tests.coaching.makers import LIBRARY
from tests.coaching.shell_makers import a_member, a_plan, the_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

LADDERS: dict[str, list[dict[str, Any]]] = {
    path.stem: tomllib.loads(path.read_text())["rungs"] for path in sorted((LIBRARY / "ladders").glob("*.toml"))
}


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return unescape(answer.content.decode())


def somebody_with(client: Client, technique: str) -> Person:
    """They begin on the first rung, have time for the last, and chose this technique."""
    person = a_member(client)
    Profile.objects.of(the_user())
    Profile.objects.filter(user=the_user()).update(
        minutes_a_day=45, reminder=Reminder.DAILY, reminder_hour=timezone.now().hour, time_zone="UTC"
    )
    plan = a_plan(person, minutes=45, at=timezone.now() - timedelta(days=1))
    plans.pin(plan, technique)
    return person


def goes(person: Person, technique: str, times: list[datetime]) -> None:
    person.practices.filter(technique=technique).delete()
    Practice.objects.bulk_create(
        Practice(person=person, technique_id=technique, client_id=f"{technique}-{place}", started_at=at)
        for place, at in enumerate(times)
    )


def climb_to(person: Person, technique: str, place: int) -> None:
    """Whole weeks with just as many goes as each lower rung calls enough; the last ended an hour ago."""
    start = timezone.now() - WEEK * place - timedelta(hours=1)
    times = [
        start + WEEK * week + timedelta(hours=6) * go
        for week, rung in enumerate(LADDERS[technique][:place])
        for go in range(rung["enough"])
    ]
    goes(person, technique, times)


def leave_only(person: Person, technique: str) -> None:
    """The rest of the plan is done for today, so this is what comes next."""
    found = plans.coaching_of(person, 45)
    assert found and technique in found.recommendation.techniques
    for other in found.recommendation.techniques:
        if other != technique:
            goes(person, other, [timezone.now()])


def doors(client: Client, person: Person, technique: str) -> Iterator[tuple[str, str]]:
    """What each door says of the technique alone."""
    card = re.search(rf'<article[^>]* id="pick-{technique}".*?</article>', page(client, "/recommendations/"), re.DOTALL)
    assert card
    yield "card", card[0]
    today = re.search(r'<section class="card today-next">.*?</section>', page(client, "/today/"), re.DOTALL)
    assert today
    yield "today", today[0]
    [plan] = [item for item in page(client, "/plan/").split("<li") if f'"/practice/{technique}/' in item]
    yield "plan", plan
    [shelf] = [item for item in page(client, "/practice/").split("<article") if f'"/practice/{technique}/' in item]
    yield "catalogue", shelf
    yield "practice", page(client, f"/practice/{technique}/")


@pytest.mark.parametrize("technique", LADDERS)
def test_every_door_says_the_same_rung(client: Client, technique: str) -> None:
    person = somebody_with(client, technique)
    for place, rung in enumerate(LADDERS[technique]):
        climb_to(person, technique, place)
        leave_only(person, technique)
        amount, said = amount_of(rung["minutes"], rung["times"]), dict(doors(client, person, technique))
        for door, words in said.items():
            assert amount in words, (technique, place, door)
        for door in ("card", "today", "plan", "practice"):
            assert rung["words"] in said[door], (technique, place, door)
        for door in ("card", "today", "plan", "catalogue"):
            assert f'/practice/{technique}/{length_query(rung["minutes"])}"' in said[door], (technique, place, door)
        minutes = rung["minutes"]
        assert f"Begin, {minutes} minute" in said["catalogue"]
        assert has_length(said["practice"], minutes), (technique, place)
        assert mail_of(person) == f"One small thing of {minutes} minute{'s' if minutes > 1 else ''} is waiting"


def has_length(practice: str, minutes: int) -> bool:
    """The player has it, or, for a pack, that is how long it lies on the skin; a rest comes after."""
    return f"{minutes} min left" in practice or f'data-chosen="{minutes} minutes"' in practice


def mail_of(person: Person) -> str:
    Profile.objects.filter(user=person.user).update(reminded_on=None)
    OutgoingMail.objects.all().delete()
    assert send_due(timezone.now()) == 1
    found = re.search(r"One small thing.*? is waiting", OutgoingMail.objects.get().text, re.DOTALL)
    return " ".join(found[0].split()) if found else ""


@pytest.mark.parametrize("technique", LADDERS)
def test_somebody_unknown_begins_on_the_first_rung_with_and_without_a_network(client: Client, technique: str) -> None:
    first = LADDERS[technique][0]
    amount = amount_of(first["minutes"], first["times"])
    assert amount in page(client, "/practice/")
    for address in (f"/practice/{technique}/", f"/offline/practice/{technique}/{length_query(first['minutes'])}"):
        assert f"{first['minutes']} min left" in page(client, address)


def test_the_dose_of_the_studies_stands_behind_and_not_in_front(client: Client) -> None:
    a_plan(a_member(client))
    for face in page(client, "/recommendations/").split("<article")[1:]:
        front, _, behind = face.partition("<details")
        assert "In the studies:" in behind
        assert "In the studies:" not in front
    assert "Build up to 30 minutes" not in page(client, "/today/")


def test_a_letter_to_many_names_no_length_and_opens_at_the_readers_own_rung(client: Client) -> None:
    person = somebody_with(client, "walking")
    climb_to(person, "walking", 2)
    assert "10 min left" in page(client, "/practice/walking/")


@pytest.mark.parametrize(("guide", "technique"), [("defusion", "mindfulness"), ("gentle-moves", "pacing")])
def test_another_guide_of_a_technique_has_its_amount_and_not_the_words_of_the_first(
    client: Client, guide: str, technique: str
) -> None:
    first = LADDERS[technique][0]
    said = page(client, f"/practice/{guide}/")
    assert amount_of(first["minutes"], first["times"]) in said
    assert first["words"] not in said
    assert "In writing:" not in said
