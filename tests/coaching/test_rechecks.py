"""Danger signs are asked again every two weeks, and when pain is up by 2 or more."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from coaching.intake import rechecks
from coaching.intake.rechecks import Why, made_worse, recheck_due
from coaching.kept import Kept
from coaching.models import Intake, Person, Practice
from tests.coaching.makers import answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]


def coached(days_ago: int = 1, pain: int = 4) -> Person:
    at = timezone.now() - timedelta(days=days_ago)
    person = Person.objects.create()
    intake = Intake(person=person, version="1", started_at=at, changed_at=at, finished_at=at, safety_at=at)
    intake.answers = answers(peg_1=pain)
    intake.save()
    return person


def due(person: Person) -> Why | None:
    return recheck_due(person, person.intakes.newest(), timezone.now())


def practise(person: Person, before: int | None, after: int | None) -> Practice:
    return Practice.objects.create(
        person=person,
        technique_id="breathing",
        client_id=f"made-up-client-id-{person.practices.count()}",
        started_at=timezone.now(),
        pain_before=before,
        pain_after=after,
    )


def test_nobody_is_asked_again_on_the_next_day() -> None:
    assert due(coached()) is None


def test_after_two_weeks_the_signs_are_asked_again() -> None:
    assert due(coached(days_ago=14)) is Why.TIME


@pytest.mark.parametrize(("rating", "why"), [(5, None), (6, Why.PAIN), (10, Why.PAIN)])
def test_pain_up_by_two_asks_again(rating: int, why: Why | None) -> None:
    person = coached(pain=4)
    practise(person, before=rating, after=rating)

    assert due(person) is why


def test_the_newest_rating_counts() -> None:
    person = coached(pain=4)
    practise(person, before=9, after=9)
    practise(person, before=4, after=3)

    assert due(person) is None


def test_a_practice_without_ratings_asks_nothing() -> None:
    person = coached()

    assert not made_worse(practise(person, before=None, after=None))
    assert due(person) is None


def test_a_practice_that_made_pain_worse_by_two_asks_at_once(client: Client) -> None:
    rated = {"client_id": "made-up-client-id-1", "pain_before": "4", "pain_after": "6"}

    page = client.post("/practice/breathing/", rated, follow=True)

    assert "Your pain is up. Is anything new?" in page.content.decode()


def test_the_last_rating_is_looked_for_once_while_no_practice_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rechecks, "_kept", Kept())
    person = coached(pain=4)
    practise(person, before=9, after=9)
    for _ in range(2):
        assert due(Person.objects.get(pk=person.pk)) is Why.PAIN
    with monkeypatch.context() as patch:
        patch.setattr(rechecks, "_last_pain", lambda one: 1 / 0)
        assert due(Person.objects.get(pk=person.pk)) is Why.PAIN
    practise(person, before=4, after=3)
    assert due(Person.objects.get(pk=person.pk)) is None
    assert due(coached(pain=4)) is None
