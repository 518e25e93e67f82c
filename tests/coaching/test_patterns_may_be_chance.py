"""Patterns of days: what goes together is found, and where nothing does, little is claimed."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import sqrt
from random import Random

import pytest

from coaching.core.progress.patterns import LEAST_PAIRS, Days, Found, patterns

FIRST = date(2026, 9, 7)
PEOPLE = 2000
FACTORS = ("sleep", "activity", "worry")


def by_day(values: list[float]) -> dict[date, float]:
    return {FIRST + timedelta(days=place): value for place, value in enumerate(values)}


def walk(chance: Random, days: int, rho: float) -> Iterator[float]:
    state = chance.gauss(0, 1)
    for _ in range(days):
        yield state
        state = rho * state + sqrt(1 - rho**2) * chance.gauss(0, 1)


def lived(chance: Random, days: int, rho: float, *, is_rough: bool, helps: float = 0.0) -> tuple[Days, dict[str, Days]]:
    """Pain and three factors, in whole points. `is_rough`: drift, weekends that differ, and a fifth of days untold.
    `helps`: points that a standard deviation of sleep takes off the next day's pain."""
    drift, weekend = (0.03, 1.0) if is_rough else (0.0, 0.0)
    factors = {name: list(walk(chance, days, rho)) for name in FACTORS}
    pain = list(walk(chance, days, rho))
    told = {
        name: [_whole(value, place, drift, weekend) for place, value in enumerate(factors[name])] for name in FACTORS
    }
    after = [0.0, *factors["sleep"][:-1]]
    outcome = [
        _whole(value - helps * before, place, -drift, weekend)
        for place, (value, before) in enumerate(zip(pain, after, strict=True))
    ]
    return _some(outcome, chance, is_rough=is_rough), {
        name: _some(values, chance, is_rough=is_rough) for name, values in told.items()
    }


def _whole(value: float, place: int, drift: float, weekend: float) -> float:
    return float(min(10, max(0, round(5 + 1.5 * value + drift * place + weekend * (place % 7 >= 5)))))


def _some(values: list[float], chance: Random, *, is_rough: bool) -> Days:
    return {on: value for on, value in by_day(values).items() if not is_rough or chance.random() > 0.2}


def claimed(outcome: Days, factors: dict[str, Days]) -> set[str]:
    return {one.factor for one in patterns(outcome, factors) if one.found in (Found.HIGHER, Found.LOWER)}


@pytest.mark.parametrize("is_rough", [False, True])
@pytest.mark.parametrize("rho", [0.0, 0.3, 0.6])
def test_where_nothing_goes_together_something_is_claimed_for_at_most_5_of_100(rho: float, *, is_rough: bool) -> None:
    chance = Random(f"nothing {rho} {is_rough}")  # noqa: S311 - made-up people, no secret
    wrong = sum(bool(claimed(*lived(chance, 56, rho, is_rough=is_rough))) for _ in range(PEOPLE))
    assert wrong <= PEOPLE * 0.05


@pytest.mark.parametrize(("rho", "least"), [(0.0, 150), (0.6, 100)])
def test_what_goes_together_is_found(rho: float, least: int) -> None:
    chance = Random(f"sleep {rho}")  # noqa: S311
    found = [claimed(*lived(chance, 84, rho, is_rough=True, helps=0.6)) for _ in range(200)]
    assert sum("sleep" in one for one in found) >= least


def test_the_difference_has_its_sign_and_its_interval() -> None:
    chance = Random("one person")  # noqa: S311
    [sleep, *_rest] = patterns(*lived(chance, 120, 0.3, is_rough=False, helps=0.8))
    assert sleep.found is Found.LOWER
    assert sleep.low is not None
    assert sleep.high is not None
    assert sleep.difference is not None
    assert sleep.low < sleep.difference < sleep.high < 0
    assert sleep.low < -2 * 1.5 * 0.8 < sleep.high


def test_few_days_say_nothing() -> None:
    chance = Random("few")  # noqa: S311
    found = patterns(*lived(chance, LEAST_PAIRS, 0.0, is_rough=False, helps=3.0))
    assert {one.found for one in found} == {Found.TOO_FEW}
    assert {one.difference for one in found} == {None}


def test_what_never_changes_says_nothing() -> None:
    days = by_day([float(place % 5) for place in range(60)])
    [flat] = patterns(days, {"sleep": dict.fromkeys(days, 4.0)})
    assert flat.found is Found.TOO_FEW


def test_a_day_that_was_not_told_breaks_its_pairs_alone() -> None:
    values = [float(place * 7 % 5) for place in range(60)]
    days = by_day(values)
    missing = {on: value for on, value in days.items() if on != FIRST + timedelta(days=30)}
    [whole], [less] = (patterns(days, {"sleep": one}) for one in (days, missing))
    assert (whole.pairs, less.pairs) == (59, 58)


def test_nothing_told_is_no_pattern() -> None:
    assert patterns({}, {"sleep": {}})[0].pairs == 0
    assert patterns({}, {}) == ()


def test_more_looks_ask_for_more() -> None:
    chance = Random("looks")  # noqa: S311
    outcome, factors = lived(chance, 84, 0.0, is_rough=False, helps=0.5)
    alone = patterns(outcome, {"sleep": factors["sleep"]})[0]
    among = patterns(outcome, factors)[0]
    assert alone.low is not None
    assert among.low is not None
    assert among.low < alone.low


@pytest.mark.parametrize("outcome", [[5.0] * 40, [float(place // 7) for place in range(40)], [0.0, 10.0] * 20])
@pytest.mark.parametrize(
    "factor", [[float(place % 5) for place in range(40)], [float(place % 2) for place in range(40)]]
)
def test_somebody_who_tells_the_same_each_day_gets_an_answer(outcome: list[float], factor: list[float]) -> None:
    (found,) = patterns(by_day(outcome), {"sleep": by_day(factor)})
    assert found.found in (Found.MAY_BE_CHANCE, Found.TOO_FEW) or found.difference


def test_the_same_pain_each_day_goes_along_with_nothing() -> None:
    (found,) = patterns(by_day([5.0] * 40), {"sleep": by_day([float(place % 5) for place in range(40)])})
    assert (found.found, found.low, found.high) == (Found.MAY_BE_CHANCE, 0.0, 0.0)
