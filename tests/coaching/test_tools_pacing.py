"""The pacing planner: a start below the worse kind of day, and steps by plan and never by pain."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from coaching.core.tools.pacing_plan import plan_of, start_of
from coaching.core.tools.replying.doing import reply_to_pacing


def days(*pairs: tuple[str, int]) -> dict[str, Any]:
    return {"tries": [{"kind": kind, "amount": amount} if kind else {"amount": amount} for kind, amount in pairs]}


def weeks_of(amount: int = 10, *went: str, **more: Any) -> list[int]:
    """Amounts of the first weeks when a bad day gives a start of `amount`."""
    noted = [{"week": number, "went": how} for number, how in enumerate(went, start=1)]
    start = days(("bad", amount * 5 // 4), ("bad", -(-amount * 5 // 4)))
    plan = plan_of({**start, "weeks": noted, **more})
    assert plan is not None
    return [week.amount for week in plan.weeks]


def said(answers: dict[str, Any]) -> str:
    return " ".join(f"{reply.words} {reply.sums}" for reply in reply_to_pacing(answers))


@pytest.mark.parametrize(
    ("noted", "amount"),
    [
        ([("bad", 10)], 8),
        ([("bad", 6), ("bad", 8), ("good", 20)], 5),
        ([("good", 10), ("bad", 20)], 8),
        ([("good", 10)], 8),
        ([("", 10)], 8),
        ([("bad", 1)], 1),
        ([("bad", 0)], 1),
        ([("bad", 5)], 4),
        ([("bad", 9999), ("bad", 10000)], 7999),
    ],
)
def test_the_start_is_a_fifth_below_the_shorter_usual_day_and_never_nothing(
    noted: list[tuple[str, int]], amount: int
) -> None:
    start = start_of(days(*noted))

    assert start is not None and start.amount == amount


def test_the_sum_of_the_start_is_shown() -> None:
    start = start_of(days(("bad", 6), ("bad", 8), ("good", 20)))

    assert start is not None
    assert start.sums == "Bad days: (6 + 8) / 2 = 7. Less a fifth: 7 × 0.8 = 5.6, rounded down to 5."


def test_the_usual_day_is_the_mean_of_its_kind() -> None:
    start = start_of(days(("bad", 6), ("bad", 7), ("good", 20)))

    assert start is not None and start.usual == {"bad": Fraction(13, 2), "good": Fraction(20)}


@pytest.mark.parametrize("answers", [{}, {"tries": []}, {"tries": [{"kind": "bad"}]}, {"goal": 20, "days": 5}])
def test_without_a_day_there_is_no_start(answers: dict[str, Any]) -> None:
    assert start_of(answers) is None and plan_of(answers) is None


def test_a_week_adds_a_tenth_and_only_what_is_shown_is_rounded() -> None:
    assert weeks_of(10) == [10, 11, 12, 13, 14, 16, 17, 19]


def test_a_small_start_stays_for_a_week_and_still_grows() -> None:
    assert weeks_of(4) == [4, 4, 4, 5, 5, 6, 7, 7]


def test_a_hard_week_is_done_again() -> None:
    assert weeks_of(10, "plan", "hard")[:4] == [10, 11, 11, 12]


def test_a_flare_goes_back_to_half_and_up_again_from_there() -> None:
    assert weeks_of(10, "plan", "flare")[:5] == [10, 11, 5, 6, 6]


def test_flares_in_a_row_never_go_below_one() -> None:
    assert min(weeks_of(4, *["flare"] * 8)) == 1


def test_how_many_days_were_done_does_not_push_the_plan() -> None:
    start = {"tries": [{"kind": "bad", "amount": 10}]}
    eager = plan_of({**start, "weeks": [{"week": 1, "went": "plan", "done": 7}]})
    easy = plan_of({**start, "weeks": [{"week": 1, "went": "plan", "done": 1}]})

    assert eager is not None and easy is not None
    assert [week.amount for week in eager.weeks] == [week.amount for week in easy.weeks]


def test_the_plan_stops_growing_where_it_is_enough() -> None:
    assert weeks_of(10, goal=12) == [10, 11, 12, 12, 12, 12, 12, 12]


def test_a_goal_below_the_start_keeps_the_plan_there() -> None:
    assert set(weeks_of(10, goal=5)) == {5}


def test_weeks_are_dated_from_the_first_day() -> None:
    plan = plan_of({**days(("bad", 10)), "from_day": "2026-12-28"})

    assert plan is not None
    assert [week.starts for week in plan.weeks][:2] == [date(2026, 12, 28), date(2027, 1, 4)]


def test_the_table_grows_with_the_weeks_that_were_noted() -> None:
    assert len(weeks_of(10, *["plan"] * 12)) == 16


def test_the_table_ends_after_half_a_year() -> None:
    assert len(weeks_of(10, *["plan"] * 26)) == 26


def test_a_week_noted_twice_counts_as_it_was_noted_last() -> None:
    noted = [{"week": 1, "went": "plan"}, {"week": 1, "went": "flare"}]
    plan = plan_of({**days(("bad", 10)), "weeks": noted})

    assert plan is not None and plan.weeks[1].amount == 4


def test_the_reply_after_a_flare_names_the_half() -> None:
    noted = [{"week": 1, "went": "flare"}]

    assert "about half, 4 minutes" in said({**days(("bad", 10)), "weeks": noted})


def test_the_reply_speaks_in_the_persons_own_unit() -> None:
    assert "Start with 8 stairs" in said({**days(("bad", 10)), "unit": "stairs"})


def test_a_wide_gap_between_good_and_bad_days_is_named_with_its_sum() -> None:
    told = said(days(("bad", 6), ("bad", 8), ("good", 21)))

    assert "A good day is 3 times a bad one" in told and "21 / 7 = 3" in told


def test_a_bad_day_of_nothing_is_divided_by_nobody() -> None:
    assert said(days(("bad", 0), ("good", 20)))


def test_the_reply_reckons_when_the_goal_would_be_reached() -> None:
    assert "20 minutes in about week 11" in said({**days(("bad", 10)), "goal": 20})


def test_a_far_goal_is_met_with_a_smaller_one() -> None:
    assert "far off" in said({**days(("bad", 10)), "goal": 5000})


def test_no_reply_asks_what_it_hurt() -> None:
    told = said({**days(("bad", 10), ("good", 30)), "goal": 20, "days": 5, "weeks": [{"week": 1, "went": "hard"}]})

    assert "pain" not in told.lower()
