"""What holds for every person, whatever they answer: searched for a counterexample, the same way each time."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from coaching.core.intake.answers import clean_all
from coaching.core.intake.conditions import ASKED
from coaching.core.intake.needs import Snapshot, take_snapshot
from coaching.core.intake.questionnaires import ITEM, MATTERS, USED
from coaching.core.intake.signs import LEAST_LEVEL
from coaching.core.person.told import CAN_BE_TRIED, Place, Rather, Trigger, Went
from coaching.core.questions.items import Kind
from coaching.core.recommend.options import History, Options
from coaching.core.recommend.permit import may_start
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.weigh import POINTS, Weighed
from content.core.vocabulary import Action, Condition, Family, Grade, Level, Need
from tests.coaching.makers import danger_levels, library, made_snapshot, rated

settings.register_profile(
    "core", derandomize=True, deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
core = settings.get_profile("core")

SLUGS = tuple(technique.slug for technique in library().techniques)
PRACTISED = tuple(technique.slug for technique in library().techniques if technique.slot)
CAUTIONS = library().cautions
SIGNS_NOW = [sign for sign, level in LEAST_LEVEL.items() if level in (Level.NOW, Level.TODAY)]
SIGNS_SOON = [sign for sign in LEAST_LEVEL if sign not in SIGNS_NOW]


def ticks(ids: Iterable[str], *alone: str, most: int = 4) -> st.SearchStrategy[list[str]]:
    some = st.lists(st.sampled_from(sorted(ids)), unique=True, min_size=1, max_size=most)
    return st.one_of(st.sampled_from([[word] for word in alone]), some)


def answer_to(name: str) -> st.SearchStrategy[Any]:
    item = ITEM[name]
    if item.kind is Kind.SCALE:
        return st.integers(item.low, item.high)
    return st.sampled_from([option.code for option in item.options])


WENT = [f"{slug}:{went}" for slug in CAN_BE_TRIED for went in Went]
PLAIN = [item.id for item in ITEM.values() if item.kind in (Kind.SCALE, Kind.CHOICE) and item.id != "adult"]
skippable = st.fixed_dictionaries(
    {},
    optional={name: answer_to(name) for name in PLAIN}
    | {
        "using_now": ticks(USED, "nothing"),
        "conditions": ticks(ASKED, "none", "skip", most=6),
        "values": ticks(MATTERS, "family"),
        "extra_care": st.just(True),
    },
)
more_told = st.fixed_dictionaries(
    {},
    optional={
        "triggers": ticks(Trigger, "nowhere", most=3),
        "rather": ticks(Rather, "shown", most=2),
        "tried": ticks(WENT, "walking:helped"),
        "place": ticks(Place, "low_back"),
    },
)
safe_step = st.just({"safety_now": ["none"], "safety_soon": ["none"]})
any_step = st.fixed_dictionaries(
    {"safety_now": ticks(SIGNS_NOW, "none", most=2), "safety_soon": ticks(SIGNS_SOON, "none", most=2)}
)
scales = st.builds(lambda told, step: {**told, **step}, skippable, st.one_of(safe_step, any_step))
answers = st.builds(lambda told, more: {**told, **more}, scales, more_told)
some_slugs = st.frozensets(st.sampled_from(SLUGS), max_size=3)
wishes = st.fixed_dictionaries(
    {},
    optional={
        "pinned": some_slugs,
        "refused": some_slugs,
        "minutes_a_day": st.integers(0, 60),
        "explore": st.booleans(),
    },
)
histories = st.dictionaries(st.sampled_from(PRACTISED), st.floats(-2, 6), max_size=4).map(lambda found: rated(**found))
levels = st.sampled_from([0.5, 0.6, 0.75, 0.9, 1.0])
needs = st.dictionaries(st.sampled_from(list(Need)), levels, max_size=6)
conditions = st.frozensets(st.sampled_from(list(Condition)), max_size=8)
snapshots = st.builds(made_snapshot, needs, conditions)


def read(told: dict[str, Any]) -> Snapshot:
    return take_snapshot(told, danger_levels())


def closed_to(snapshot: Snapshot) -> set[str]:
    """What the caution rows leave out for these conditions: read off the rows, apart from the code under test."""
    return {row.technique for row in CAUTIONS if row.action is Action.EXCLUDE and row.condition in snapshot.conditions}


def is_active(family: Family) -> bool:
    return family not in (Family.EASING, Family.READING, Family.DISCOURAGED)


@core
@given(scales)
def test_every_generated_set_is_one_the_intake_would_take(told: dict[str, Any]) -> None:
    assert clean_all(told).keys() == told.keys()


@core
@given(answers, wishes, histories)
def test_no_excluded_technique_is_ever_recommended_or_startable(
    told: dict[str, Any], wished: dict[str, Any], history: History
) -> None:
    snapshot, options = read(told), library(**wished)
    found = recommend(snapshot, options, history)
    assert not set(found.techniques) & closed_to(snapshot)
    for slug in closed_to(snapshot):
        assert not may_start(options.by_slug[slug], snapshot, CAUTIONS)


@core
@given(snapshots, wishes)
def test_over_all_condition_sets_no_excluded_technique_is_recommended_or_startable(
    snapshot: Snapshot, wished: dict[str, Any]
) -> None:
    options = library(**wished)
    assert not set(recommend(snapshot, options).techniques) & closed_to(snapshot)
    for slug in closed_to(snapshot):
        assert not may_start(options.by_slug[slug], snapshot, CAUTIONS)


@core
@given(answers, wishes)
def test_every_pick_may_be_started(told: dict[str, Any], wished: dict[str, Any]) -> None:
    snapshot, options = read(told), library(**wished)
    for slug in recommend(snapshot, options).techniques:
        assert may_start(options.by_slug[slug], snapshot, CAUTIONS)


@core
@given(skippable, st.sampled_from([sign for sign, level in LEAST_LEVEL.items() if level is Level.NOW]), wishes)
def test_a_now_sign_beats_everything(told: dict[str, Any], sign: str, wished: dict[str, Any]) -> None:
    found = recommend(read({**told, "safety_now": ["none", sign]}), library(**wished), rated(walking=5.0))
    assert found.blocked
    assert not found.picks
    assert not found.to_read


@core
@given(skippable, any_step, wishes)
def test_a_sign_for_today_or_soon_keeps_everything_physical_out(
    told: dict[str, Any], step: dict[str, Any], wished: dict[str, Any]
) -> None:
    snapshot = read({**told, **step})
    assume(snapshot.safety.holds_physical)
    found = recommend(snapshot, library(**wished, cautions=()))
    assert not {pick.family for pick in found.picks} & {Family.MOVING, Family.EASING}


@core
@given(answers, wishes, histories, st.randoms(use_true_random=False))
def test_the_same_answers_give_the_same_plan_in_whatever_order_the_library_comes(
    told: dict[str, Any], wished: dict[str, Any], history: History, chance: Any
) -> None:
    options = library(**wished)
    rows = {name: list(getattr(options, name)) for name in ("techniques", "evidence", "cautions")}
    for shuffled in rows.values():
        chance.shuffle(shuffled)
    other = replace(options, **{name: tuple(shuffled) for name, shuffled in rows.items()})
    snapshot = read(told)
    once, again = recommend(snapshot, options, history), recommend(snapshot, options, history)
    assert once == again
    assert once.picks == recommend(read(dict(reversed(told.items()))), other, history).picks


@core
@given(snapshots, st.sampled_from(CAUTIONS), st.integers(0, 60))
def test_removing_a_caution_never_removes_a_technique(snapshot: Snapshot, row: Any, minutes: int) -> None:
    """Nothing else becomes closed or less expected, and the plan changes only by taking the freed one in."""
    options = library(minutes_a_day=minutes)
    freed = replace(options, cautions=tuple(one for one in CAUTIONS if one is not row))
    before, after = recommend(snapshot, options), recommend(snapshot, freed)
    expected = {one.slug: one.expected for one in after.weighed}
    assert all(expected[one.slug] >= one.expected for one in before.weighed)
    assert after.techniques == before.techniques or row.technique in after.techniques
    if row.technique in before.techniques:
        assert row.technique in after.techniques


@core
@given(snapshots, st.sampled_from(list(Need)), levels)
def test_adding_or_raising_a_need_never_lowers_the_techniques_that_serve_it(
    snapshot: Snapshot, need: Need, level: float
) -> None:
    assume(level > snapshot.needs.get(need, 0))
    raised = replace(snapshot, needs={**snapshot.needs, need: level})
    before, after = (recommend(one, library()).weighed for one in (snapshot, raised))
    place_before, place_after = places(before), places(after)
    value = {one.slug: one.expected for one in before}
    for one in after:
        if need in one.served:
            assert one.expected >= value[one.slug]
            idle = [other.slug for other in after if other.expected == value[other.slug]]
            assert ahead_of(one.slug, idle, place_before) <= ahead_of(one.slug, idle, place_after)


def places(weighed: Iterable[Weighed]) -> dict[str, int]:
    return {one.slug: place for place, one in enumerate(weighed)}


def ahead_of(slug: str, others: list[str], place: dict[str, int]) -> set[str]:
    """Those of the others that it stands before."""
    return {other for other in others if place[slug] < place[other]}


@core
@given(snapshots, st.integers(0, 60))
def test_the_strongest_need_is_always_served(snapshot: Snapshot, minutes: int) -> None:
    found = recommend(snapshot, library(minutes_a_day=minutes))
    strongest = snapshot.strongest
    assume(strongest is not None)
    able = [one for one in found.weighed if one.minutes <= minutes and may_stand(one, snapshot)]
    best = max((service(one, strongest) for one in able), default=0.0)
    given_points = max((service(one, strongest) for one in found.weighed if one.slug in found.techniques), default=0.0)
    if best >= POINTS[Grade.B_MINUS]:
        assert given_points >= 2.0
    elif best >= POINTS[Grade.C]:
        assert given_points >= 1.0


def may_stand(one: Weighed, snapshot: Snapshot) -> bool:
    """Passive care does not stand alone when pain persists, so it cannot be what serves."""
    return Need.PERSISTENT not in snapshot.needs or is_active(one.technique.family)


def service(one: Weighed, need: Need | None) -> float:
    """Points of its grade for a need, halved where a caution asks for the last place."""
    grade = one.served.get(need) if need else None
    return POINTS[grade] * one.expected / one.prior if grade else 0.0


@core
@given(answers, st.integers(0, 60), histories, st.booleans())
def test_the_minutes_are_respected_and_no_more_than_three_stand_in_a_plan(
    told: dict[str, Any],
    minutes: int,
    history: History,
    explore: bool,  # noqa: FBT001
) -> None:
    found = recommend(read(told), library(minutes_a_day=minutes, explore=explore), history)
    assert sum(pick.minutes for pick in found.picks) == found.minutes <= minutes
    assert all(pick.minutes > 0 for pick in found.picks)
    assert len(found.techniques) == len(set(found.techniques)) <= 3
    assert sum(pick.family.is_passive for pick in found.picks) <= 1
    assert not {pick.family for pick in found.picks} & {Family.READING, Family.DISCOURAGED}


@core
@given(answers, wishes, histories)
def test_when_pain_persists_nothing_passive_stands_above_or_without_something_active(
    told: dict[str, Any], wished: dict[str, Any], history: History
) -> None:
    found = recommend(read({**told, "duration": "over12"}), library(**wished), history)
    activity = [is_active(pick.family) for pick in found.picks]
    assert activity == sorted(activity, reverse=True)
    if activity and not any(pick.is_pinned for pick in found.picks):
        assert activity[0]


@core
@given(answers, wishes, histories)
def test_wishes_are_respected_and_their_cost_told(
    told: dict[str, Any], wished: dict[str, Any], history: History
) -> None:
    options = library(**wished)
    found = recommend(read(told), options, history)
    assume(not found.blocked)
    assert not set(found.techniques) & options.refused
    assert {cost.technique for cost in found.costs} == options.pinned | options.refused
    assert all(cost.points >= 0 and cost.words for cost in found.costs)
    open_pins = {one.slug for one in found.weighed if one.slug in options.pinned - options.refused}
    assert len(open_pins & set(found.techniques)) == min(len(open_pins), 3)


@core
@given(answers, wishes, histories)
def test_everything_decided_is_explained(told: dict[str, Any], wished: dict[str, Any], history: History) -> None:
    options = library(**wished)
    found = recommend(read(told), options, history)
    for pick in found.picks:
        assert pick.why
        assert pick.dose or not pick.reasons
        assert {row.need for row in pick.reasons} <= set(found_needs(told))
        rivals = {one.slug for one in found.weighed if one.technique.slot is pick.slot and one.rows}
        assert rivals - set(found.techniques) <= {other.technique for other in pick.outranked}
        assert pick.instead is None or pick.instead.technique not in found.techniques
        assert all(other.why for other in pick.outranked)
    assert all(one.words for one in found.exclusions)
    told_of = {one.slug for one in found.weighed} | {one.technique for one in found.exclusions}
    assert found.blocked or told_of >= set(PRACTISED)


def found_needs(told: dict[str, Any]) -> Iterable[Need]:
    return read(told).needs


@core
@given(answers, wishes)
def test_what_was_not_disclosed_is_never_named(told: dict[str, Any], wished: dict[str, Any]) -> None:
    snapshot = read(told)
    found = recommend(snapshot, library(**wished))
    named = {one.condition for one in found.exclusions} | {
        care.condition for pick in (*found.picks, *found.to_read) for care in pick.cautions
    }
    assert not named & snapshot.undisclosed
    assert Condition.CRISIS not in named


def test_the_library_that_is_searched_is_the_whole_one() -> None:
    options: Options = library()
    assert (len(options.techniques), len(options.evidence)) == (19, 82)
    assert len(options.cautions) > 100
