"""What a person's own ratings make of what was expected."""

from collections.abc import Sequence
from dataclasses import replace
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.core.learning.norms import BELIEFS, NO_POOL, Pool
from coaching.core.learning.personalise import FORGET, Estimate, Session, corrected_drops, discounted, estimate
from coaching.core.learning.shrinkage import Belief
from content.core.signals import Signal

TECHNIQUES = ("breathing", "walking", "yoga")
PRIORS = {"breathing": 1.0, "walking": 2.0, "yoga": 1.2}
USUAL = NO_POOL.norms.usual


def go(technique: str = "walking", drop: float = 1.0, before: float = USUAL) -> Session:
    return Session(technique=technique, before=before, after=before - drop)


def offered(technique: str = "walking") -> Session:
    return Session(technique=technique, practised=False)


def estimated(sessions: Sequence[Session] = (), technique: str = "walking", **priors: float) -> Estimate:
    return estimate(NO_POOL.expect({**PRIORS, **priors}), sessions)[technique]


goes = st.lists(
    st.builds(go, st.sampled_from(TECHNIQUES), st.floats(-3, 6), st.floats(3, 9)),
    max_size=25,
)


def test_without_ratings_the_evidence_stands() -> None:
    found = estimated()

    assert (found.mean, found.n, found.own_share, found.rated) == (2.0, 0, 0.0, None)


def test_one_rating_moves_little_and_many_move_much() -> None:
    one, many = estimated([go(drop=5)]), estimated([go(drop=5)] * 20)

    assert 2.0 < one.mean < 3.0
    assert 4.0 < many.mean < 5.0
    assert many.sd < one.sd


def test_older_goes_weigh_less() -> None:
    better = estimated([go(drop=0)] * 3 + [go(drop=4)] * 3)
    worse = estimated([go(drop=4)] * 3 + [go(drop=0)] * 3)

    assert better.mean > worse.mean


def test_each_later_go_takes_its_share_off_the_weight() -> None:
    found = discounted(["yoga", "walking", "yoga"], [3.0, 1.0, 2.0])

    assert found["yoga"].n == pytest.approx((1 - FORGET) ** 2 + 1)
    assert found["walking"].n == pytest.approx(1 - FORGET)


def test_a_bad_moment_counts_less_because_it_would_have_passed() -> None:
    assert estimated([go(drop=3, before=9)]).mean < estimated([go(drop=3, before=5)]).mean


def test_a_drop_from_the_usual_is_taken_as_it_is() -> None:
    assert corrected_drops([go(drop=3), go(drop=1)], NO_POOL.norms) == [3.0, 1.0]


def test_a_point_counts_by_how_far_it_stands_out_of_the_noise_of_its_own_scale() -> None:
    """A night goes up and down more than tension does, confidence less."""
    usual = {signal: NO_POOL.norms.scale(signal).usual for signal in Signal}
    drops = {
        signal: corrected_drops([Session(technique="x", before=level, after=level - 2, signal=signal)], NO_POOL.norms)[
            0
        ]
        for signal, level in usual.items()
    }

    assert drops[Signal.NIGHT] < drops[Signal.TENSION] == 2.0 < drops[Signal.CONFIDENCE]


def test_the_usual_of_one_scale_says_nothing_of_another() -> None:
    night = Session(technique="sleep", before=10, after=8, signal=Signal.NIGHT)

    assert corrected_drops([night, go(drop=3)], NO_POOL.norms)[1] == 3.0


def test_good_ratings_of_one_technique_lift_the_others_a_little() -> None:
    """Somebody may do better, or rate more, than was expected of anyone."""
    lifted = estimated([go("yoga", drop=6)] * 5, "walking").mean - PRIORS["walking"]
    own = estimated([go("yoga", drop=6)] * 5, "yoga").mean - PRIORS["yoga"]

    assert 0 < lifted < own


def test_an_unsteady_rater_is_pulled_closer_to_the_evidence() -> None:
    steady = estimated([go(drop=4)] * 6)
    unsteady = estimated([go(drop=9), go(drop=-1)] * 3)

    assert unsteady.own_share < steady.own_share


def test_a_technique_left_undone_is_worth_less() -> None:
    done = estimated([go(drop=2)] * 6)
    left = estimated([go(drop=2), offered()] * 6)

    assert left.kept < done.kept
    assert left.worth < done.worth


def test_a_go_without_a_rating_counts_as_practised_and_says_nothing_else() -> None:
    found = estimated([Session(technique="walking", before=6)] * 4)

    assert (found.n, found.mean) == (0, 2.0)
    assert found.kept > estimated().kept


def test_more_ratings_leave_less_to_learn() -> None:
    assert estimated([go(drop=2)] * 10).learnable < estimated([go(drop=2)]).learnable


def moved(sessions: list[Session], belief: Belief) -> float:
    """How far what was expected moves with how the person does over all, where one belief alone is held."""
    norms = replace(NO_POOL.norms, beliefs=(replace(belief, share=1.0),))
    return estimate(Pool(norms=norms).expect({**PRIORS, "stillness": 1.0}), sessions)["stillness"].mean - 1.0


@given(goes)
def test_the_estimate_lies_between_what_was_expected_and_the_own_mean(sessions: list[Session]) -> None:
    """Expected: the evidence, moved by how the person does over all techniques, under one belief or the other."""
    moves = [moved(sessions, belief) for belief in BELIEFS]
    for slug, one in estimate(NO_POOL.expect(PRIORS), sessions).items():
        if one.rated is not None:
            ends = sorted([one.rated, *(PRIORS[slug] + move for move in moves)])
            assert ends[0] - 1e-9 <= one.mean <= ends[-1] + 1e-9


def test_goes_far_from_the_evidence_are_followed_further_than_near_ones() -> None:
    """Somebody who plainly differs is believed to differ."""
    near = estimated([go(drop=PRIORS["walking"] + 0.5)] * 10).own_share
    far = estimated([go(drop=PRIORS["walking"] + 3)] * 10).own_share

    assert far > near


@given(goes)
def test_one_more_good_go_never_lowers_the_estimate(sessions: list[Session]) -> None:
    """Good: as expected or better, no go so far beat it in that, and it began at the usual."""
    drops = corrected_drops(sessions, NO_POOL.norms)
    beyond = [drop - PRIORS[each.technique] for drop, each in zip(drops, sessions, strict=True)]
    usual = (USUAL + sum(each.before or 0 for each in sessions)) / (1 + len(sessions))
    more = go("yoga", drop=PRIORS["yoga"] + max([0.0, *beyond]), before=usual)

    assert estimated([*sessions, more], "yoga").mean >= estimated(sessions, "yoga").mean - 1e-9


@given(goes, st.floats(0.1, 3))
def test_a_higher_prior_never_lowers_the_estimate(sessions: list[Session], more: float) -> None:
    assert estimated(sessions, yoga=1.2 + more, technique="yoga").mean >= estimated(sessions, "yoga").mean - 1e-9


@given(goes)
def test_every_estimate_is_finite_and_none_is_quite_sure(sessions: list[Session]) -> None:
    for one in estimate(NO_POOL.expect(PRIORS), sessions).values():
        assert isfinite(one.mean)
        assert 0 < one.sd < 10
        assert 0 <= one.own_share < 1
        assert 0 < one.kept < 1
