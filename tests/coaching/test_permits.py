"""What may be offered and started: cautions and danger signs, before any ranking."""

import pytest

from coaching.core.recommend.permit import may_start, permit
from content.core.vocabulary import Action, Condition, Family, Limit
from tests.coaching.makers import caution, library, made_snapshot, snapshot, technique

YOGA = technique("yoga", Family.MOVING)


def test_a_caution_closes_a_technique_only_for_its_condition() -> None:
    rows = [caution("yoga", Condition.FRACTURE)]
    told, well = made_snapshot({}, frozenset({Condition.FRACTURE})), made_snapshot({})
    assert not may_start(YOGA, told, rows)
    assert may_start(YOGA, well, rows)


def test_a_caution_of_another_technique_closes_nothing() -> None:
    told = made_snapshot({}, frozenset({Condition.FRACTURE}))
    assert may_start(YOGA, told, [caution("heat", Condition.FRACTURE)])


def test_a_warning_is_shown_and_closes_nothing() -> None:
    told = made_snapshot({}, frozenset({Condition.OSTEOPOROSIS}))
    found = permit(YOGA, told, [caution("yoga", Condition.OSTEOPOROSIS, Action.WARN)])
    assert found.is_open
    assert [row.words for row in found.warnings] == ["Not now."]


def test_a_caution_for_anyone_holds_for_all() -> None:
    assert not may_start(YOGA, made_snapshot({}), [caution("yoga", Condition.ANYONE)])


@pytest.mark.parametrize("limit", [Limit.RANK_LOW, Limit.GUIDED_CARE])
def test_some_warnings_lower_the_rank(limit: Limit) -> None:
    row = caution("yoga", Condition.ANYONE, Action.WARN, limits=frozenset({limit}))
    assert permit(YOGA, made_snapshot({}), [row]).ranks_low


def test_a_reason_that_may_be_named_comes_before_one_that_may_not() -> None:
    told = snapshot(conditions=["osteo", "skip"])
    rows = [caution("yoga", Condition.FRACTURE), caution("yoga", Condition.OSTEOPOROSIS)]
    closed = permit(YOGA, told, rows).closed_by
    assert closed is not None
    assert closed.condition is Condition.OSTEOPOROSIS


def test_nothing_may_start_while_a_sign_needs_care_now() -> None:
    told = snapshot(safety_now=["both_legs"])
    assert not any(may_start(one, told, library().cautions) for one in library().techniques)


def test_what_has_no_guide_cannot_be_started() -> None:
    assert not may_start(technique("reading", Family.READING, startable=False), made_snapshot({}), [])


def test_muscle_relaxation_waits_while_a_sign_needs_care_today() -> None:
    pmr = technique("pmr", Family.CALMING)
    assert not may_start(pmr, snapshot(safety_now=["fever"]), [])
    assert may_start(pmr, snapshot(safety_soon=["weight_loss"]), [])
