"""What somebody's answers come to now is put together once, and anew as soon as one of them, or a key, is another."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.sealing import CannotOpen
from coaching.intake import known
from coaching.kept import Kept
from coaching.models import Intake, Person
from tests.coaching.shell_makers import a_finished_intake

pytestmark = pytest.mark.django_db

NEWER = timedelta(hours=1)


@pytest.fixture(autouse=True)
def times_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """One more each time that answers are opened."""
    counted, read = list[int](), known._read

    def count(chain: list[Intake]) -> dict[str, Any]:
        counted.append(1)
        return read(chain)

    monkeypatch.setattr(known, "_kept", Kept())
    monkeypatch.setattr(known, "_read", count)
    return counted


@pytest.fixture
def person() -> Person:
    """With finished answers, some that build on them, and some that were begun since."""
    found, at = Person.objects.create(), timezone.now()
    first = a_finished_intake(found, at - 2 * NEWER, goal="Dance", values=["work"])
    second = a_finished_intake(found, at - NEWER, sleep=8)
    second.builds_on = first
    second.save()
    begun = Intake(person=found, builds_on=second, version="3", started_at=at, changed_at=at)
    begun.answers = {"health_heart": ["heart"]}
    begun.save()
    return found


def now(person: Person) -> dict[str, Any]:
    """As the next page reads them."""
    found = Person.objects.get(pk=person.pk)
    assert found.newest_finished
    return known.answers_now(found, found.newest_finished)


def anew(person: Person) -> dict[str, Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(known, "_kept", Kept())
        return now(person)


def test_a_second_page_opens_none_of_them(person: Person, times_read: list[int]) -> None:
    told = now(person)
    assert (told["goal"], told["sleep"], told["health_heart"]) == ("Dance", 8, ["heart"])
    times_read.clear()
    assert now(person) == told
    assert not times_read


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("change", [{"goal": "Sing"}, {"sleep": None}, {"health_heart": ["heart", "fainting"]}])
def test_another_answer_on_whatever_day_is_known_at_once(person: Person, place: int, change: dict[str, Any]) -> None:
    now(person)
    row = Intake.objects.order_by("id")[place]
    row.answers = {**row.answers, **change}
    row.save()
    assert now(person) == anew(person)


def test_a_check_in_and_new_answers_are_known_at_once(person: Person) -> None:
    before = now(person)
    Intake.objects.filter(finished_at=None).update(is_check_in=True)
    assert now(person) == anew(person)
    Intake.objects.filter(finished_at=None).update(finished_at=timezone.now())
    assert now(person) == anew(person)
    a_finished_intake(person, timezone.now(), goal="Swim")
    assert now(person) == anew(person) != before


def test_who_changes_what_they_were_given_changes_it_for_nobody_else(person: Person) -> None:
    told = now(person)
    told["goal"] = "Another"
    told["health_heart"].append("fainting")
    assert now(person) == anew(person) != told


def test_two_who_answered_the_same_are_two(person: Person) -> None:
    now(person)
    other = Person.objects.create()
    a_finished_intake(other, goal="Swim")
    assert now(other)["goal"] == "Swim"
    assert now(person)["goal"] == "Dance"


def test_a_seal_that_was_damaged_since_does_not_open(person: Person) -> None:
    now(person)
    row = Intake.objects.order_by("id")[0]
    middle = len(row.sealed_answers) // 2
    letter = "A" if row.sealed_answers[middle] != "A" else "B"
    damaged = row.sealed_answers[:middle] + letter + row.sealed_answers[middle + 1 :]
    Intake.objects.filter(pk=row.pk).update(sealed_answers=damaged)
    with pytest.raises(CannotOpen):
        now(person)


def test_what_a_key_opened_that_is_gone_is_forgotten(person: Person, settings: Any) -> None:
    now(person)
    settings.FIELD_KEYS = ["another:" + "A" * 43 + "="]
    with pytest.raises(CannotOpen):
        now(person)
