"""The plan answers this person: the strongest need first, then another stage, then ease or what comes next."""

from typing import Any

import pytest
from hypothesis import assume, given

from coaching.core.intake.needs import Snapshot
from coaching.core.person.told import CAN_BE_TRIED
from coaching.core.recommend.choose import Role
from coaching.core.recommend.merit import eases_now
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.suggestion import Left, Pick, Recommendation
from content.core.vocabulary import Family, Grade, Need
from tests.coaching.makers import answers, library, snapshot
from tests.coaching.test_recommender_properties import answers as any_answers
from tests.coaching.test_recommender_properties import core, read, wishes

FEARS_EVERY_MOVE = {"avoid": 9, "active_days": 0, "tension": 5, "peg_1": 6, "peg_2": 6, "peg_3": 6}
CANNOT_SLEEP_FOR_WORRY = {
    "sleep": 1,
    **dict.fromkeys(("gad_1", "gad_2", "gad_3"), 3),
    **dict.fromkeys(("gad_4", "gad_5", "gad_6", "gad_7"), 2),
    **dict.fromkeys(("peg_1", "peg_2", "peg_3"), 5),
}
PANIC_AND_A_NECK_LIKE_WOOD = {"panic": "yes", "tension": 9, "place": ["neck"], "peg_1": 5, "peg_2": 5, "peg_3": 5}


def plan(**told: Any) -> Recommendation:
    return recommend(snapshot(**told), library())


def first(**told: Any) -> str:
    return plan(**told).techniques[0]


def test_who_fears_every_move_begins_with_small_steps_to_a_feared_move() -> None:
    found = plan(**FEARS_EVERY_MOVE)
    assert found.techniques[0] == "exposure"
    assert found.picks[0].why[0] == "You avoid moving because you fear harm: 9 of 10."


def test_who_cannot_sleep_for_worry_gets_sleep_skills_then_a_time_for_worry() -> None:
    found = plan(**CANNOT_SLEEP_FOR_WORRY)
    assert found.techniques[:2] == ("sleep", "cbt_worry")
    assert found.picks[0].why[0] == "Your sleep over the last 7 nights: 1 of 10, where 10 is best."
    assert found.picks[1].why[0] == "Your seven answers on worry come to 17 of 21."


def test_who_has_panic_and_a_neck_like_wood_gets_gentle_moves_and_what_is_safe_in_panic() -> None:
    found = plan(**PANIC_AND_A_NECK_LIKE_WOOD)
    assert found.techniques[0] == "yoga"
    assert found.picks[0].why[0] == "Your muscles feel tight: 9 of 10."
    assert found.picks[1].need is Need.PANIC
    assert "pmr" not in found.techniques


def test_the_three_have_three_plans() -> None:
    people = (FEARS_EVERY_MOVE, CANNOT_SLEEP_FOR_WORRY, PANIC_AND_A_NECK_LIKE_WOOD)
    plans = [plan(**person) for person in people]
    assert len({one.techniques[0] for one in plans}) == 3
    assert len({frozenset(one.techniques) for one in plans}) == 3


@pytest.mark.parametrize(
    ("told", "technique"),
    [
        ({"avoid": 9, "active_days": 3}, "exposure"),
        ({"avoid": 6, "active_days": 0}, "walking"),
        ({"avoid": 6, "triggers": ["overdoing"]}, "pacing"),
        ({"tension": 8}, "yoga"),
        ({"sleep": 0}, "sleep"),
        ({"stuck_thoughts": 9, "sleep": 2}, "cbt_worry"),
        ({"stuck_thoughts": 9, "triggers": ["meaning"]}, "cbt_thought"),
        ({"stuck_thoughts": 9, "triggers": ["stress"]}, "mindfulness"),
        ({"gad_1": 3, "gad_2": 3, "tension": 7, "rather": ["listen"]}, "pmr"),
        ({"gad_1": 3, "gad_2": 3, "rather": ["quiet"]}, "breathing"),
        ({"duration": "under6", "peg_1": 8, "peg_2": 8, "peg_3": 8, "tried": ["walking:worse"]}, "heat"),
    ],
)
def test_what_leads_decides_which_technique_comes_first(told: dict[str, Any], technique: str) -> None:
    assert first(**told) == technique


@core
@given(any_answers, wishes)
def test_the_first_pick_serves_the_strongest_need_wherever_something_safe_does(
    told: dict[str, Any], wished: dict[str, Any]
) -> None:
    snapshot, options = read(told), library(**{**wished, "pinned": frozenset()})
    found = recommend(snapshot, options)
    able = [
        one for one in found.weighed if snapshot.strongest in one.served and may_lead(one.technique.family, snapshot)
    ]
    able = [one for one in able if one.slug not in options.refused]
    assume(able and options.minutes_a_day >= 5)
    by_slug = {one.slug: one for one in found.weighed}
    assert snapshot.strongest in by_slug[found.techniques[0]].served


def may_lead(family: Family, snapshot: Snapshot) -> bool:
    return not (family.is_passive and Need.PERSISTENT in snapshot.needs)


@core
@given(any_answers)
def test_everyone_with_three_safe_techniques_has_three_picks(told: dict[str, Any]) -> None:
    found = recommend(read(told), library())
    active = [one for one in found.weighed if one.may_be_picked and not one.technique.family.is_passive]
    assume(len(active) >= 3)
    assert len(found.picks) == 3


@core
@given(any_answers)
def test_the_second_acts_at_another_stage_wherever_something_of_another_kind_can(told: dict[str, Any]) -> None:
    snapshot = read(told)
    found = recommend(snapshot, library())
    assume(len(found.picks) == 3 and not any(pick.family.is_passive for pick in found.picks))
    first, second, _ = found.picks
    others = [one for one in found.weighed if one.may_be_picked and one.slug != first.technique]
    others = [one for one in others if one.technique.family is not first.family]
    if first.need and any(need.stage is not first.need.stage for one in others for need in one.served):
        assert second.need is not None
        assert second.need.stage is not first.need.stage


def test_the_third_gives_ease_now_where_nothing_before_it_does() -> None:
    found = plan(**PANIC_AND_A_NECK_LIKE_WOOD)
    third = found.picks[2]
    assert third.role is Role.EASE
    assert eases_now(next(one for one in found.weighed if one.slug == third.technique))


def test_each_pick_names_the_answer_it_is_there_for_first() -> None:
    for told in (FEARS_EVERY_MOVE, CANNOT_SLEEP_FOR_WORRY, PANIC_AND_A_NECK_LIKE_WOOD):
        read = snapshot(**told)
        for pick in recommend(read, library()).picks:
            assert pick.need is not None
            assert pick.why[0] == read.because[pick.need][0]


def test_what_made_it_worse_is_left_out_until_it_is_asked_for() -> None:
    told = {**FEARS_EVERY_MOVE, "tried": ["exposure:worse"]}
    found = recommend(snapshot(**told), library())
    left = next(one for one in found.exclusions if one.technique == "exposure")
    assert (left.kind, left.words) == (
        Left.MADE_WORSE,
        "You told us that it made things worse. Ask for it, and it comes back.",
    )
    assert "exposure" not in found.techniques
    asked = recommend(snapshot(**told), library(pinned=frozenset({"exposure"})))
    assert "exposure" in asked.techniques


def test_asking_for_what_made_it_worse_opens_nothing_that_a_caution_has_closed() -> None:
    told = {"tried": ["heat:worse"], "conditions": ["numb"], "duration": "under6"}
    found = recommend(snapshot(**told), library(pinned=frozenset({"heat"})))
    assert "heat" not in found.techniques
    assert [one.kind for one in found.exclusions if one.technique == "heat"] == [Left.CAUTION]


def test_what_helped_before_gives_ease_first_and_says_that_the_science_does_not_know() -> None:
    found = plan(duration="under6", tried=["cold:helped", "heat:nothing"])
    cold = next(one for one in found.picks if one.technique == "cold")
    assert cold.grade is Grade.D
    assert "You told us that it helped before." in cold.why[:2]


@pytest.mark.parametrize("slug", sorted(CAN_BE_TRIED))
def test_a_wish_decides_between_near_equals_and_never_over_the_strongest_need(slug: str) -> None:
    """Somebody who would rather write still begins with what answers their fear."""
    assert first(**FEARS_EVERY_MOVE, rather=["write"], tried=[f"{slug}:helped"]) in (
        one.slug for one in plan(**FEARS_EVERY_MOVE).weighed if one.served.get(Need.FEAR_AVOID) not in (None, Grade.C)
    )


def test_each_pick_offers_one_or_instead_that_is_not_in_the_plan() -> None:
    for pick in plan(**CANNOT_SLEEP_FOR_WORRY).picks:
        assert pick.instead
        assert pick.instead.technique not in plan(**CANNOT_SLEEP_FOR_WORRY).techniques


def test_the_strength_of_a_need_lies_between_0_and_1_and_where_grades_differ_the_card_says_so() -> None:
    found = plan(**PANIC_AND_A_NECK_LIKE_WOOD)
    assert all(0 < level <= 1 for level in snapshot(**PANIC_AND_A_NECK_LIKE_WOOD).needs.values())
    assert [pick.grade_words for pick in found.picks] == [words_for(pick) for pick in found.picks]


def words_for(pick: Pick) -> str:
    grades: dict[tuple[Need | None, str], Grade] = {(row.need, row.technique): row.grade for row in library().evidence}
    return grades[pick.need, pick.technique].label


def test_the_minutes_decide_how_many_and_never_which() -> None:
    told = snapshot(**CANNOT_SLEEP_FOR_WORRY)
    whole = recommend(told, library(minutes_a_day=45)).techniques
    for minutes in (2, 5, 10, 15, 20, 30):
        found = recommend(told, library(minutes_a_day=minutes))
        assert found.techniques == whole[: len(found.picks)]
        assert found.minutes <= minutes
    assert answers(**CANNOT_SLEEP_FOR_WORRY)["sleep"] == 1
