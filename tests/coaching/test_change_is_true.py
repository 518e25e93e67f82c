"""What may be said of readings over time: never more than they show, and never less where it gets worse.

The change cases are those of the evidence file (section 2c, 46 to 50). The shares are of made-up people, drawn with a
fixed seed: `rho` is how far a reading resembles the one before it.
"""

from datetime import date, timedelta
from math import sqrt
from random import Random

import pytest

from coaching.core.progress.judging import Direction, Step, judge, step_of, swing_of
from coaching.core.progress.scales import GAD7_ITEMS, PEG_ITEMS, SCALES, Reading, Scale, readings_of, total_of
from tests.coaching.change_makers import PEG, readings, still_people

GAD7, GAD2, FUNCTION = SCALES["gad7"], SCALES["gad2"], SCALES["function"]
MONDAY = date(2026, 11, 2)
PEOPLE = 2000
RHOS = (0.0, 0.3, 0.6)


def direction(scale: Scale, *totals: int) -> Direction | None:
    judged = judge(scale, readings(*totals))
    return judged.direction if judged else None


# --- The cases of the evidence file --------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "scale", "earlier", "later", "shown", "step"),
    [
        (46, PEG, 20, 17, "1.0", Step.BETTER),
        (47, PEG, 20, 18, "0.7", Step.WITHIN),
        (48, GAD7, 14, 10, "4", Step.BETTER),
        (49, GAD7, 5, 4, "1", Step.WITHIN),
    ],
)
def test_a_step_is_marked_by_the_sum_alone(
    case: int, scale: Scale, earlier: int, later: int, shown: str, step: Step
) -> None:
    del case
    assert scale.shown(scale.gain(earlier, later)) == shown
    assert step_of(scale, earlier, later) is step


def test_a_gad2_and_a_gad7_are_never_one_line() -> None:
    """Case 50: an earlier GAD-2 alone, a later GAD-7."""
    days = [
        (MONDAY, dict.fromkeys(GAD7_ITEMS[:2], 1)),
        (MONDAY + timedelta(days=14), dict.fromkeys(GAD7_ITEMS, 2)),
    ]
    assert [one.total for one in readings_of(GAD7, days)] == [14]
    judged = judge(GAD7, readings_of(GAD7, days))
    assert judged is not None
    assert judged.direction is Direction.FIRST


def test_a_step_to_the_worse_is_marked_too() -> None:
    assert step_of(PEG, 17, 20) is Step.WORSE
    assert step_of(FUNCTION, 7, 4) is Step.WORSE
    assert step_of(FUNCTION, 4, 7) is Step.BETTER


# --- A measurement is what was given on that day -------------------------------------------------


def test_half_a_scale_is_no_reading() -> None:
    assert total_of(PEG, {"peg_1": 5, "peg_3": 5}) is None
    assert total_of(PEG, {"peg_1": 5, "peg_2": 11, "peg_3": 5}) is None
    assert total_of(PEG, {"peg_1": True, "peg_2": 1, "peg_3": 5}) is None


def test_nothing_is_filled_in_from_another_day() -> None:
    days = [
        (MONDAY, dict.fromkeys(PEG_ITEMS, 6)),
        (MONDAY + timedelta(days=7), {"peg_1": 2, "function": 4}),
    ]
    assert [(one.on, one.total) for one in readings_of(PEG, days)] == [(MONDAY, 18)]


def test_of_one_day_the_last_counts() -> None:
    days = [(MONDAY, {"function": 4}), (MONDAY, {"function": 6})]
    assert [one.total for one in readings_of(FUNCTION, days)] == [6]


# --- What is said --------------------------------------------------------------------------------


def test_nothing_read_says_nothing() -> None:
    assert direction(PEG) is None


@pytest.mark.parametrize(
    ("totals", "said"),
    [
        ((21,), Direction.FIRST),
        ((21, 7), Direction.EARLY),
        ((21, 7, 7), Direction.EARLY),
        ((21, 21, 7, 7), Direction.BETTER),
        ((21, 20, 19, 7), Direction.SAME),
        ((21, 21, 18, 18), Direction.SAME),
        ((15, 15, 18, 18), Direction.WORSE),
        ((15, 18, 18), Direction.WORSE),
        ((15, 15, 15, 25), Direction.SAME),
        ((21, 21, 7, 7, 7, 12, 12), Direction.WORSE),
    ],
)
def test_better_takes_more_than_one_reading_and_worse_takes_two(totals: tuple[int, ...], said: Direction) -> None:
    assert direction(PEG, *totals) is said


def test_more_is_better_where_it_is() -> None:
    assert direction(FUNCTION, 2, 2, 8, 8) is Direction.BETTER
    assert direction(FUNCTION, 8, 8, 2, 2) is Direction.WORSE


def test_a_steady_person_is_told_of_a_smaller_change() -> None:
    steady = [20, 20, 20, 20, 20, 20, 14, 14, 14, 14]
    rough = [24, 16, 25, 15, 24, 17, 19, 9, 18, 10]
    assert swing_of(PEG, steady) < swing_of(PEG, rough)


# --- In people who do not change -----------------------------------------------------------------


@pytest.mark.parametrize("rho", RHOS)
@pytest.mark.parametrize("slug", list(SCALES))
def test_better_is_said_to_at_most_5_of_100_who_do_not_change(slug: str, rho: float) -> None:
    scale, false = SCALES[slug], dict.fromkeys((4, 6, 8, 12), 0)
    for person in still_people(scale, PEOPLE, rho=rho, weeks=12):
        for weeks in false:
            false[weeks] += direction(scale, *person[:weeks]) is Direction.BETTER
    assert {weeks: count for weeks, count in false.items() if count > PEOPLE * 0.05} == {}


@pytest.mark.parametrize("slug", list(SCALES))
def test_nor_to_those_who_come_when_it_is_at_its_worst(slug: str) -> None:
    """The first reading of each is worse than their usual by a swing or more."""
    scale, false = SCALES[slug], 0
    people = list(still_people(scale, PEOPLE * 4, rho=0.3, weeks=8, comes_worst=True))[:PEOPLE]
    assert len(people) > 500
    for person in people:
        false += direction(scale, *person) is Direction.BETTER
    assert false <= len(people) * 0.05


def test_of_those_who_truly_get_better_more_than_half_are_told() -> None:
    """From 6.7 to 3.0 over six weeks, with the swing of one reading that the studies found for moments."""
    told, chance = 0, Random(11)  # noqa: S311
    for _ in range(PEOPLE):
        person = [round(max(0, 20 - 11 * min(1, week / 6) + chance.gauss(0, 3.6 / sqrt(2)))) for week in range(12)]
        told += direction(PEG, *person) is Direction.BETTER
    assert told >= PEOPLE * 0.5


def test_of_those_who_get_worse_most_are_told_at_once() -> None:
    told, chance = 0, Random(12)  # noqa: S311
    for _ in range(PEOPLE):
        person = [round(min(30, 12 + (9 if week >= 6 else 0) + chance.gauss(0, 3.6 / sqrt(2)))) for week in range(8)]
        told += direction(PEG, *person) is Direction.WORSE
    assert told >= PEOPLE * 0.8


def test_a_reading_has_a_day() -> None:
    assert readings(4, 5)[1] == Reading(on=MONDAY + timedelta(days=7), total=5)
