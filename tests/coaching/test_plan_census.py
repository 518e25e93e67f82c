"""The census of plans: what the issue of one plan for everybody looked like may not come back."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from coaching.core.intake.answers import clean_all
from coaching.core.recommend.options import Options
from coaching.core.simulator.census import MINUTES, Plan, plan_of, take_census, uniform_answers
from coaching.simulator.cohort_files import dice, library_options
from content.core.vocabulary import Need
from tests.coaching.makers import answers, evidence, technique


@pytest.fixture(scope="module")
def kinds() -> dict[str, Any]:
    return told(people=600, seed=5)["kinds"]


def told(*, people: int, seed: int) -> dict[str, Any]:
    out = StringIO()
    call_command("plan_census", people=people, seed=seed, json=True, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


@pytest.mark.long
def test_there_are_at_least_60_different_plans_and_no_technique_is_in_more_than_70_percent(kinds: Any) -> None:
    usual = kinds["uniform"]["30"]
    assert usual["sets"] >= 60
    assert usual["most_in_plan"] <= 0.7


@pytest.mark.long
def test_every_technique_is_somebodys_and_at_least_ten_come_first(kinds: Any) -> None:
    usual = kinds["uniform"]["30"]
    assert usual["never"] == []
    assert len(usual["first"]) >= 10


@pytest.mark.long
def test_the_first_pick_serves_the_strongest_need_for_all_at_any_minutes(kinds: Any) -> None:
    for rows in kinds.values():
        assert {row["strongest_first"] for row in rows.values()} == {1.0}


@pytest.mark.long
def test_everyone_with_three_safe_techniques_has_three_at_half_an_hour(kinds: Any) -> None:
    assert kinds["uniform"]["30"]["picks"] == {"3": 600}
    assert {rows["30"]["short"] for rows in kinds.values()} == {0}


@pytest.mark.long
def test_the_figures_come_by_minutes_a_day(kinds: Any) -> None:
    for rows in kinds.values():
        assert list(rows) == [str(minutes) for minutes in MINUTES]
    assert kinds["uniform"]["5"]["picks"] == {"1": 600}


def test_the_same_seed_gives_the_same_census_and_another_gives_another() -> None:
    once = told(people=30, seed=2)
    assert told(people=30, seed=2) == once
    assert told(people=30, seed=3)["kinds"] != once["kinds"]


def test_the_tables_name_every_kind_and_nobody_is_no_census() -> None:
    out = StringIO()
    call_command("plan_census", people=5, seed=1, stdout=out)
    assert "uniform_without_own: 5 people" in out.getvalue()
    with pytest.raises(CommandError, match="one at least"):
        call_command("plan_census", people=0)


def test_a_census_can_be_worked_out_by_hand() -> None:
    plans = [
        Plan(picks=("aa", "bb"), able=3, is_strongest_first=True),
        Plan(picks=("bb", "aa"), able=2, is_strongest_first=False),
        Plan(picks=(), able=0, is_strongest_first=None),
    ]
    options = Options(techniques=(technique("aa"), technique("bb"), technique("cc")))
    found = take_census(plans, 30, options)
    assert (found.people, found.sets, found.orders, found.short) == (3, 2, 3, 1)
    assert (found.never, found.strongest_first, found.picks) == (("cc",), 0.5, {0: 1, 2: 2})
    assert found.first == {"aa": 1 / 3, "bb": 1 / 3}


def test_a_first_pick_beside_the_strongest_need_is_seen() -> None:
    """Sleep is strongest and only bb serves it; a person who refused it begins with aa."""
    rows = (evidence(Need.TENSION, "aa"), evidence(Need.SLEEP, "bb"))
    options = Options(techniques=(technique("aa"), technique("bb")), evidence=rows, refused=frozenset({"bb"}))
    assert plan_of(answers(sleep=0, tension=6), options).is_strongest_first is False


def test_uniform_people_answer_what_the_intake_asks() -> None:
    luck = dice("any")
    for _ in range(50):
        found = uniform_answers(luck, with_own=False)
        assert clean_all(found) == found
    assert {one.slug for one in library_options().techniques if one.startable and one.slot}
