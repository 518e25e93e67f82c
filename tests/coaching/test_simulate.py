"""Running made-up people through the real recommender, and the commands that do it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from coaching.core.learning.norms import NO_POOL
from coaching.core.simulator.cohort_kinds import Kind, make_cohort
from coaching.core.simulator.cohorts import MadeUpPerson, read_cohort
from coaching.core.simulator.simulate import Outcome, Policy, World, allowed, rating, simulate
from coaching.core.simulator.tally import HEADINGS, Tally
from coaching.simulator.cohort_files import dice
from content.core.vocabulary import Action, Condition
from tests.coaching.makers import answers, caution, danger_levels, library, snapshot

SLUGS = tuple(technique.slug for technique in library().techniques if technique.startable)


def person(**told: Any) -> MadeUpPerson:
    made = {
        "id": "p1",
        "answers": answers(tension=8),
        "effects": dict.fromkeys(SLUGS, 1.0),
        "noise_sd": 1.0,
        "adherence": dict.fromkeys(SLUGS, 0.5),
        "sessions": 10,
    }
    return read_cohort([{**made, **told}], SLUGS)[0]


def world(seed: int = 1, *, is_pooled: bool = True, **told: Any) -> World:
    made = {"options": library(), "levels": danger_levels(), "dice_for": lambda name: dice(f"{seed}/{name}")}
    return World(**{**made, **told}, is_pooled=is_pooled)


def run(*people: MadeUpPerson, policy: Policy = Policy.COACH, **told: Any) -> Outcome:
    return simulate(people, policy, world(**told))


def effects(**told: float) -> dict[str, float]:
    return {**dict.fromkeys(SLUGS, 1.0), **told}


# --- What is counted --------------------------------------------------------------------


def test_relief_is_adherence_times_the_true_effect() -> None:
    assert run(person()).relief_per_session == pytest.approx(0.5)


def test_regret_is_what_the_best_allowed_would_have_given_more() -> None:
    best_is_breathing = person(effects=effects(breathing=3.0))

    evidence = run(best_is_breathing, policy=Policy.EVIDENCE)

    assert evidence.regret("1-5") == pytest.approx(1.5 - 0.5)


def test_the_oracle_has_no_regret_and_no_policy_gives_more_relief() -> None:
    people = make_cohort(Kind.DRIFT, 30, dice(2), library())
    found = {policy: simulate(people, policy, world()) for policy in Policy}

    assert found[Policy.ORACLE].regret("16-30") == 0
    assert max(found, key=lambda policy: found[policy].relief_per_session or 0) is Policy.ORACLE


def test_drift_counts_from_the_first_session() -> None:
    fading = person(effects=effects(walking=5.0), drift={"walking": -1.0}, sessions=3)

    oracle = run(fading, policy=Policy.ORACLE)

    assert [offered.relief for offered in oracle.offers] == pytest.approx([2.5, 2.0, 1.5])


def test_a_window_without_sessions_is_null() -> None:
    summary = run(person(sessions=5)).summary()

    assert summary["regret"]["1-5"] is not None
    assert (summary["regret"]["6-15"], summary["regret"]["16-30"]) == (None, None)


def test_sessions_beyond_thirty_count_as_relief_and_in_no_window() -> None:
    long, short = run(person(sessions=60)), run(person(sessions=30))

    assert len(long.offers) == 60
    assert long.regret("16-30") == pytest.approx(short.regret("16-30"))


# --- Who is offered what ----------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        {"safety_now": ["chest_pain"]},
        {"safety_now": None},
        {"adult": "no"},
    ],
)
def test_somebody_who_may_not_have_a_plan_is_offered_nothing(told: dict[str, Any]) -> None:
    given = {name: value for name, value in answers(**told).items() if value is not None}

    outcome = run(person(answers=given))

    assert outcome.offers == ()
    assert outcome.summary()["relief_per_session"] is None


def test_only_what_the_recommender_may_pick_and_the_file_knows_is_allowed() -> None:
    known = person(effects={"walking": 1.0, "cold": 9.0, "pmr": 2.0}, adherence=dict.fromkeys(SLUGS, 0.5))

    slugs = [one.slug for one in allowed(known, snapshot(tension=8), library())]

    assert slugs == ["walking", "pmr"]


def test_evidence_keeps_to_the_first_technique() -> None:
    people = make_cohort(Kind.AGREE, 20, dice(1), library())

    outcome = simulate(people, Policy.EVIDENCE, world())

    assert outcome.regret("1-5") == pytest.approx(outcome.regret("16-30"), abs=0.2)


def test_the_coach_begins_where_the_evidence_does() -> None:
    people = make_cohort(Kind.DIFFER, 60, dice(1), library())

    first = {
        policy: [offered.relief for offered in simulate(people, policy, world()).offers if offered.session == 1]
        for policy in (Policy.COACH, Policy.EVIDENCE)
    }

    assert first[Policy.COACH] == first[Policy.EVIDENCE]


@pytest.mark.parametrize("policy", Policy)
def test_no_policy_ever_picks_what_is_unsafe(policy: Policy) -> None:
    people = make_cohort(Kind.DIFFER, 150, dice(3), library())

    assert simulate(people, policy, world()).unsafe_picks == 0


def test_an_unsafe_pick_would_be_counted() -> None:
    """A caution that the recommender is not shown, and the watch is."""
    row = caution("walking", Condition.ANYONE, Action.EXCLUDE)
    tampered = library()
    tampered.cautions_of  # noqa: B018 - built before the row is slipped in
    tampered.__dict__["cautions_of"] = {}
    only_walking = person(effects={"walking": 1.0}, adherence={"walking": 1.0})
    assert run(only_walking, options=tampered).unsafe_picks == 0

    told = world(options=tampered)
    sly = {**tampered.cautions_of, "walking": (row,)}
    outcome = simulate([only_walking], Policy.EVIDENCE, _Swapping(told, sly))

    assert outcome.unsafe_picks == 10


class _Swapping:
    """A world whose cautions appear only after the recommender has looked."""

    def __init__(self, told: World, cautions: dict[str, Any]) -> None:
        self.levels, self.dice_for, self.is_pooled = told.levels, told.dice_for, told.is_pooled
        self.told, self.cautions, self.looks = told, cautions, 0

    @property
    def options(self) -> Any:
        self.looks += 1
        if self.looks > 1:
            self.told.options.__dict__["cautions_of"] = self.cautions
        return self.told.options


# --- Learning ---------------------------------------------------------------------------


def test_the_coach_finds_what_helps() -> None:
    people = [person(id=f"p{number}", effects=effects(yoga=4.0), sessions=30) for number in range(20)]

    coach, evidence = run(*people, is_pooled=False), run(*people, policy=Policy.EVIDENCE)

    assert (coach.regret("16-30") or 0) < 0.5 * (evidence.regret("16-30") or 0)


def test_a_later_wave_learns_from_an_earlier_one() -> None:
    people = [person(id=f"p{number}", effects=effects(yoga=4.0), sessions=20) for number in range(120)]

    alone, pooled = run(*people, is_pooled=False), run(*people)
    last = slice(-20 * 20, None)

    assert alone.offers[: 100 * 20] == pooled.offers[: 100 * 20]
    assert sum(one.regret for one in pooled.offers[last]) < 0.5 * sum(one.regret for one in alone.offers[last])


def test_the_same_seed_gives_the_same_outcome() -> None:
    people = make_cohort(Kind.DIFFER, 30, dice(1), library())

    assert simulate(people, Policy.COACH, world(5)) == simulate(people, Policy.COACH, world(5))
    assert simulate(people, Policy.COACH, world(5)) != simulate(people, Policy.COACH, world(6))


def test_a_rating_is_a_whole_number_between_floor_and_ceiling() -> None:
    assert [rating(value) for value in (-3.0, 0.4, 6.6, 14.0)] == [0, 0, 7, 10]


def test_nobody_is_pooled_before_the_first_wave_ends() -> None:
    assert NO_POOL.norms.people == 0


# --- The commands -----------------------------------------------------------------------


def written(tmp_path: Path, kind: str = "differ", people: int = 30) -> Path:
    file = tmp_path / "cohort.json"
    call_command("make_cohort", str(file), kind=kind, people=people, seed=1, verbosity=0)
    return file


def test_the_last_line_with_json_is_the_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(tmp_path, kind="sparse")
    call_command("simulate", str(file), "--json", "--policy", "oracle", "--seed", "3")

    summary = json.loads(capsys.readouterr().out.strip().splitlines()[-1])

    assert list(summary) == ["policy", "people", "relief_per_session", "regret", "unsafe_picks"]
    assert (summary["policy"], summary["people"], summary["unsafe_picks"]) == ("oracle", 30, 0)
    assert summary["regret"] == {"1-5": 0.0, "6-15": 0.0, "16-30": None}


def test_without_json_the_outcome_is_told_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("simulate", str(written(tmp_path)), "--policy", "evidence")

    assert "Unsafe picks: 0." in capsys.readouterr().out


@pytest.mark.parametrize(("old", "new"), [("walking", "crystals"), ("none", "lurgy")])
def test_an_unknown_technique_or_condition_ends_with_its_name_and_code_2(tmp_path: Path, old: str, new: str) -> None:
    file = written(tmp_path)
    file.write_text(file.read_text().replace(f'"{old}"', f'"{new}"'))

    with pytest.raises(CommandError, match=rf"cohort\.json: person p0001: .*{new}") as refused:
        call_command("simulate", str(file))

    assert refused.value.returncode == 2


def test_a_file_that_is_missing_ends_with_code_2(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read") as refused:
        call_command("simulate", str(tmp_path / "none.json"))

    assert refused.value.returncode == 2


def test_a_cohort_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="--people") as refused:
        call_command("make_cohort", str(tmp_path / "c.json"), kind="agree", people=0)

    assert refused.value.returncode == 2


def test_the_table_has_one_row_a_kind(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("simulate_table", people=25, seeds=1)

    lines = capsys.readouterr().out.splitlines()
    assert [line.split("|")[1].strip() for line in lines[2:]] == [kind.value for kind in Kind]
    assert len(HEADINGS) == len(lines[0].split("|")) - 2


def test_a_tally_adds_runs_together() -> None:
    people = [person(effects=effects(breathing=3.0))]
    evidence, oracle = simulate(people, Policy.EVIDENCE, world()), simulate(people, Policy.ORACLE, world())

    tally = Tally(kind=Kind.DIFFER, runs=[(evidence, oracle), (evidence, evidence)])

    assert tally.relief() == pytest.approx((0.5, 1.0))
    assert tally.regret_change("1-5") == pytest.approx(-0.5)
    assert tally.regret_change("16-30") is None
