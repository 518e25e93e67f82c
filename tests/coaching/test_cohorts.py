"""Cohort files: what they may hold, what is refused, and the seven kinds that can be made."""

import json
from pathlib import Path
from typing import Any

import pytest

from coaching.core.intake.needs import take_snapshot
from coaching.core.recommend.permit import permit
from coaching.core.recommend.recommender import recommend
from coaching.core.recommend.weigh import priors
from coaching.core.simulator import cohort_kinds
from coaching.core.simulator.cohort_kinds import Kind, Traits, as_document, make_cohort
from coaching.core.simulator.cohorts import CohortError, MadeUpPerson, read_cohort
from coaching.core.simulator.watch import broken_rule
from coaching.simulator.cohort_files import dice, library_options, library_world, load_cohort
from content.core.vocabulary import Action, Level
from tests.coaching.makers import answers, danger_levels, library

KNOWN = ("breathing", "walking", "yoga")


def row(**told: Any) -> dict[str, Any]:
    made = {
        "id": "p1",
        "answers": answers(),
        "effects": {"breathing": 1.0, "walking": 2.0},
        "noise_sd": 2.0,
        "adherence": {"breathing": 0.5, "walking": 0.8},
        "sessions": 30,
    }
    return {**made, **told}


def read(*rows: Any) -> tuple[MadeUpPerson, ...]:
    return read_cohort(list(rows), KNOWN)


def made(kind: Kind, people: int = 60, seed: int = 1, **traits: Any) -> tuple[MadeUpPerson, ...]:
    return make_cohort(kind, people, dice(seed), library(), Traits(**traits))


def expected(person: MadeUpPerson) -> dict[str, float]:
    return priors(take_snapshot(person.answers), library())


def beyond(people: tuple[MadeUpPerson, ...]) -> list[float]:
    """How far effects lie from what the evidence expects."""
    return [effect - expected(person)[slug] for person in people for slug, effect in person.effects.items()]


def deviation(values: list[float]) -> float:
    mean = sum(values) / len(values)
    return (sum((value - mean) ** 2 for value in values) / len(values)) ** 0.5


# --- Reading ----------------------------------------------------------------------------


def test_a_person_is_read_as_written() -> None:
    (person,) = read(row(drift={"walking": -0.1}))

    assert (person.id, person.sessions, person.noise_sd) == ("p1", 30, 2.0)
    assert person.effect("walking", 1) == 2.0
    assert person.effect("walking", 11) == pytest.approx(1.0)
    assert person.value("walking", 1) == pytest.approx(1.6)
    assert person.effect("breathing", 11) == 1.0


def test_one_drift_may_hold_for_all_techniques() -> None:
    (person,) = read(row(drift=0.1))

    assert person.effect("breathing", 6) == pytest.approx(1.5)


def test_people_may_stand_in_a_list_or_under_a_key() -> None:
    assert read_cohort([row()], KNOWN) == read_cohort({"kind": "differ", "people": [row()]}, KNOWN)


def test_an_empty_list_of_conditions_says_that_none_was_ticked() -> None:
    (person,) = read(row(answers=answers(conditions=[], safety_now=[], safety_soon=[])))

    assert person.answers["conditions"] == ["none"]
    assert take_snapshot(person.answers).safety.complete


def test_a_safety_step_left_out_stays_unanswered() -> None:
    told = answers()
    del told["safety_now"]

    (person,) = read(row(answers=told))

    assert not take_snapshot(person.answers).safety.complete


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"effects": {"crystals": 1.0}}, "person p1: effects: unknown technique: crystals"),
        ({"adherence": {"crystals": 1.0}}, "person p1: adherence: unknown technique: crystals"),
        ({"drift": {"crystals": 1.0}}, "person p1: drift: unknown technique: crystals"),
        ({"answers": answers(conditions=["lurgy"])}, "person p1: answers: conditions: unknown condition: lurgy"),
        ({"answers": answers(safety_now=["omen"])}, "person p1: answers: safety_now: unknown danger sign: omen"),
        ({"answers": answers(tension=11)}, "person p1: answers: tension: Choose one whole number from 0 to 10."),
        ({"answers": answers(tension=True)}, "person p1: answers: tension: Choose one whole number"),
        ({"answers": answers(gad_1=1.5)}, "person p1: answers: gad_1: Choose one whole number"),
        ({"answers": answers(mood="fine")}, "person p1: answers: mood: There is no such question."),
        ({"answers": answers(duration="long")}, "person p1: answers: duration: Choose one of the answers shown."),
        ({"answers": []}, "person p1: answers: must be an object"),
        ({"effects": {}}, "person p1: effects: must be an object"),
        ({"effects": {"walking": 11}}, "person p1: effects: walking: must be a number from -10 to 10"),
        ({"effects": {"walking": True}}, "person p1: effects: walking: must be a number"),
        ({"effects": {"walking": float("nan")}}, "person p1: effects: walking: must be a number"),
        ({"adherence": {"walking": 1.2}}, "person p1: adherence: walking: must be a number from 0 to 1"),
        ({"noise_sd": -1}, "person p1: noise_sd: must be a number from 0 to 100"),
        ({"sessions": 2.5}, "person p1: sessions: must be a whole number"),
        ({"sessions": -1}, "person p1: sessions: must be a whole number"),
        ({"drift": "slow"}, "person p1: drift: must be a number"),
        ({"id": None}, "person number 1: id: must be a name or a number"),
    ],
)
def test_what_cannot_be_used_is_named(told: dict[str, Any], words: str) -> None:
    with pytest.raises(CohortError) as refused:
        read(row(**told))

    assert str(refused.value).startswith(words)


def test_two_people_cannot_share_an_id() -> None:
    with pytest.raises(CohortError, match="person p1: id: there are two of them"):
        read(row(), row())


@pytest.mark.parametrize("document", [[], {}, {"people": []}, "people", 3, None])
def test_a_file_without_people_is_refused(document: Any) -> None:
    with pytest.raises(CohortError, match="must hold a list of people"):
        read_cohort(document, KNOWN)


def test_a_file_that_is_not_json_is_named(tmp_path: Path) -> None:
    file = tmp_path / "cohort.json"
    file.write_text("{")

    with pytest.raises(CohortError, match=r"cohort\.json: is not JSON"):
        load_cohort(file, library())


# --- Making -----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_what_is_made_can_be_read_again(kind: Kind) -> None:
    people = made(kind, people=20)

    document = json.loads(json.dumps(as_document(kind, 1, people)))

    read_again = read_cohort(document, library().by_slug)
    assert [person.id for person in read_again] == [person.id for person in people]
    assert [person.answers for person in read_again] == [person.answers for person in people]


@pytest.mark.parametrize("kind", Kind)
def test_the_same_seed_makes_the_same_people(kind: Kind) -> None:
    assert made(kind, seed=4) == made(kind, seed=4)
    assert made(kind, seed=4) != made(kind, seed=5)


def test_agree_follows_the_evidence_exactly() -> None:
    assert max(map(abs, beyond(made(Kind.AGREE)))) < 1e-9


def test_differ_varies_between_persons_by_the_spread() -> None:
    assert deviation(beyond(made(Kind.DIFFER, people=200, spread=1.0))) == pytest.approx(1.0, abs=0.1)


def test_wrong_contradicts_the_evidence_for_a_third_of_the_techniques() -> None:
    people = made(Kind.WRONG, people=150, spread=0.0)
    slugs = list(people[0].effects)
    off = {slug for person in people for slug in slugs if abs(person.effects[slug] - expected(person)[slug]) > 0.01}

    assert len(off) == round(len(slugs) / 3)


def test_drift_moves_effects_over_the_sessions() -> None:
    person = made(Kind.DRIFT)[0]

    assert any(abs(person.effect(slug, 30) - person.effect(slug, 1)) > 0.3 for slug in person.effects)
    assert not made(Kind.DIFFER)[0].drift


def test_noisy_people_rate_with_twice_the_noise() -> None:
    quiet, noisy = made(Kind.DIFFER, people=200), made(Kind.NOISY, people=200)

    assert sum(one.noise_sd for one in noisy) == pytest.approx(2 * sum(one.noise_sd for one in quiet))


def test_sparse_people_have_three_to_eight_sessions() -> None:
    assert {person.sessions for person in made(Kind.SPARSE, people=300)} == {3, 4, 5, 6, 7, 8}


def test_by_need_differs_more_for_some_needs() -> None:
    people = made(Kind.BY_NEED, people=300)
    spreads = sorted(deviation(beyond((person,))) for person in people)

    assert spreads[-20] > 3 * spreads[20]


def test_the_docstring_says_where_the_numbers_come_from() -> None:
    assert "Where the numbers come from." in (cohort_kinds.__doc__ or "")


def test_the_knowledge_from_the_files_is_that_of_the_library() -> None:
    ours, theirs = library_options(), library()

    assert ours.by_slug.keys() == theirs.by_slug.keys()
    assert {(row.need, row.technique, row.grade, row.minutes) for row in ours.evidence} == {
        (row.need, row.technique, row.grade, row.minutes) for row in theirs.evidence
    }
    assert [(row.technique, row.condition, row.action, row.limits) for row in ours.cautions] == [
        (row.technique, row.condition, row.action, row.limits) for row in theirs.cautions
    ]
    assert library_world(1).levels == danger_levels()


# --- The second pair of eyes ------------------------------------------------------------


def is_open(slug: str, told: dict[str, Any]) -> bool:
    facts = library().by_slug[slug]
    return not broken_rule(facts, told, library().cautions, danger_levels())


def test_the_watch_knows_every_exclusion_by_a_condition_one_can_tick() -> None:
    for caution in library().cautions:
        told = answers(conditions=[caution.condition.value])
        if caution.action is Action.EXCLUDE and library().by_slug[caution.technique].startable:
            assert not is_open(caution.technique, told), caution


@pytest.mark.parametrize(
    ("told", "closed", "still_open"),
    [
        (answers(safety_now=["saddle_numbness"]), ["breathing", "walking"], []),
        (answers(safety_soon=["fever"]), ["walking", "heat", "pmr"], ["breathing"]),
        (answers(safety_soon=["night_pain"]), ["walking", "heat"], ["breathing", "pmr"]),
        (answers(safety_soon=["morning_stiffness"]), [], ["walking"]),
        (answers(conditions=["skip"]), ["heat", "exposure"], []),
        (answers(self_harm="skip"), ["mindfulness"], ["breathing"]),
        (answers(panic="yes"), ["pmr", "exposure"], ["breathing"]),
    ],
)
def test_the_watch_closes_what_a_sign_or_an_answer_closes(
    told: dict[str, Any], closed: list[str], still_open: list[str]
) -> None:
    assert [slug for slug in closed if is_open(slug, told)] == []
    assert [slug for slug in still_open if not is_open(slug, told)] == []


def test_the_watch_and_the_recommender_agree_on_made_up_people() -> None:
    for person in made(Kind.AGREE, people=300, seed=9):
        snapshot = take_snapshot(person.answers, danger_levels())
        offered = {one.slug for one in recommend(snapshot, library()).weighed}
        for facts in library().techniques:
            broken = broken_rule(facts, person.answers, library().cautions, danger_levels())
            if facts.slug in offered:
                assert broken == "", (person.id, facts.slug)
            elif facts.startable and not snapshot.safety.blocks_plan:
                closed = permit(facts, snapshot, library().cautions_of.get(facts.slug, ())).closed_by
                assert bool(broken) == bool(closed), (person.id, facts.slug)


def test_some_made_up_people_meet_every_level_of_danger() -> None:
    people = made(Kind.AGREE, people=500)
    levels = {take_snapshot(person.answers, danger_levels()).safety.level for person in people}

    assert {None, Level.NOW, Level.TODAY, Level.SOON, Level.VISIT} == levels
