"""Ratings teach: the person's own change the next plan, and pooled ones, with consent, the next person's."""

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from accounts.models import Consent, ConsentKind, User
from coaching.learning.agreed import agreed_people
from coaching.learning.pools import current_pool
from coaching.models import Intake, Person, PoolCell, PoolNorms, Practice
from coaching.plan import plans
from coaching.plan.knowledge import knowledge
from coaching.tasks import refresh_what_people_teach
from tests.coaching.makers import answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

NEEDY = {"tension": 9, "sleep": 2, "stuck_thoughts": 8, "avoid": 7, "gad_1": 3, "gad_2": 3}


def coached(user: User | None = None) -> Person:
    at = timezone.now() - timedelta(days=1)
    person = Person.objects.create(user=user)
    intake = Intake(person=person, version="1", started_at=at, changed_at=at, finished_at=at, safety_at=at)
    intake.answers = answers(**NEEDY)
    intake.save()
    plans.make_plan(person, intake, minutes=45, at=at)
    return Person.objects.get(pk=person.pk)


def practise(person: Person, technique: str, times: int, before: int = 8, after: int = 2) -> None:
    Practice.objects.bulk_create(
        Practice(
            person=person,
            technique_id=technique,
            client_id=f"{technique}-made-up-{number:04}",
            started_at=timezone.now() - timedelta(hours=times - number),
            tension_before=before,
            tension_after=after,
        )
        for number in range(times)
    )
    person.forget_what_was_read()


def agree(number: int) -> Person:
    user = User.objects.create_user(f"person{number}@example.org", "a-made-up-password")
    words = {"words": "yes", "words_version": "1"}
    Consent.objects.give(user, ConsentKind.POOLING, at=timezone.now(), **words)
    return coached(user)


def test_without_ratings_the_evidence_alone_decides() -> None:
    coaching = plans.coaching_of(coached())

    assert coaching.estimates == {}
    assert all(pick.practices == 0 for pick in coaching.recommendation.picks)


def test_a_technique_that_helped_again_and_again_is_expected_to_help_more() -> None:
    person = coached()
    before = {one.slug: one.expected for one in plans.coaching_of(person).recommendation.weighed}
    practise(person, "imagery", times=12)

    after = {one.slug: one.expected for one in plans.coaching_of(person).recommendation.weighed}

    assert after["imagery"] > before["imagery"]


def test_own_ratings_change_the_plan_once_the_person_asks_and_the_plan_says_so() -> None:
    person = coached()
    assert "imagery" not in plans.coaching_of(person).recommendation.techniques
    practise(person, "imagery", times=20, before=9, after=1)
    assert "imagery" not in plans.coaching_of(person).recommendation.techniques

    plans.set_minutes(person.plans.current().get(), 45)
    picks = {pick.technique: pick for pick in plans.coaching_of(person).recommendation.picks}

    assert picks["imagery"].practices == 20
    assert any("rat" in line for line in picks["imagery"].why)


def test_once_enough_is_rated_a_plan_looks_for_something_worth_trying() -> None:
    person = coached()
    assert not plans.coaching_of(person).options.explore
    practise(person, "breathing", times=3)

    assert plans.coaching_of(person).options.explore


def test_no_rating_brings_back_what_a_caution_left_out() -> None:
    person = coached()
    intake = person.intakes.get()
    intake.answers = intake.answers | {"conditions": ["numb"]}
    intake.save()
    person.forget_what_was_read()
    practise(person, "heat", times=30, before=10, after=0)

    assert "heat" not in plans.coaching_of(person).recommendation.techniques


def test_only_people_who_agreed_are_pooled() -> None:
    agreed = agree(1)
    coached(User.objects.create_user("other@example.org", "a-made-up-password"))
    coached()

    assert [person.pk for people in agreed_people() for person in people] == [agreed.pk]


def test_who_takes_consent_back_is_out_of_the_next_pool() -> None:
    person = agree(1)
    Consent.objects.withdraw(person.user, ConsentKind.POOLING, at=timezone.now())

    assert not any(agreed_people())


def test_nineteen_people_make_no_pool_and_twenty_do() -> None:
    for number in range(19):
        practise(agree(number), "breathing", times=4)
    refresh_what_people_teach.func()
    assert not PoolNorms.objects.exists()

    practise(agree(19), "breathing", times=4)
    refresh_what_people_teach.func()

    assert PoolNorms.objects.get().people == 20
    assert PoolCell.objects.get(technique="breathing", need="").people == 20
    assert current_pool().norms.people == 20
    assert knowledge().pool.norms.people == 20


def test_refreshing_twice_changes_nothing() -> None:
    for number in range(20):
        practise(agree(number), "breathing", times=2)
    refresh_what_people_teach.func()
    first = list(PoolCell.objects.values("technique", "need", "people", "mean", "spread", "shift"))

    refresh_what_people_teach.func()

    assert list(PoolCell.objects.values("technique", "need", "people", "mean", "spread", "shift")) == first


def test_the_database_refuses_a_cell_of_few_people() -> None:
    with pytest.raises(IntegrityError):
        PoolCell.objects.create(technique="breathing", need="", people=19, mean=1, spread=1, shift=0)
