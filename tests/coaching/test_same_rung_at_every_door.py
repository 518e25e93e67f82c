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

from accounts.models import Profile
from coaching.core.practice.pack import AFTER
from coaching.core.practice.rung import WEEK
from coaching.models import Person, Practice, ReminderSlot
from coaching.plan import plans
from coaching.practice.choices import choices_of
from content.core.files.ladders import OWN_LENGTHS
from content.core.vocabulary import Limit, Skin
from content.models import Guide, Ladder
from content.reading.amounts import amount_of, length_query
from tests.coaching.makers import LIBRARY
from tests.coaching.reminder_makers import a_wish, last_mail, sweep_at, words_of
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
    Profile.objects.filter(user=the_user()).update(minutes_a_day=45)
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
        for door in ("card", "today", "plan", "catalogue"):
            assert plays(client, led_to(said[door], technique), rung["minutes"]), (technique, place, door)
        assert plays(client, f"/practice/{technique}/", rung["minutes"]), (technique, place)
        minutes = rung["minutes"]
        assert f"Begin, {minutes} minute" in said["catalogue"]
        assert has_length(said["practice"], minutes), (technique, place)
        assert mail_of(person) == f"One small step, {minutes} minute{'s' if minutes > 1 else ''}"


def led_to(words: str, technique: str) -> str:
    """The first link of a door that leads to the practice with a length."""
    led = re.search(rf'href="(/practice/{technique}/\?(?:size|minutes)=\d+)"', words)
    assert led
    return led[1]


def plays(client: Client, address: str, minutes: int) -> bool:
    """The timeline that the player gets lasts as long, within 5 in 100; after a pack comes its rest."""
    player = client.get(address).context["shown"].player
    script = player.script
    seconds = script["minutes"] * 60 if script["skin"] == "breath" else sum(one["seconds"] for one in script["steps"])
    rest = AFTER if f"minutes={minutes}" in address or is_pack(client, address) else 0
    return seconds == player.seconds and -0.05 * 60 * minutes <= seconds - 60 * minutes <= 0.05 * 60 * minutes + rest


def is_pack(client: Client, address: str) -> bool:
    return client.get(address).context["guide"].skin == "timer"


def has_length(practice: str, minutes: int) -> bool:
    """The player has it, or, for a pack, that is how long it lies on the skin; a rest comes after."""
    return f"{minutes} min left" in practice or f'data-chosen="{minutes} minutes"' in practice


def mail_of(person: Person) -> str:
    """What a reminder that leaves now says of the step."""
    ReminderSlot.objects.all().delete()
    now = timezone.now()
    told = {"hour": now.hour, "quiet_from": 0, "quiet_until": 0}
    a_wish(person.user, zone="UTC", at=now - timedelta(days=2), **told)
    assert sweep_at(now) == 1
    found = re.search(r"One small step, \d+ minutes?", words_of(last_mail()))
    return found[0] if found else ""


@pytest.mark.parametrize("technique", LADDERS)
def test_somebody_unknown_begins_on_the_first_rung_with_and_without_a_network(client: Client, technique: str) -> None:
    first = LADDERS[technique][0]
    amount = amount_of(first["minutes"], first["times"])
    assert amount in page(client, "/practice/")
    for address in (f"/practice/{technique}/", f"/offline/practice/{technique}/{length_query(first['minutes'])}"):
        assert f"{first['minutes']} min left" in page(client, address)


@pytest.mark.parametrize("minutes", [2, 3, 7, 20])
def test_a_breath_of_any_length_that_staff_give_a_rung_is_played(client: Client, minutes: int) -> None:
    ladder = Ladder.objects.get(technique="breathing")
    ladder.rungs = [{**ladder.rungs[0], "minutes": 1}, {**ladder.rungs[1], "minutes": minutes, "times": 21}]
    ladder.save()
    person = somebody_with(client, "breathing")
    climb_to(person, "breathing", 1)
    for address in ("/practice/breathing/", f"/practice/breathing/?minutes={minutes}"):
        assert plays(client, address, minutes)
        assert re.search(rf'aria-current="true">{minutes} minutes</a>', page(client, address))


def test_the_lengths_that_a_rung_may_have_are_those_that_the_players_play() -> None:
    for skin, technique in ((Skin.BREATH, "breathing"), (Skin.WALK, "walking"), (Skin.TIMER, "heat")):
        guide = Guide.objects.get(slug=technique)
        played = [
            minutes
            for minutes in range(1, 61)
            if choices_of(guide, {"minutes": str(minutes)}, frozenset()).minutes == minutes
        ]
        assert played == list(OWN_LENGTHS[skin])


def test_where_a_caution_keeps_it_short_no_length_of_ones_own_is_longer(client: Client) -> None:
    for technique in ("breathing", "walking"):
        guide = Guide.objects.get(slug=technique)
        for minutes in (6, 20):
            choices = choices_of(guide, {"minutes": str(minutes)}, frozenset({Limit.SHORT}))
            assert choices.minutes is None
        assert choices_of(guide, {"minutes": "5"}, frozenset({Limit.SHORT})).minutes == 5


@pytest.mark.parametrize("slug", sorted(path.stem for path in (LIBRARY / "guides").glob("*.toml")))
def test_a_practice_page_has_one_control_for_one_thing(client: Client, slug: str) -> None:
    """No two of its rows, dials and folds bear the same name."""
    whole = page(client, f"/practice/{slug}/")
    rows = re.findall(r'<nav class="pick-row" aria-label="([^"]+)"', whole)
    dials = re.findall(r"<label>([^<]+)<select", whole)
    folds = re.findall(r"<summary>\s*([^<]+?)\s*</summary>", whole)
    named = [" ".join(name.split()) for name in (*rows, *dials, *folds)]
    assert sorted(set(named)) == sorted(named)
    assert sum("ength" in name for name in (*rows, *dials)) == 1


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
