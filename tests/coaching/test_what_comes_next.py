"""What comes after a step, worked out from a standing alone: no page, no database."""

from typing import Any

import pytest

from coaching.core.intake.questionnaires import STEP
from coaching.core.intake.routing import open_steps
from coaching.core.intake.what_next import (
    Standing,
    Then,
    WhatNext,
    first_open,
    repeats_the_end,
    screen_of,
    what_next,
    what_to_show,
)
from coaching.core.questions.chapters import GROUPS, HEALTH_GROUPS
from coaching.core.questions.items import HEALTH, SAFETY
from content.core.vocabulary import Level
from tests.coaching.makers import answers

TOLD = answers(adult="yes", asked_directly=True, **{group: ["none"] for group in (*GROUPS, *HEALTH_GROUPS)})
ALL = {name: told for name, told in TOLD.items() if name != "self_harm"}
"""What is kept once all was answered. The answer on self-harm is not."""

LAST = open_steps(ALL)[-1]
FIRST = open_steps({})[0]


def standing(told: dict[str, Any] | None = None, **values: Any) -> Standing:
    told = ALL if told is None else told
    return Standing(**{"answers": told, "told": told, "safety_round": 1, "level": None, "is_open": True, **values})


def test_the_next_open_step_is_asked() -> None:
    [first, second] = open_steps({})[:2]
    assert what_next(standing({"adult": "yes"}), first) == WhatNext(then=Then.ASK, step=second)


def test_after_the_last_step_a_plan_is_made() -> None:
    assert what_next(standing(), LAST) == WhatNext(then=Then.FINISH)


def test_what_a_plan_needs_and_was_left_out_is_asked_before_the_end() -> None:
    for name in ("adult", "asked_directly"):
        left = {key: value for key, value in ALL.items() if key != name}
        after = what_next(standing(left), LAST)
        assert after.then is Then.ASK, name
        assert after.step and {item.id for item in after.step.items} & {name, "self_harm"}, name


def test_finished_in_another_tab_leads_to_the_result() -> None:
    assert what_next(standing(is_open=False), FIRST).then is Then.RESULT


def test_whoever_is_not_of_age_is_asked_nothing_more() -> None:
    assert what_next(standing({**ALL, "adult": "no"}), FIRST).then is Then.NOT_FOR_MINORS


def test_a_page_out_of_date_is_shown_again_and_never_over_a_call() -> None:
    step = next(step for step in open_steps(ALL) if step.is_safety)
    assert what_next(standing(is_refused=True), step) == WhatNext(then=Then.SHOW_AGAIN, step=step)
    assert what_next(standing(is_refused=True, level=Level.NOW), step) == WhatNext(then=Then.CALL)


def test_whoever_changes_one_part_is_asked_no_other() -> None:
    assert what_next(standing(is_again=True), STEP["pain"]).then is Then.FINISH
    screens = [step for step in open_steps(ALL) if step.chapter == HEALTH]
    assert what_next(standing(is_again=True), screens[0]) == WhatNext(then=Then.ASK, step=screens[1])
    assert what_next(standing(is_again=True), screens[-1]).then is Then.FINISH


def test_a_check_in_goes_on_from_danger_to_the_scales_and_ends_there() -> None:
    checking = standing(is_again=True, is_check_in=True)
    danger = [step for step in open_steps(ALL) if step.is_safety]
    after = what_next(checking, danger[-1])
    assert after.then is Then.ASK
    assert after.step == STEP["pain"]
    assert what_next(checking, STEP["days"]).then is Then.FINISH


@pytest.mark.parametrize("address", ["pain", HEALTH, "goal"])
def test_a_call_stands_before_every_question_but_those_on_danger(address: str) -> None:
    assert what_to_show(standing(level=Level.NOW), address, {}).then is Then.CALL


def test_the_questions_on_danger_stay_open_to_whoever_has_to_call() -> None:
    for address in (SAFETY, *(step.slug for step in open_steps(ALL) if step.is_safety)):
        assert what_to_show(standing(level=Level.NOW), address, {}).then is not Then.CALL, address


def test_a_chapter_goes_on_where_something_acts_at_once_then_where_nothing_was_answered() -> None:
    screens = [step for step in open_steps(ALL) if step.chapter == SAFETY]
    told = {screens[0].items[0].id: ["none"], screens[2].items[0].id: ["chest_pain"]}
    assert screen_of(standing(told), SAFETY, {"chest_pain": Level.NOW}) is screens[2]
    assert screen_of(standing({screens[0].items[0].id: ["none"]}), SAFETY, {}) is screens[1]


def test_a_step_that_is_not_open_leads_to_where_the_questions_go_on() -> None:
    calm = {"gad_1": 0, "gad_2": 0}
    shown = what_to_show(standing(calm), "worry-more", {})
    assert shown == WhatNext(then=Then.ASK, step=first_open(standing(calm)))
    assert first_open(standing(calm)) is FIRST


def test_only_the_same_answers_after_the_end_are_a_second_click() -> None:
    ended = standing(is_open=False)
    given = {item.id: ALL.get(item.id) for item in LAST.items}
    assert repeats_the_end(ended, LAST, given, is_old_page=True)
    assert not repeats_the_end(standing(), LAST, given, is_old_page=True)
    other = {**given, LAST.items[0].id: ["asthma"]}
    assert not repeats_the_end(ended, LAST, other, is_old_page=True)
    assert not repeats_the_end(ended, STEP["pain"], {"peg_1": ALL["peg_1"]}, is_old_page=True)


def test_danger_told_on_a_page_of_now_is_no_second_click() -> None:
    step = next(step for step in open_steps(ALL) if step.is_safety)
    ended, given = standing({**ALL, step.items[0].id: ["none"]}, is_open=False), {step.items[0].id: ["none"]}
    assert repeats_the_end(ended, step, given, is_old_page=True)
    assert not repeats_the_end(ended, step, given, is_old_page=False)
