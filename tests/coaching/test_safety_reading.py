"""Danger signs and the direct question: what they set in motion, whatever else was answered."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from coaching.core.intake.safety import due_again, read_safety
from coaching.core.intake.signs import LEAST_LEVEL
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.suggestion import Blocked
from content.core.vocabulary import Family, Level, Need
from tests.coaching.makers import answers, danger_levels, library, snapshot

THEN = datetime(2026, 11, 1, 9, tzinfo=UTC)


def signs_of(level: Level) -> list[str]:
    return [sign for sign, least in LEAST_LEVEL.items() if least is level]


@pytest.mark.parametrize("sign", signs_of(Level.NOW))
def test_any_now_sign_beats_every_other_answer(sign: str) -> None:
    everything = answers(safety_now=["none", "fever", sign], safety_soon=["none"], panic="yes", self_harm="no")
    assert read_safety(everything).level is Level.NOW
    assert recommend(snapshot(**everything), library()).blocked is Blocked.EMERGENCY


def test_now_beats_a_safety_step_that_was_not_finished() -> None:
    found = read_safety({"safety_now": ["chest_pain"]})
    assert found.is_emergency
    assert not found.complete


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"safety_now": ["none"]},
        {"safety_soon": ["none"]},
        {"safety_now": [], "safety_soon": []},
        {"safety_now": [""], "safety_soon": [""]},
        {"safety_now": None, "safety_soon": "none"},
    ],
)
def test_a_skipped_safety_step_means_no_plan(told: dict[str, Any]) -> None:
    rest = {name: value for name, value in answers().items() if not name.startswith("safety")}
    assert read_safety({**rest, **told}).blocks_plan
    assert recommend(snapshot(**{"safety_now": None, "safety_soon": None, **told}), library()).blocked is (
        Blocked.UNFINISHED
    )


def test_a_now_sign_and_self_harm_both_show() -> None:
    found = read_safety(answers(safety_now=["tearing_pain"], self_harm="yes"))
    assert found.is_emergency
    assert found.crisis


def test_prefer_not_to_say_goes_on_with_extra_care() -> None:
    found = read_safety(answers(self_harm="skip"))
    assert found.self_harm_undisclosed
    assert found.needs_extra_care
    assert not found.crisis
    assert not found.blocks_plan


@pytest.mark.parametrize("told", [{"self_harm": "yes"}, {"self_harm": "skip"}, {"extra_care": True}])
def test_what_is_not_safe_alone_in_a_crisis_stays_out_and_is_not_named(told: dict[str, Any]) -> None:
    found = recommend(snapshot(stuck_thoughts=9, **told), library())
    left = next(one for one in found.exclusions if one.technique == "mindfulness")
    assert left.is_hidden
    assert left.condition is None
    assert "mindfulness" not in found.techniques


@pytest.mark.parametrize("sign", signs_of(Level.TODAY))
def test_today_hides_everything_physical(sign: str) -> None:
    found = recommend(snapshot(safety_now=[sign], tension=9, avoid=9), library())
    assert found.blocked is None
    assert not {pick.family for pick in found.picks} & {Family.MOVING, Family.EASING}
    assert "pmr" not in found.techniques
    assert "facts_passive" not in [page.technique for page in found.to_read]


@pytest.mark.parametrize("sign", signs_of(Level.SOON))
def test_soon_starts_nothing_physical(sign: str) -> None:
    found = recommend(snapshot(safety_soon=[sign], tension=9, avoid=9), library())
    assert found.blocked is None
    assert found.picks
    assert not {pick.family for pick in found.picks} & {Family.MOVING, Family.EASING}


@pytest.mark.parametrize("sign", signs_of(Level.TODAY) + signs_of(Level.SOON))
def test_danger_signs_hold_without_any_caution_row(sign: str) -> None:
    step = "safety_now" if LEAST_LEVEL[sign] is Level.TODAY else "safety_soon"
    found = recommend(snapshot(**{step: [sign]}, tension=9, avoid=9), library(cautions=()))
    assert not {pick.family for pick in found.picks} & {Family.MOVING, Family.EASING}


def test_a_visit_sign_changes_no_plan() -> None:
    plain, told = snapshot(), snapshot(safety_soon=["morning_stiffness"])
    assert told.safety.level is Level.VISIT
    assert recommend(told, library()).techniques == recommend(plain, library()).techniques


def test_an_edited_row_can_raise_a_sign_and_never_lower_it() -> None:
    told = answers(safety_now=["fever"], safety_soon=["cough_pain"])
    raised = read_safety(told, {"fever": Level.NOW})
    lowered = read_safety(told, {"fever": Level.VISIT, "cough_pain": Level.VISIT})
    assert (raised.level, lowered.level) == (Level.NOW, Level.TODAY)


@pytest.mark.parametrize(("step", "level"), [("safety_now", Level.NOW), ("safety_soon", Level.SOON)])
def test_a_sign_that_nobody_knows_never_lowers_a_level(step: str, level: Level) -> None:
    assert read_safety(answers(**{step: ["gone_from_the_library"]}), {}).level is level


def test_a_now_sign_sent_in_the_wrong_list_is_still_now() -> None:
    assert read_safety(answers(safety_soon=["both_legs"])).is_emergency


def test_signs_come_most_urgent_first() -> None:
    found = read_safety(answers(safety_now=["fever", "both_legs"], safety_soon=["cough_pain"]))
    assert found.signs == ("both_legs", "fever", "cough_pain")


@pytest.mark.parametrize("sign", ["chest_pain", "tearing_pain"])
def test_chest_symptoms_are_never_called_panic(sign: str) -> None:
    assert Need.PANIC in snapshot(panic="yes").needs
    assert Need.PANIC not in snapshot(panic="yes", safety_now=[sign]).needs


def test_under_eighteen_there_is_no_plan() -> None:
    assert recommend(snapshot(adult="no"), library()).blocked is Blocked.UNDER_AGE


def test_the_core_knows_every_sign_of_the_library_at_its_level() -> None:
    assert danger_levels() == LEAST_LEVEL


@pytest.mark.parametrize(
    ("last", "rise"),
    [(None, None), (THEN, 2), (THEN, 5), (THEN - timedelta(days=14), None), (THEN - timedelta(days=30), 0)],
)
def test_signs_are_asked_again_when_pain_rises_and_every_two_weeks(last: datetime | None, rise: int | None) -> None:
    assert due_again(last, THEN, rise)


@pytest.mark.parametrize("rise", [None, 0, 1, -3])
def test_signs_are_not_asked_again_before_that(rise: int | None) -> None:
    assert not due_again(THEN - timedelta(days=13, hours=23), THEN, rise)
