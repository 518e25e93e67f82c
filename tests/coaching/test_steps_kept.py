"""What a page says of somebody's rungs is counted and drawn once while nothing changes, and is nobody else's."""

from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.core.intake.needs import take_snapshot
from coaching.core.practice.past import PastPractice
from coaching.core.practice.rung import tally_of
from coaching.kept import Kept
from coaching.models import Person, Practice
from coaching.plan import rungs, start_rules
from coaching.plan.rungs import Goes
from config.drawn import part
from config.drawn.shelf import Shelf
from content.models import Ladder
from tests.coaching.shell_makers import a_finished_intake, a_plan, a_visitor
from tests.coaching.test_rungs import weeks_of
from tests.test_drawn_once import without_own

LIST = "/practice/"
WALK = "/practice/walking/"
TECHNIQUES = ["breathing", "walking", "sleep"]
HOUR = timedelta(hours=1)
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    own = Shelf()
    monkeypatch.setattr(part, "shelf", own)
    for name in ("_kept", "_kept_since"):
        monkeypatch.setattr(rungs, name, Kept())
    return own


def some_practices(seed: int) -> list[PastPractice]:
    """Newest first, a few of them ahead of the clock, over ten weeks."""
    chance = Random(seed)  # noqa: S311 - made-up practices, no secret
    times = sorted((AT + timedelta(minutes=chance.randint(-100_000, 1_500)) for _ in range(150)), reverse=True)
    return [
        PastPractice(len(times) - place, chance.choice(TECHNIQUES), str(place), time, 60, 5, chance.randint(0, 9))
        for place, time in enumerate(times)
    ]


@pytest.mark.parametrize("seed", range(6))
def test_weeks_are_those_of_all_goes_whenever_it_is_asked(seed: int) -> None:
    goes = Goes(some_practices(seed), mark=f"practices {seed}")
    for hours in (-3000, -2000, -169, -1, 0, 1, 167, 168, 1000):
        at = AT + timedelta(hours=hours)
        for technique in (*TECHNIQUES, "heat"):
            assert goes.weeks_at(technique, at) == weeks_of(list(goes.at(technique)), at)


def test_the_same_practices_are_counted_once_and_others_by_themselves() -> None:
    one = Goes(some_practices(1), mark="one").weeks_at("walking", AT)
    assert Goes((), mark="one").weeks_at("walking", AT) == one
    assert Goes((), mark="other").weeks_at("walking", AT) == ()


@pytest.mark.parametrize("seed", range(3))
def test_weeks_since_a_decision_are_those_of_all_goes_since(seed: int) -> None:
    practices = some_practices(seed)
    for days in (70, 21, 8, 0, -2):
        moments = {technique: AT - timedelta(days=days, hours=n) for n, technique in enumerate(TECHNIQUES)}
        for mark in ("", f"practices {seed}", f"practices {seed}"):
            tallies = Goes(practices, mark=mark).tallies_since(moments)
            for technique, first in moments.items():
                told = tally_of(Goes(practices).at(technique), first).until(AT)
                assert tallies[technique].until(AT) == told


def test_the_same_goes_since_the_same_decisions_are_counted_once() -> None:
    moments = {"walking": AT - timedelta(days=21)}
    one = Goes(some_practices(1), mark="one").tallies_since(moments)
    assert one["walking"].until(AT)
    assert Goes((), mark="one").tallies_since(moments) == one
    assert Goes((), mark="other").tallies_since(moments) != one
    assert Goes((), mark="one").tallies_since({"walking": AT - timedelta(days=20)}) != one


def test_without_a_mark_nothing_is_kept() -> None:
    assert Goes(some_practices(1)).weeks_at("walking", AT)
    assert Goes(()).weeks_at("walking", AT) == ()


def somebody(**told: Any) -> tuple[Client, Person]:
    client = Client()
    person = a_visitor(client)
    a_plan(person, **told)
    return client, person


def seen(client: Client, path: str) -> str:
    return without_own(client.get(path))


def wholly_anew(client: Client, path: str, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patch:
        patch.setattr(part, "shelf", Shelf(most_bytes=0))
        patch.setattr(rungs, "_kept", Kept())
        return seen(client, path)


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_the_list_of_practices_is_drawn_once_for_all_who_stand_the_same(shelf: Shelf) -> None:
    (one, _), (other, _) = somebody(), somebody()
    part.told_anew.clear()
    first = seen(one, LIST)
    parts = len(shelf)
    assert seen(other, LIST) == first
    assert len(shelf) == parts
    assert not part.told_anew


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_each_sees_their_own_rung_before_and_after_a_week_of_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    (one, person), (other, _) = somebody(minutes=45), somebody(minutes=45)
    before = {path: seen(other, path) for path in (LIST, WALK)}
    assert {path: seen(one, path) for path in (LIST, WALK)} == before
    Practice.objects.bulk_create(
        Practice(person=person, technique_id="walking", client_id=f"a-go-{n}", started_at=timezone.now() - n * HOUR)
        for n in range(24, 24 * 15, 24)
    )
    for path in (LIST, WALK):
        assert seen(one, path) == wholly_anew(one, path, monkeypatch) != before[path]
        assert seen(other, path) == before[path]


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_the_same_answers_are_read_once_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[Any]()

    def counted(*told: Any) -> Any:
        read.append(told)
        return take_snapshot(*told)

    monkeypatch.setattr(start_rules, "_kept", Kept())
    monkeypatch.setattr(start_rules, "take_snapshot", counted)
    (one, person), (other, _) = somebody(), somebody()
    for client in (one, other, one):
        seen(client, WALK)
    assert len(read) == 1
    a_finished_intake(person, tension=9)
    seen(one, WALK)
    assert len(read) > 1


@pytest.mark.django_db
@pytest.mark.usefixtures("library")
def test_a_rung_that_staff_edit_shows_on_the_next_page() -> None:
    client, _ = somebody()
    assert "Amble" not in seen(client, WALK)
    ladder = Ladder.objects.get(technique="walking")
    ladder.rungs = [{**rung, "words": f"Amble. {rung['words']}"} for rung in ladder.rungs]
    ladder.save()
    assert "Amble" in seen(client, WALK)
