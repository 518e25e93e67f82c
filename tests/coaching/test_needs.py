"""From answers to needs, conditions and the strength of each stage."""

from typing import Any

import pytest

from coaching.core.intake.needs import STRONGEST_FIRST, strength_words, take_snapshot
from content.core.vocabulary import DERIVED_CONDITIONS, Condition, Need, Stage
from tests.coaching.makers import answers, snapshot

ALL_GAD7 = ("gad_1", "gad_2", "gad_3", "gad_4", "gad_5", "gad_6", "gad_7")


@pytest.mark.parametrize(
    ("need", "below", "at"),
    [
        (Need.TENSION, {"tension": 4}, {"tension": 5}),
        (Need.WORRY, {"stuck_thoughts": 4}, {"stuck_thoughts": 5}),
        (Need.FEAR_AVOID, {"avoid": 4}, {"avoid": 5}),
        (Need.SLEEP, {"sleep": 5}, {"sleep": 4}),
        (Need.AROUSAL, {"gad_1": 1, "gad_2": 1}, {"gad_1": 2, "gad_2": 1}),
        (
            Need.AROUSAL,
            dict(zip(ALL_GAD7, (1, 1, 2, 2, 1, 1, 1), strict=True)),
            dict(zip(ALL_GAD7, (1, 1, 2, 2, 2, 1, 1), strict=True)),
        ),
        (Need.PANIC, {"panic": "no"}, {"panic": "yes"}),
        (Need.PASSIVE, {"using_now": ["rest", "movement"]}, {"using_now": ["rest", "heat"]}),
        (Need.PASSIVE, {"using_now": ["heat", "cold"]}, {"using_now": ["medicine"]}),
        (Need.ACUTE, {"duration": "6to12"}, {"duration": "under6"}),
        (Need.SUBACUTE, {"duration": "over12"}, {"duration": "6to12"}),
        (Need.PERSISTENT, {"duration": "6to12"}, {"duration": "over12"}),
    ],
)
def test_a_need_begins_at_its_trigger(need: Need, below: dict[str, Any], at: dict[str, Any]) -> None:
    assert need not in snapshot(**below).needs
    assert snapshot(**at).needs[need] >= 0.5
    assert all(snapshot(**at).because[need])


def test_pain_that_comes_and_goes_has_stayed_and_is_fresh_too_after_a_recent_flare() -> None:
    pain = {Need.ACUTE, Need.SUBACUTE, Need.PERSISTENT}
    assert pain & set(snapshot(duration="comesgoes", flare_recent="no").needs) == {Need.PERSISTENT}
    assert pain & set(snapshot(duration="comesgoes", flare_recent="yes").needs) == {Need.ACUTE, Need.PERSISTENT}


def test_a_flare_answer_left_over_from_another_duration_counts_for_nothing() -> None:
    assert Need.ACUTE not in snapshot(duration="over12", flare_recent="yes").needs


@pytest.mark.parametrize(
    ("told", "need", "level"),
    [
        ({"tension": 8}, Need.TENSION, 0.8),
        ({"sleep": 2}, Need.SLEEP, 0.75),
        ({"sleep": 0}, Need.SLEEP, 1.0),
        ({"gad_1": 3, "gad_2": 3}, Need.AROUSAL, 1.0),
        ({"peg_1": 6, "peg_2": 6, "peg_3": 6}, Need.PERSISTENT, 0.8),
        ({"peg_2": None}, Need.PERSISTENT, 0.5),
    ],
)
def test_a_level_rises_in_a_straight_line(told: dict[str, Any], need: Need, level: float) -> None:
    given = {name: value for name, value in answers(**told).items() if value is not None}
    assert take_snapshot(given).needs[need] == pytest.approx(level)


def test_no_answers_raise_no_need() -> None:
    assert take_snapshot({}).needs == {}
    assert take_snapshot({}).strongest is None
    assert take_snapshot({}).strongest_stage is None


def test_the_strongest_need_is_the_highest_and_what_a_person_feels_comes_before_how_long_it_lasts() -> None:
    assert set(STRONGEST_FIRST) == set(Need)
    assert snapshot(tension=6, sleep=0).strongest is Need.SLEEP
    assert snapshot(peg_1=6, peg_2=6, peg_3=6, tension=8).strongest is Need.TENSION
    assert snapshot(peg_1=9, peg_2=9, peg_3=9, tension=8).strongest is Need.PERSISTENT


def test_a_stage_is_as_strong_as_its_strongest_need() -> None:
    strengths = snapshot(tension=8, stuck_thoughts=6, gad_1=3, gad_2=3, sleep=2).strengths
    assert strengths[Stage.TENSION] == 0.8
    assert strengths[Stage.ALARM] == 1.0
    assert strengths[Stage.WITHDRAWAL] == 0.75


def test_moving_little_shows_at_withdrawal_and_outweighs_no_need() -> None:
    assert snapshot(active_days=3).strengths[Stage.WITHDRAWAL] == 0
    assert 0 < snapshot(active_days=2).strengths[Stage.WITHDRAWAL] < 0.5
    assert snapshot(active_days=0).strengths[Stage.WITHDRAWAL] == 0.5
    assert snapshot(active_days=1).inactive_words == "You were active on 1 day last week."


def test_strength_has_a_word() -> None:
    assert [strength_words(level) for level in (0, 0.3, 0.5, 0.7, 0.9)] == [
        "quiet",
        "faint",
        "medium",
        "strong",
        "very strong",
    ]


@pytest.mark.parametrize(
    "told",
    [
        dict.fromkeys(ALL_GAD7, 3),
        {"phq_1": 3},
        {"peg_1": 7, "peg_2": 7, "peg_3": 7},
    ],
    ids=["severe worry", "low mood", "high pain"],
)
def test_high_answers_add_that_a_doctor_may_help_too(told: dict[str, Any]) -> None:
    assert snapshot(**told).advises_support
    assert not snapshot().advises_support


def test_what_is_ticked_is_present_and_implies_its_like() -> None:
    found = snapshot(conditions=["asthma"])
    assert {Condition.ASTHMA, Condition.LUNG, Condition.ANYONE} <= found.conditions
    assert Condition.HEART not in found.conditions
    assert found.undisclosed == frozenset()


@pytest.mark.parametrize("told", [["skip"], None])
def test_prefer_not_to_say_and_no_answer_count_as_every_condition(told: list[str] | None) -> None:
    given = {name: value for name, value in answers(conditions=told).items() if value is not None}
    found = take_snapshot(given)
    asked = set(Condition) - DERIVED_CONDITIONS
    assert asked <= found.conditions
    assert found.undisclosed == asked


def test_what_was_told_beside_prefer_not_to_say_may_be_named() -> None:
    found = snapshot(conditions=["lung", "skip"])
    assert Condition.LUNG not in found.undisclosed
    assert Condition.HEART in found.undisclosed


@pytest.mark.parametrize(
    ("told", "condition"),
    [
        ({"panic": "yes"}, Condition.PANIC),
        ({"duration": "under6"}, Condition.FLARE),
        ({"duration": "comesgoes", "flare_recent": "yes"}, Condition.FLARE),
        ({"phq_1": 2, "phq_2": 1}, Condition.LOW_MOOD),
        ({"safety_now": ["fever"]}, Condition.URGENT_SIGN),
        ({"safety_now": ["fever"]}, Condition.OPEN_SIGN),
        ({"safety_soon": ["weight_loss"]}, Condition.OPEN_SIGN),
    ],
)
def test_other_answers_set_a_condition(told: dict[str, Any], condition: Condition) -> None:
    assert condition in snapshot(**told).conditions
    assert condition not in snapshot(**told).undisclosed
    assert condition not in snapshot().conditions


@pytest.mark.parametrize(
    ("item", "condition"),
    [("panic", Condition.PANIC), ("duration", Condition.FLARE), ("phq_2", Condition.LOW_MOOD)],
)
def test_what_a_caution_hangs_on_and_was_skipped_counts_as_present_and_raises_no_need(
    item: str, condition: Condition
) -> None:
    found = take_snapshot({name: value for name, value in answers().items() if name != item})
    assert condition in found.conditions
    assert condition in found.undisclosed
    assert Need.PANIC not in found.needs
    assert Need.ACUTE not in found.needs


def test_a_self_harm_answer_is_never_named() -> None:
    found = snapshot(self_harm="yes")
    assert Condition.CRISIS in found.conditions
    assert Condition.CRISIS in found.undisclosed


def test_age_is_never_worked_out() -> None:
    assert Condition.OVER_65 not in snapshot().conditions
    assert Condition.OVER_65 in snapshot(conditions=["over_65"]).conditions
