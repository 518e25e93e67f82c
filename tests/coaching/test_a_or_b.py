"""Which of two techniques helps me: an order drawn by chance, a test over that order, and power said beforehand."""

import random
from itertools import pairwise, product
from math import sqrt

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from coaching.core.findings.a_or_b import (
    FEWEST_PAIRS,
    Answer,
    Finding,
    analyse,
    answer_of,
    days_of,
    draw_order,
    pair_differences,
)
from coaching.core.findings.power import OWN_DAYS, USUAL_SPREAD, own_spread, power, weekends
from coaching.core.findings.sign_flips import p_value
from coaching.simulator.cohort_files import dice

PEOPLE = 2000
HELPS = {Answer.FIRST, Answer.SECOND}

Days = list[float | None]


def lived(
    order: tuple[bool, ...],
    luck: random.Random,
    *,
    resembles: float = 0.3,
    trend: float = 0.0,
    weekend: float = 0.0,
    missing: float = 0.0,
    helps: float = 0.0,
    spread: float = 1.5,
) -> Days:
    """Pain on the days of a made-up person; written apart from the code that states the power."""
    found: Days = []
    usual, state = luck.uniform(5.5, 6.5), luck.gauss(0, spread)
    for day, is_first in enumerate(order):
        level = usual + state + trend * day + weekend * (day % 7 >= 5) - helps * is_first
        found.append(None if luck.random() < missing else min(max(round(level), 0), 10))
        state = resembles * state + luck.gauss(0, spread * sqrt(1 - resembles**2))
    return found


def read(order: tuple[bool, ...], days: Days, *, was_stopped: bool = False) -> Answer:
    found = pair_differences(order, days, weekends(len(order)), less_is_better=True)
    return answer_of(found, p_value(found), was_stopped=was_stopped)


def full(order: tuple[bool, ...], first: float, second: float) -> Finding:
    return analyse(order, [first if day else second for day in order], weekends(len(order)), less_is_better=True)


# --- The order ---------------------------------------------------------------------------


@given(st.integers(1, 30), st.integers(0, 10**6))
def test_both_have_the_same_number_of_days_and_one_of_each_pair(pairs: int, seed: int) -> None:
    order = draw_order(2 * pairs, dice(seed))

    assert all(order[at] != order[at + 1] for at in range(0, len(order), 2))


def test_each_day_has_either_technique_by_a_fair_coin() -> None:
    orders = [draw_order(14, dice(seed)) for seed in range(1000)]

    assert all(sum(days) / 1000 == pytest.approx(0.5, abs=0.06) for days in zip(*orders, strict=True))


@pytest.mark.parametrize(("weeks", "days"), [(2, 14), (3, 20), (4, 28)])
def test_weeks_hold_an_even_number_of_days(weeks: int, days: int) -> None:
    assert days_of(weeks) == days


@pytest.mark.parametrize("days", [0, 1, 15])
def test_days_come_in_pairs(days: int) -> None:
    with pytest.raises(ValueError, match="pairs"):
        draw_order(days, dice(1))


# --- The test ----------------------------------------------------------------------------


@given(st.lists(st.integers(-30, 30), max_size=9))
def test_the_quick_count_is_that_of_every_fall_of_the_coins(differences: list[int]) -> None:
    shown = abs(sum(differences))
    falls = list(product((1, -1), repeat=len(differences)))
    as_far = sum(abs(sum(sign * each for sign, each in zip(fall, differences, strict=True))) >= shown for fall in falls)

    assert p_value(differences) == pytest.approx(as_far / len(falls))


def test_the_example_of_the_docstring() -> None:
    assert p_value([2, 1, 1, -1]) == 0.5


@pytest.mark.parametrize("days", [14, 28])
@pytest.mark.parametrize("resembles", [0.0, 0.3, 0.6])
@pytest.mark.parametrize("trend", [0.0, -0.08])
@pytest.mark.parametrize("weekend", [0.0, 1.5])
@pytest.mark.parametrize("missing", [0.0, 0.25])
def test_where_both_do_the_same_a_difference_is_told_to_at_most_5_of_100(
    days: int, resembles: float, trend: float, weekend: float, missing: float
) -> None:
    luck = dice((days, resembles, trend, weekend, missing))
    told = 0
    for _ in range(PEOPLE):
        order = draw_order(days, luck)
        pain = lived(order, luck, resembles=resembles, trend=trend, weekend=weekend, missing=missing)
        told += read(order, pain) in HELPS

    assert told / PEOPLE <= 0.05


def test_who_stops_at_the_best_moment_finds_nothing_more_often() -> None:
    """After each pair they look by themselves, and stop where the days so far would be told as a difference."""
    luck, told = dice("peeking"), 0
    for _ in range(PEOPLE):
        order = draw_order(28, luck)
        days = lived(order, luck)
        so_far = [days[:end] + [None] * (28 - end) for end in range(2 * FEWEST_PAIRS, 28, 2)]
        told += read(order, days) in HELPS or any(read(order, one, was_stopped=True) in HELPS for one in so_far)

    assert told / PEOPLE <= 0.05


def test_a_plain_difference_is_found_and_points_the_right_way() -> None:
    order = draw_order(14, dice(2))

    better, worse = full(order, 3, 6), full(order, 6, 3)

    assert (better.answer, worse.answer) == (Answer.FIRST, Answer.SECOND)
    assert [better.difference, worse.difference] == pytest.approx([3.0, -3.0], abs=0.05)


def test_where_more_is_better_the_same_numbers_say_the_reverse() -> None:
    order = draw_order(14, dice(2))
    days: Days = [3 if day else 6 for day in order]

    assert analyse(order, days, weekends(len(order)), less_is_better=False).answer is Answer.SECOND


def test_a_missing_day_is_taken_as_the_days_around_it() -> None:
    order = (True, False, True, False)

    assert pair_differences(order, [4, 5, None, 5], [False] * 4, less_is_better=True) == (7, -2)
    assert pair_differences(order, [4, 5, None, None], [False] * 4, less_is_better=True) == (0,)


@given(st.floats(-3, 3), st.floats(-0.2, 0.2), st.lists(st.integers(2, 8), min_size=28, max_size=28))
def test_how_large_weekends_and_drift_are_changes_nothing(weekend: float, drift: float, days: list[int]) -> None:
    order, free = draw_order(28, dice(3)), weekends(28)
    stirred = [
        rating + weekend * is_free + drift * day for day, (rating, is_free) in enumerate(zip(days, free, strict=True))
    ]

    calm = pair_differences(order, days, free, less_is_better=True)
    assert pair_differences(order, stirred, free, less_is_better=True) == pytest.approx(calm, abs=1)


@given(days=st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=14, max_size=14), less_is_better=st.booleans())
def test_any_days_make_a_finding_that_holds_together(days: Days, *, less_is_better: bool) -> None:
    order = draw_order(14, dice(len(days)))
    found = analyse(order, days, weekends(len(order)), less_is_better=less_is_better)

    assert 0 < found.p <= 1
    assert found.pairs <= found.pairs_drawn == 7
    if found.low is not None and found.high is not None and found.difference is not None:
        assert found.low <= found.difference <= found.high
    if found.pairs < FEWEST_PAIRS:
        assert found.answer is Answer.TOO_FEW


def test_a_comparison_that_was_stopped_needs_more_to_say_anything() -> None:
    order = draw_order(14, dice(2))
    days: Days = [5 - day for day in order]
    days[-2:] = [None, None]

    whole = analyse(order, days, weekends(len(order)), less_is_better=True)
    stopped = analyse(order, days, weekends(len(order)), less_is_better=True, was_stopped=True)

    assert whole.answer is Answer.FIRST
    assert (stopped.answer, stopped.was_stopped) == (Answer.NOT_SEEN, True)


def test_the_interval_holds_the_true_difference_for_95_of_100() -> None:
    luck, held = dice("held"), 0
    for _ in range(400):
        order = draw_order(28, luck)
        found = analyse(order, lived(order, luck, helps=1.0, missing=0.1), weekends(28), less_is_better=True)
        held += found.low is not None and found.high is not None and found.low <= 1 <= found.high

    assert 0.93 <= held / 400 <= 0.98


# --- Power, said at the start ----------------------------------------------------------------


@pytest.mark.parametrize("days", [14, 20, 28])
@pytest.mark.parametrize("resembles", [0.0, 0.6])
@pytest.mark.parametrize("missing", [0.0, 0.25])
@pytest.mark.parametrize("spread", [0.8, 1.5])
@pytest.mark.parametrize(("trend", "weekend"), [(0.0, 0.0), (-0.08, 1.5)])
def test_the_power_said_at_the_start_is_that_of_people_made_up_otherwise(
    days: int, resembles: float, missing: float, spread: float, trend: float, weekend: float
) -> None:
    """It knows nothing of the drift and the weekends that they have."""
    luck = dice((days, resembles, missing, spread, trend, weekend))
    said = power(days, luck, spread=spread, resembles=resembles, missing=missing, runs=2 * PEOPLE)
    seen = 0
    for _ in range(2 * PEOPLE):
        order = draw_order(days, luck)
        pain = lived(
            *(order, luck), helps=1.0, spread=spread, resembles=resembles, missing=missing, trend=trend, weekend=weekend
        )
        seen += read(order, pain) is Answer.FIRST

    assert said == pytest.approx(seen / (2 * PEOPLE), abs=0.03)


def test_longer_comparisons_see_more() -> None:
    said = [power(days, dice(1), runs=1000) for days in (14, 20, 28)]

    assert all(shorter < longer for shorter, longer in pairwise(said))


def test_days_that_differ_less_show_more() -> None:
    assert power(28, dice(1), spread=0.8, runs=500) > power(28, dice(1), spread=2.0, runs=500) + 0.2


def test_own_days_take_the_place_of_the_usual_as_they_grow_in_number() -> None:
    steady = [own_spread([5, 5, 5] * many) for many in (1, 5, 30)]

    assert own_spread([]) == own_spread([4]) == USUAL_SPREAD
    assert USUAL_SPREAD > steady[0] > steady[1] > steady[2]
    assert own_spread([3, 7] * OWN_DAYS) > USUAL_SPREAD


def test_a_person_whose_days_hardly_differ_is_promised_more() -> None:
    assert power(28, dice(1), earlier=[4.0, 5.0] * 10) > power(28, dice(1), earlier=[1.0, 8.0] * 10)


def test_the_table_of_comparisons_prints_a_row_for_each_length_and_likeness(
    capsys: pytest.CaptureFixture[str],
) -> None:
    call_command("comparison_table", people=20)

    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["2"] * 3 + ["3"] * 3 + ["4"] * 3
