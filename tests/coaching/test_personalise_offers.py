"""Which one technique is offered next: what helps most, or what is worth trying once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coaching.core.intake.needs import Snapshot
from coaching.core.learning.norms import NO_POOL, Norms
from coaching.core.learning.personalise import Estimate, Session, estimate
from coaching.core.recommend.options import Options
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.weigh import Weighed
from coaching.core.simulator.policy import offer, patience, promise, sessions_ahead
from content.core.vocabulary import Action, Condition, Family, Grade, Limit, Need
from tests.coaching.makers import caution, evidence, made_snapshot, technique


def candidates(*cautions: object, **grades: Grade) -> tuple[Weighed, ...]:
    """Techniques weighed by the real recommender for somebody whose pain has stayed."""
    options = Options(
        techniques=tuple(technique(slug, Family.MOVING) for slug in grades),
        evidence=tuple(evidence(Need.PERSISTENT, slug, grade) for slug, grade in grades.items()),
        cautions=cautions,
    )
    return recommend(snapshot(), options).weighed


def snapshot() -> Snapshot:
    return made_snapshot({Need.PERSISTENT: 1.0}, frozenset({Condition.TRAUMA}))


def made(slug: str, mean: float, learnable: float = 0.0, kept: float = 1.0) -> Estimate:
    return Estimate(technique=slug, mean=mean, sd=0.5, prior=1.0, kept=kept, learnable=learnable)


def estimates(*found: Estimate) -> dict[str, Estimate]:
    return {one.technique: one for one in found}


def test_before_any_rating_the_first_by_the_evidence_is_offered() -> None:
    weighed = candidates(yoga=Grade.B, walking=Grade.A, pacing=Grade.B)

    found = estimate(NO_POOL.expect({one.slug: one.prior for one in weighed}), [])

    assert offer(weighed, found, ahead=30) == "walking"


def test_equals_are_offered_in_the_order_of_the_evidence() -> None:
    weighed = candidates(yoga=Grade.B, pacing=Grade.B)

    assert offer(weighed, estimates(made("yoga", 1), made("pacing", 1)), ahead=30) == weighed[0].slug


def test_what_helps_more_is_offered() -> None:
    weighed = candidates(walking=Grade.A, yoga=Grade.B)

    assert offer(weighed, estimates(made("walking", 1), made("yoga", 2)), ahead=30) == "yoga"


def test_what_is_not_practised_is_worth_less() -> None:
    weighed = candidates(walking=Grade.A, yoga=Grade.B)

    assert offer(weighed, estimates(made("walking", 2), made("yoga", 3, kept=0.5)), ahead=30) == "walking"


def test_something_unknown_is_tried_while_there_is_time_to_use_it() -> None:
    weighed = candidates(walking=Grade.A, yoga=Grade.B)
    found = estimates(made("walking", 1.2), made("yoga", 1.0, learnable=0.3))

    assert offer(weighed, found, ahead=30) == "yoga"
    assert offer(weighed, found, ahead=1) == "walking"


def test_a_technique_that_disappoints_gives_way() -> None:
    weighed = candidates(walking=Grade.A, yoga=Grade.B_PLUS)
    disappointing = [Session(technique="walking", before=6, after=7)] * 6

    found = estimate(NO_POOL.expect({one.slug: one.prior for one in weighed}), disappointing)

    assert offer(weighed, found, ahead=24) == "yoga"


def test_a_caution_that_ranks_low_is_not_undone_by_ratings() -> None:
    low = caution("yoga", Condition.TRAUMA, Action.WARN, limits=frozenset({Limit.RANK_LOW}))
    weighed = candidates(low, walking=Grade.A, yoga=Grade.A)

    assert offer(weighed, estimates(made("walking", 1.1), made("yoga", 2.0)), ahead=1) == "walking"


def test_nothing_allowed_offers_nothing() -> None:
    assert offer((), {}, ahead=30) == ""


@pytest.mark.parametrize(("ahead", "expected"), [(1, 0.0), (2, 0.276), (10, 0.901), (30, 1.305)])
def test_patience_is_where_a_try_just_pays(ahead: float, expected: float) -> None:
    assert patience(float(ahead)) == pytest.approx(expected, abs=0.001)


@given(st.floats(1, 100), st.floats(0.1, 50))
def test_more_time_never_means_less_patience(ahead: float, more: float) -> None:
    assert patience(ahead + more) >= patience(ahead) - 1e-9


def test_a_promise_is_worth_and_hope() -> None:
    assert promise(made("yoga", 2.0, learnable=0.5, kept=0.5), 30.0) == pytest.approx(1.0 + 1.305 * 0.5, abs=0.001)


def test_time_ahead_is_planned_from_how_long_people_stay() -> None:
    assert sessions_ahead(0, Norms(sessions=20)) == 30
    assert sessions_ahead(10, Norms(sessions=20)) == 20
    assert sessions_ahead(500, Norms(sessions=20)) == 3
