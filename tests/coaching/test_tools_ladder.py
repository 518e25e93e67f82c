"""The ladder: steps by fear, the fear before and after each try, and when the next one is there."""

from typing import Any

import pytest

from coaching.core.tools.climb import climb_of
from coaching.core.tools.replying.doing import reply_to_ladder


def ladder(
    *steps: tuple[str, int | None], tries: tuple[tuple[int, int | None, int | None], ...] = ()
) -> dict[str, Any]:
    """Steps as (words, fear), keyed from 1; tries as (step, before, after)."""
    rows = [{"key": key, "words": words, "fear": fear} for key, (words, fear) in enumerate(steps, start=1)]
    noted = [{"step": str(step), "before": before, "after": after} for step, before, after in tries]
    return {"steps": [_known(row) for row in rows], "tries": [_known(row) for row in noted]}


def _known(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def said(answers: dict[str, Any]) -> str:
    return " ".join(f"{reply.words} {reply.sums}" for reply in reply_to_ladder(answers))


FIVE = (("Bed", 2), ("Cushion", 4), ("Floor", 5), ("Kneel", 7), ("Plant", 9))


def test_steps_are_sorted_by_fear_and_unrated_ones_come_last() -> None:
    climb = climb_of(ladder(("Floor", 6), ("Not rated", None), ("Bed", 2)))

    assert climb is not None
    assert [step.words for step in climb.steps] == ["Bed", "Floor", "Not rated"]


def test_a_ladder_without_steps_is_no_ladder() -> None:
    assert climb_of({"want": "Kneel"}) is None and reply_to_ladder({"want": "Kneel"}) == []


def test_the_lowest_step_that_is_not_dull_is_where_one_stands() -> None:
    climb = climb_of(ladder(*FIVE, tries=((1, 3, 2), (1, 2, 1), (1, 1, 1))))

    assert climb is not None and climb.next_step is not None
    assert climb.next_step.words == "Cushion"


@pytest.mark.parametrize(
    ("tries", "is_dull"),
    [
        (((1, 3, 2), (1, 2, 1)), False),
        (((1, 3, 2), (1, 2, 2), (1, 2, 2)), True),
        (((1, 3, 2), (1, 2, 2), (1, 5, 3)), False),
        (((1, 0, 0), (1, 0, 0), (1, 0, 0)), True),
        (((1, None, None), (1, None, None), (1, None, None)), False),
        (((1, 2, None), (1, 2, None), (1, 1, None)), True),
    ],
)
def test_a_step_is_dull_after_three_rated_tries_that_end_at_two_or_less(tries: Any, is_dull: Any) -> None:
    climb = climb_of(ladder(*FIVE, tries=tries))

    assert climb is not None and climb.steps[0].is_dull is is_dull


def test_a_try_whose_step_was_taken_away_is_kept_apart() -> None:
    climb = climb_of(ladder(*FIVE, tries=((9, 5, 4),)))

    assert climb is not None and len(climb.loose) == 1


def test_before_the_first_try_the_lowest_step_is_named() -> None:
    assert "Begin with “Bed”" in said(ladder(*FIVE))


def test_a_fall_in_fear_is_told_with_its_sum() -> None:
    told = said(ladder(*FIVE, tries=((1, 6, 4),)))

    assert "from 6 to 4" in told and "6 − 4 = 2" in told


def test_a_fall_over_several_tries_is_told_with_its_sum() -> None:
    told = said(ladder(*FIVE, tries=((1, 8, 7), (1, 6, 4))))

    assert "first try 7 of 10, last try 4. That is 3 less over 2 tries." in told and "7 − 4 = 3" in told


def test_two_tries_without_a_fall_ask_for_a_smaller_step_and_blame_nobody() -> None:
    assert "that step was too big for now. Try a smaller one" in said(ladder(*FIVE, tries=((2, 5, 6), (2, 6, 6))))


def test_a_dull_step_shows_the_next_one_and_asks_for_no_hurry() -> None:
    told = said(ladder(*FIVE, tries=((1, 3, 2), (1, 2, 1), (1, 1, 1))))

    assert "“Bed” looks dull by now. The next one is there when you want it: “Cushion”." in told


def test_the_top_is_the_top() -> None:
    assert "top of this ladder" in said(ladder(("Bed", 2), tries=((1, 3, 2), (1, 2, 1), (1, 1, 1))))


def test_a_jump_in_fear_asks_for_a_step_between() -> None:
    told = said(ladder(("Bed", 3), ("Floor", 7)))

    assert "jump from 3 to 7" in told and "7 − 3 = 4" in told


def test_a_lowest_step_that_scares_asks_for_a_lower_one() -> None:
    assert "Your lowest step is a 6" in said(ladder(("Floor", 6), ("Kneel", 7)))


def test_a_try_without_a_bet_is_reminded_of_it() -> None:
    assert "write what you expect" in said(ladder(*FIVE, tries=((1, 6, 4),)))


def test_words_with_braces_break_no_reply() -> None:
    assert "{0} {step}" in said(ladder(("{0} {step}", 2)))
