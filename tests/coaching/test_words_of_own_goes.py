"""What is said of a technique comes from the person's own goes, and never from too few of them."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.core.learning.norms import Norms
from coaching.core.learning.personalise import Session, corrected_drops, grouped, own_noise
from coaching.core.learning.verdict import FEWEST_WORSE, LIKELY, WORTH_A_WORD, Judged, Verdict, judge
from content.core.signals import FEWEST_TO_JUDGE

ratings = st.integers(0, 10)
goes = st.lists(st.tuples(ratings, ratings), max_size=30)
trials = st.integers(0, 20)
TRIALS = {"breathing": 6, "pmr": 8, "imagery": 8}
"""As the library has them, so that a change there does not make this test easier."""
PEOPLE = 600


def judged(told: Sequence[tuple[float, float]], fair_trial: int = 5) -> Judged:
    sessions = [Session(technique="breathing", before=before, after=after) for before, after in told]
    drops = corrected_drops(sessions, Norms())
    noise = own_noise(grouped([one.technique for one in sessions], drops), Norms().drop.noise)
    return judge([before - after for before, after in told], drops, fair_trial=fair_trial, noise=noise)


@given(goes, trials)
def test_a_help_needs_five_goes_the_fair_trial_and_an_own_mean_that_way(told: list, trial: int) -> None:
    found = judged(told, trial)

    if found.verdict is Verdict.HELPS:
        assert found.goes >= max(FEWEST_TO_JUDGE, trial)
        assert found.mean >= WORTH_A_WORD
        assert found.better > 0
        assert found.chance >= LIKELY


@given(goes, trials)
def test_nothing_is_judged_before_its_fair_trial_but_what_was_worse_each_time(told: list, trial: int) -> None:
    found = judged(told, trial)

    if 0 < len(told) < max(FEWEST_TO_JUDGE, trial):
        all_worse = len(told) >= FEWEST_WORSE and all(after > before for before, after in told)
        assert found.verdict is (Verdict.WORSE if all_worse else Verdict.EARLY)


@given(goes, trials)
def test_worse_is_said_of_what_was_worse_and_never_of_anything_else(told: list, trial: int) -> None:
    found = judged(told, trial)

    if len(told) >= FEWEST_WORSE and all(after > before for before, after in told):
        assert found.verdict is Verdict.WORSE
    if found.verdict is Verdict.WORSE:
        assert found.worse * 2 > found.goes
        assert found.mean < 0


@given(goes, trials)
def test_every_sequence_of_goes_has_words(told: list, trial: int) -> None:
    found = judged(told, trial)

    assert found.goes == len(told) == found.worse + found.better + sum(before == after for before, after in told)
    assert (found.verdict is Verdict.UNRATED) is (not told)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_few_very_good_goes_never_earn_it(count: int) -> None:
    assert judged([(10, 0)] * count).verdict is Verdict.EARLY


def test_fifteen_goes_that_change_nothing_are_no_help_so_far() -> None:
    assert judged([(6, 6)] * 15).verdict is Verdict.NOT_SO_FAR


def test_eight_goes_that_take_three_points_off_are_a_help() -> None:
    assert judged([(7, 4), (6, 3), (8, 5), (5, 2)] * 2, 8).verdict is Verdict.HELPS


# --- Made-up people -------------------------------------------------------------------------------------


def ever_told(dice: random.Random, drop: float, count: int = 15) -> bool:
    """Whether somebody for whom every go truly takes `drop` off hears "likely helps" of any technique at any time."""
    usual, noise = dice.gauss(6, 1), 2.0 * (0.7 + 0.6 * dice.random())
    told: dict[str, list[tuple[int, int]]] = {slug: [] for slug in TRIALS}
    for _ in range(count):
        for slug, pairs in told.items():
            pairs.append(a_go(dice, usual, noise, drop))
            if judged(pairs, TRIALS[slug]).verdict is Verdict.HELPS:
                return True
    return False


def a_go(dice: random.Random, usual: float, noise: float, drop: float) -> tuple[int, int]:
    before = rating(usual + 1.5 * dice.gauss(0, 1))
    return before, rating(before - drop - 0.35 * (before - usual) + noise * dice.gauss(0, 1))


def rating(value: float) -> int:
    return min(max(round(value), 0), 10)


def test_where_nothing_helps_at_most_five_in_a_hundred_ever_hear_that_something_does() -> None:
    """Three techniques, fifteen goes of each, looked at after every single go."""
    dice = random.Random("nothing helps")  # noqa: S311 - made-up people, no secret
    heard = sum(ever_told(dice, 0.0) for _ in range(PEOPLE))

    assert heard / PEOPLE <= 0.05


def test_where_two_points_go_at_least_eighty_in_a_hundred_hear_it_after_fifteen_goes() -> None:
    dice = random.Random("it helps")  # noqa: S311
    heard = 0
    for _ in range(PEOPLE):
        usual, noise = dice.gauss(6, 1), 2.0 * (0.7 + 0.6 * dice.random())
        heard += judged([a_go(dice, usual, noise, 2.0) for _ in range(15)], 14).verdict is Verdict.HELPS

    assert heard / PEOPLE >= 0.8
