"""What people who agreed to pool teach about the next."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from coaching.core.learning.norms import LEAST_PEOPLE, NO_POOL, Norms, Pool, PoolCell
from coaching.core.learning.personalise import Session, estimate
from coaching.core.learning.pooling import Record, summarise
from coaching.core.simulator.cohorts import Dice
from coaching.simulator.cohort_files import dice
from content.core.vocabulary import Need

PRIORS = {"breathing": 1.0, "walking": 2.0, "yoga": 1.5}
Truth = Callable[[int, str], float]


def as_expected(_person: int, technique: str) -> float:
    return PRIORS[technique]


def record(
    luck: Dice,
    person: int = 0,
    truth: Truth = as_expected,
    techniques: Sequence[str] = tuple(PRIORS),
    needs: frozenset[Need] = frozenset({Need.PERSISTENT}),
    goes: int = 6,
    kept: float = 0.7,
) -> Record:
    sessions = [session(luck, slug, truth(person, slug), kept) for _ in range(goes) for slug in techniques]
    return Record(needs=needs, priors=PRIORS, sessions=tuple(sessions))


def session(luck: Dice, technique: str, effect: float, kept: float) -> Session:
    if luck.random() > kept:
        return Session(technique=technique, practised=False)
    before = luck.gauss(6, 1.5)
    return Session(technique=technique, before=before, after=before - effect - 0.3 * (before - 6) - luck.gauss(0, 2))


def pooled(people: int = 200, **told: object) -> Pool:
    luck = dice(7)
    return summarise([record(luck, person, **told) for person in range(people)])


def test_fewer_than_twenty_people_make_no_pool() -> None:
    assert pooled(LEAST_PEOPLE - 1) is NO_POOL
    assert pooled(LEAST_PEOPLE) is not NO_POOL


def test_a_cell_of_fewer_than_twenty_people_never_appears() -> None:
    luck = dice(3)
    many = [record(luck, techniques=("walking",)) for _ in range(60)]
    few = [record(luck, techniques=("yoga",), needs=frozenset({Need.SLEEP})) for _ in range(LEAST_PEOPLE - 1)]

    found = summarise(many + few)

    assert ("walking", "") in found.cell
    assert not {("yoga", ""), ("", "sleep"), ("yoga", "sleep")} & found.cell.keys()
    assert min(cell.n for cell in found.cells) >= LEAST_PEOPLE


def test_a_cell_too_small_is_not_read_even_if_it_is_there() -> None:
    small = PoolCell(technique="walking", n=LEAST_PEOPLE - 1, mean=9.0, spread=1.0, shift=9.0)

    assert Pool(cells=(small,)).expect(PRIORS).drops == PRIORS


def test_nobody_who_rated_nothing_counts() -> None:
    silent = Record(needs=frozenset(), priors=PRIORS, sessions=(Session(technique="walking", practised=False),))

    assert summarise([silent] * 50) is NO_POOL


def test_a_technique_that_does_less_than_the_evidence_says_is_expected_to_do_less() -> None:
    found = pooled(truth=lambda _, slug: 0.5 if slug == "walking" else PRIORS[slug])

    expected = found.expect(PRIORS, [Need.PERSISTENT]).drops
    assert expected["walking"] == pytest.approx(0.5, abs=0.35)
    assert expected["yoga"] == pytest.approx(1.5, abs=0.35)


def test_a_technique_may_do_more_for_one_need_than_for_another() -> None:
    luck = dice(5)
    poor_sleep = frozenset({Need.PERSISTENT, Need.SLEEP})
    helped = [record(luck, truth=lambda _, slug: PRIORS[slug] + 2 * (slug == "yoga"), needs=poor_sleep)] * 150
    others = [record(luck) for _ in range(150)]

    found = summarise(helped + others)

    with_sleep = found.expect(PRIORS, poor_sleep).drops["yoga"]
    without = found.expect(PRIORS, [Need.PERSISTENT]).drops["yoga"]
    assert with_sleep > without + 1


def test_the_spread_between_people_is_found() -> None:
    own = {(person, slug): dice(f"{person}{slug}").gauss(0, 1.0) for person in range(300) for slug in PRIORS}

    alike = pooled(300)
    unlike = pooled(300, truth=lambda person, slug: PRIORS[slug] + own[person, slug])

    assert alike.norms.drop.technique < 0.35
    assert unlike.norms.drop.technique == pytest.approx(1.0, abs=0.2)


def test_people_who_rate_higher_throughout_are_told_from_techniques_that_differ() -> None:
    levels = {person: dice(person).gauss(0, 1.2) for person in range(300)}

    found = pooled(300, truth=lambda person, slug: PRIORS[slug] + levels[person]).norms.drop

    assert found.person == pytest.approx(1.2, abs=0.25)
    assert found.technique < 0.4


def test_noise_drift_back_and_the_share_practised_are_found() -> None:
    norms = pooled(200, kept=0.5).norms

    assert norms.drop.noise == pytest.approx(2.0, abs=0.15)
    assert norms.drift_back == pytest.approx(0.3, abs=0.08)
    assert norms.kept_mean == pytest.approx(0.5, abs=0.05)
    assert norms.sessions == 18


def test_where_people_hardly_differ_own_ratings_move_little() -> None:
    goes = [Session(technique="walking", before=6, after=6)] * 6
    alone, beside = estimate(NO_POOL.expect(PRIORS), goes), estimate(pooled(300).expect(PRIORS), goes)

    assert beside["walking"].own_share < alone["walking"].own_share / 2


def test_all_that_a_try_may_teach_counts_once_spreads_are_known_and_three_quarters_while_they_are_guesses() -> None:
    known, guessed = pooled(60), NO_POOL
    doubted = replace(known, norms=replace(known.norms, trusted=guessed.norms.trusted))

    whole, cut = (estimate(pool.expect(PRIORS), [])["walking"].learnable for pool in (known, doubted))

    assert whole == pytest.approx(cut / 0.75)
    assert whole > 0


def test_a_pool_is_the_same_whoever_comes_first() -> None:
    luck = dice(11)
    records = [record(luck, person) for person in range(40)]

    forward, backward = summarise(records), summarise(records[::-1])

    assert forward.cell.keys() == backward.cell.keys()
    for key, cell in forward.cell.items():
        assert cell.mean == pytest.approx(backward.cell[key].mean, abs=1e-6)
        assert cell.shift == pytest.approx(backward.cell[key].shift, abs=1e-6)


def test_the_norms_say_that_nobody_was_pooled_yet() -> None:
    assert Norms().people == 0
    assert pooled(30).norms.people == 30
