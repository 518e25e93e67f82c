"""A plan stays as it is until the person changes it or safety does; every change is written down and told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from coaching.models import Person, Plan, PlanChange, PlanItem, Practice
from coaching.plan import plans
from coaching.plan.plans import Coaching
from coaching.plan.review import review_of
from tests.coaching.shell_makers import NOON, a_member, a_plan, change, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

WEEK, DAY = timedelta(days=7), timedelta(days=1)
STILL = {
    "tension": {"tension_before": 6, "tension_after": 6, "pain_before": 5, "pain_after": 5},
    "belief": {"belief_before": 6, "belief_after": 6},
    "confidence": {"confidence_before": 4, "confidence_after": 4},
    "night": {"night_before": 2, "night_after": 2},
}
WORSE = {
    "tension": {"tension_before": 4, "tension_after": 7},
    "belief": {"belief_before": 4, "belief_after": 7},
    "confidence": {"confidence_before": 7, "confidence_after": 4},
    "night": {"night_before": 6, "night_after": 3},
}


@pytest.fixture
def person(client: Client) -> Person:
    return a_plan(a_member(client), at=NOON).person


def coached(person: Person) -> Coaching:
    person.forget_what_was_read()
    found = plans.coaching_of(person)
    assert found
    return found


def picks(person: Person) -> tuple[str, ...]:
    return coached(person).recommendation.techniques


def practise(person: Person, technique: str, times: int, told: dict[str, dict[str, int]], at: datetime = NOON) -> None:
    signal = coached(person).options.by_slug[technique].signal
    for number in range(times):
        Practice.objects.create(
            person=person,
            technique_id=technique,
            client_id=f"{technique}-{Practice.objects.count()}",
            started_at=at + number * DAY,
            **told[signal.value],
        )
    person.forget_what_was_read()


def standing_plan(person: Person) -> Plan:
    return person.plans.current().get()


def test_two_weeks_of_goes_that_change_nothing_take_nothing_out_of_the_plan(person: Person) -> None:
    before = picks(person)
    assert len(before) == 3
    for technique in before:
        practise(person, technique, 14, STILL)

    assert set(picks(person)) == set(before)
    assert not PlanChange.objects.exists()


def test_goes_that_were_worse_take_nothing_out_either_until_the_person_says_so(person: Person) -> None:
    before = picks(person)
    practise(person, before[0], 14, WORSE)

    assert set(picks(person)) == set(before)


def test_the_look_comes_after_a_week_and_speaks_only_of_what_had_its_time(person: Person) -> None:
    first = picks(person)[0]
    practise(person, first, 2, STILL)

    assert not review_of(coached(person), NOON + WEEK - DAY).is_open
    early = review_of(coached(person), NOON + WEEK)
    assert early.is_open
    assert early.swaps == ()


def test_what_had_its_time_and_changed_nothing_can_be_swapped_or_kept(client: Client, person: Person) -> None:
    first = picks(person)[0]
    practise(person, first, 20, STILL)
    [swap] = review_of(coached(person), NOON + WEEK).swaps
    assert swap.technique == first
    assert swap.instead not in picks(person)
    assert "Has not helped so far" in swap.why
    assert swap.instead_name in text(client.get("/plan/"))

    client.post("/plan/look/")
    assert first in picks(person)
    assert not review_of(coached(person), timezone.now()).is_open

    client.post("/plan/look/swap/", {"technique": first})
    assert first not in picks(person)
    assert swap.instead in picks(person)
    assert len(picks(person)) == 3


@pytest.mark.parametrize("do", ["keep", "swap"])
def test_a_look_left_open_since_before_is_still_answered(client: Client, person: Person, do: str) -> None:
    """Both answers came to one address, told apart by `do`."""
    first = picks(person)[0]
    practise(person, first, 20, STILL)
    client.post("/plan/look/", {"do": do, "technique": first})

    assert (first in picks(person)) == (do == "keep")
    assert not review_of(coached(person), timezone.now()).is_open


def test_a_swap_at_the_look_is_written_down_and_told_with_its_day_and_reason(client: Client, person: Person) -> None:
    first = picks(person)[0]
    practise(person, first, 20, STILL)
    client.post("/plan/look/swap/", {"technique": first})
    [change] = PlanChange.objects.all()

    assert (change.taken_id, change.why) == (first, "review")
    for page in ("/plan/", "/today/"):
        found = text(client.get(page))
        assert "What changed in your plan" in found
        assert "You chose it at the weekly look." in found
        assert f"Since {change.at.day} " in found


def test_nothing_that_the_look_did_not_propose_is_swapped_by_it(client: Client, person: Person) -> None:
    before = picks(person)
    client.post("/plan/look/swap/", {"technique": before[0], "instead": "cold"})
    client.post("/plan/look/swap/")

    assert picks(person) == before
    assert not PlanChange.objects.exists()


@pytest.mark.parametrize("do", ["pin", "refuse"])
def test_what_the_person_asks_for_changes_that_and_leaves_the_others(client: Client, person: Person, do: str) -> None:
    before = picks(person)
    other = next(slug for slug in ("mindfulness", "pmr", "imagery") if slug not in before)
    client.post(f"/recommendations/{do}/", {"technique": other if do == "pin" else before[1]})
    after = picks(person)

    assert len(after) == 3
    assert len(set(before) & set(after)) == 2
    [change] = PlanChange.objects.all()
    assert change.why == "asked"
    assert {change.taken_id} == set(before) - set(after)
    assert {change.given_id} == set(after) - set(before)


def test_safety_takes_at_once_and_says_so(client: Client, person: Person) -> None:
    before = picks(person)
    coaching = coached(person)
    closing = next(
        row
        for slug in before
        for row in coaching.options.cautions_of.get(slug, ())
        if row.action == "exclude" and row.condition.value not in ("anyone", "crisis")
    )
    intake = coaching.plan.intake
    intake.answers = intake.answers | {"conditions": [closing.condition.value]}
    intake.save()
    person.forget_what_was_read()
    found = text(client.get("/plan/"))

    assert closing.technique not in picks(person)
    assert "For your safety." in found
    assert PlanChange.objects.filter(taken_id=closing.technique, why="safety").count() == 1
    client.get("/plan/")
    assert PlanChange.objects.filter(taken_id=closing.technique).count() == 1


def test_every_pick_is_kept_with_the_chance_it_was_chosen_with(person: Person) -> None:
    assert set(PlanItem.objects.values_list("probability", flat=True)) == {1.0}


def test_every_change_is_kept_with_the_chance_it_was_chosen_with(client: Client, person: Person) -> None:
    change(client, "minutes", minutes="10")
    assert set(PlanChange.objects.values_list("probability", flat=True)) == {1.0}


def test_where_nobody_shares_ratings_no_text_says_that_others_told_us(client: Client, person: Person) -> None:
    practise(person, picks(person)[0], 6, STILL)
    for page in ("/recommendations/", "/plan/", "/progress/what-works/"):
        found: Any = text(client.get(page))
        assert "shared their ratings" not in found
        assert "share their ratings" not in found
