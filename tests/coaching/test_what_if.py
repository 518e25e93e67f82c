"""Trying a change of the rules on the standard cases, without making it."""

from coaching.core.simulator.standard_cases import CASES
from coaching.core.simulator.what_if import CautionChange, EvidenceChange, changed_cases, with_changes
from content.core.vocabulary import Action, Condition, Grade, Need
from tests.coaching.makers import library


def test_the_standard_cases_are_all_different() -> None:
    assert len({case.name for case in CASES}) == len(CASES) == 96


def test_no_change_changes_no_case() -> None:
    options = library()

    assert changed_cases(CASES, options, with_changes(options, [])) == ()


def test_leaving_a_technique_out_for_anyone_takes_it_out_of_every_plan() -> None:
    options = library()
    change = CautionChange(technique="walking", condition=Condition.ANYONE, action=Action.EXCLUDE)

    found = changed_cases(CASES, options, with_changes(options, [change]))

    assert found
    assert all("walking" in case.before and "walking" not in case.after for case in found)


def test_a_better_grade_brings_a_technique_into_some_plans() -> None:
    options = library()
    change = EvidenceChange(technique="imagery", need=Need.TENSION, grade=Grade.A)

    found = changed_cases(CASES, options, with_changes(options, [change]))

    assert any("imagery" in case.after and "imagery" not in case.before for case in found)


def test_a_change_of_a_grade_keeps_the_rest_of_the_row() -> None:
    options = library()
    before = next(row for row in options.evidence if (row.technique, row.need) == ("pmr", Need.TENSION))

    changed = with_changes(options, [EvidenceChange(technique="pmr", need=Need.TENSION, grade=Grade.A)])

    after = next(row for row in changed.evidence if (row.technique, row.need) == ("pmr", Need.TENSION))
    assert (after.grade, after.dose, after.sources) == (Grade.A, before.dose, before.sources)
    assert len(changed.evidence) == len(options.evidence)


def test_a_caution_can_be_taken_away_to_see_what_it_holds_back() -> None:
    options = library()
    change = CautionChange(technique="heat", condition=Condition.NUMBNESS, action=None)

    changed = with_changes(options, [change])

    assert len(changed.cautions) == len(options.cautions) - 1
