"""What a summary holds: what was chosen, from the chosen weeks, and nothing else."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coaching.core.progress.judging import Direction
from coaching.core.progress.scales import SCALES, Reading
from coaching.core.summary.choice import OWN_WORDS, STANDS_IN, USUAL_PARTS, WEEKS, Choice, Part
from coaching.core.summary.plain import as_plain, summary_from
from coaching.core.summary.summary import (
    MOST_DAYS,
    MOST_PRACTISED,
    Flagged,
    Material,
    Practised,
    Summary,
    Told,
    Treated,
    summary_of,
)
from coaching.summary.page import page_of
from content.core.vocabulary import Level
from tests.coaching.summary_makers import TODAY, ago, material, readings, summary

HOLDS: dict[Part, Callable[[Summary], object]] = {
    Part.SCORES: lambda one: one.scores,
    Part.PRACTISED: lambda one: one.practised,
    Part.DANGER: lambda one: one.flagged,
    Part.UNWANTED: lambda one: one.noticed,
    Part.TREATMENTS: lambda one: one.treatments,
    Part.NEXT: lambda one: one.next_step,
    Part.GOAL_WORDS: lambda one: one.goal,
    Part.STEP_WORDS: lambda one: one.small_step,
}


@pytest.mark.parametrize("part", HOLDS)
def test_a_part_is_there_when_it_is_ticked_and_gone_when_it_is_not(part: Part) -> None:
    everything = frozenset(Part)
    assert HOLDS[part](summary(parts=everything))
    assert not HOLDS[part](summary(parts=everything - {part}))


def test_no_words_of_ones_own_leave_unless_they_are_ticked() -> None:
    told = json.dumps(as_plain(summary()))
    assert not any(words in told for words in ("grandchild", "own pills", "two", "Massage", "at the door"))
    assert all(words in json.dumps(as_plain(summary(parts=frozenset(Part)))) for words in ("grandchild", "own pills"))
    assert not USUAL_PARTS & OWN_WORDS


def test_without_words_treatments_are_told_in_one_line_of_days() -> None:
    [line] = summary().treatments
    assert (line.what, line.amount, line.days, line.last_on) == ("", "", 2, ago(2))


def test_with_words_treatments_are_told_by_name_with_the_newest_amount() -> None:
    treated = [Treated(on=ago(9), what="Pills", amount="one"), Treated(on=ago(3), what="Pills", amount="two")]
    [line] = summary(material(treated=treated), parts=frozenset(Part)).treatments
    assert (line.what, line.amount, line.days, line.last_on) == ("Pills", "two", 2, ago(3))


def test_numbers_of_pain_leave_only_where_they_are_ticked() -> None:
    assert [one.scale.slug for one in summary().scores] == ["peg", "gad7"]
    assert [one.scale.slug for one in summary(parts=USUAL_PARTS - {Part.PAIN}).scores] == ["gad7"]


@pytest.mark.parametrize("weeks", WEEKS)
def test_nothing_from_before_the_chosen_weeks_leaves(weeks: int) -> None:
    before, first = TODAY - timedelta(weeks=weeks), TODAY - timedelta(weeks=weeks) + timedelta(days=1)
    found = summary(
        material(
            series={SCALES["peg"]: (Reading(on=before, total=30), Reading(on=first, total=3))},
            practised=(Practised(name="Old", goes=9, last_on=before), Practised(name="New", goes=1, last_on=first)),
            treated=(Treated(on=before, what="Old"), Treated(on=first, what="New")),
        ),
        parts=frozenset(Part),
        weeks=weeks,
    )
    assert [one.on for one in found.scores[0].readings] == [first]
    assert [one.name for one in found.practised] == ["New"]
    assert [one.what for one in found.treatments] == ["New"]


def test_a_score_is_judged_by_the_chosen_weeks_alone() -> None:
    whole = readings("peg", 24, 24, 9, 9, 9)
    assert summary(material(series=whole), weeks=12).scores[0].judged.direction is Direction.BETTER
    assert summary(material(series=whole), weeks=2).scores[0].judged.direction is Direction.EARLY


def test_a_sign_stands_with_the_days_of_these_weeks_on_which_it_was_told_and_no_other() -> None:
    told = Flagged(words="A fever?", level=Level.TODAY, days=(Told(on=ago(300)), Told(on=ago(20)), Told(on=ago(1))))
    [flagged] = summary(material(flagged=[told]), weeks=4).flagged
    assert flagged.days == (Told(on=ago(1)), Told(on=ago(20)))
    assert not summary(material(flagged=[replace(told, days=told.days[:1])]), weeks=4).flagged


def test_of_many_days_of_a_sign_the_newest_stand_there_and_the_others_are_counted() -> None:
    told = Flagged(words="A fever?", level=Level.TODAY, days=tuple(Told(on=ago(day)) for day in range(MOST_DAYS + 2)))
    [flagged] = summary(material(flagged=[told])).flagged
    assert [one.on for one in flagged.days] == [ago(day) for day in range(MOST_DAYS)]
    assert flagged.more == 2
    page = page_of(summary(material(flagged=[told])))
    assert page.signs
    assert "on 2 days more" in page.signs.lines[0].when


def test_a_day_that_is_not_known_exactly_is_told_so() -> None:
    days = (Told(on=ago(1), is_exact=False), Told(on=ago(3)), Told(on=ago(3), is_exact=False))
    [flagged] = summary(material(flagged=[Flagged(words="A fever?", level=Level.TODAY, days=days)])).flagged
    assert flagged.days == (Told(on=ago(1), is_exact=False), Told(on=ago(3)))
    page = page_of(summary(material(flagged=[flagged])))
    assert page.signs
    assert page.signs.lines[0].when == "1 Nov 2026 or before, 30 Oct 2026"


def test_a_link_of_an_earlier_version_makes_no_day_up() -> None:
    plain = as_plain(summary())
    plain["flagged"] = [{"words": "A fever?", "level": "today", "first_on": "2026-08-10", "last_on": "2026-10-31"}]
    [flagged] = summary_from(plain).flagged
    assert flagged.days == (Told(on=date(2026, 10, 31), is_exact=False),)


@pytest.mark.parametrize(("inner", "outer"), STANDS_IN.items())
def test_what_is_told_within_another_part_is_not_called_shared_without_it(inner: Part, outer: Part) -> None:
    assert inner not in summary(parts=frozenset(Part) - {outer}).parts
    assert inner in summary(parts=frozenset(Part)).parts


def test_the_most_urgent_sign_stands_first() -> None:
    levels = [Level.VISIT, Level.NOW, Level.SOON]
    told = [Flagged(words=level, level=level, days=(Told(on=ago(1)),)) for level in levels]
    assert [one.level for one in summary(material(flagged=told)).flagged] == [Level.NOW, Level.SOON, Level.VISIT]


def test_a_long_list_is_cut_and_says_by_how_much() -> None:
    done = [Practised(name=f"No. {place}", goes=place + 1, last_on=TODAY) for place in range(MOST_PRACTISED + 3)]
    found = summary(material(practised=done))
    assert [one.goes for one in found.practised] == [8, 7, 6, 5, 4]
    assert found.left_out == {"practised": 3}


def test_somebody_with_nothing_to_tell_has_an_empty_page() -> None:
    found = summary(Material())
    assert not any(holds(found) for holds in HOLDS.values())


CHOICES = some.builds(
    Choice,
    parts=some.frozensets(some.sampled_from(Part)),
    weeks=some.sampled_from(WEEKS),
    name=some.text(max_size=20),
    born=some.none() | some.dates(),
    questions=some.lists(some.text(max_size=10), max_size=6).map(tuple),
)
DAYS = some.integers(0, 400).map(ago)
FLAGGED = some.builds(
    Flagged,
    words=some.text(max_size=8),
    level=some.sampled_from(Level),
    days=some.lists(some.builds(Told, on=DAYS), min_size=1, max_size=6).map(tuple),
)
MATERIALS = some.builds(
    material,
    series=some.dictionaries(
        some.sampled_from(list(SCALES.values())),
        some.lists(some.builds(Reading, on=DAYS, total=some.integers(0, 2)), unique_by=lambda one: one.on),
    ),
    treated=some.lists(some.builds(Treated, on=DAYS, what=some.text(max_size=8), amount=some.text(max_size=8))),
    flagged=some.lists(FLAGGED, max_size=4),
)


@given(of=MATERIALS, choice=CHOICES)
def test_what_is_kept_as_plain_values_comes_back_as_it_was(of: Material, choice: Choice) -> None:
    found = summary_of(of, choice, today=TODAY)
    assert summary_from(json.loads(json.dumps(as_plain(found)))) == found


@given(of=MATERIALS, choice=CHOICES)
def test_no_day_on_a_summary_lies_outside_of_the_chosen_weeks(of: Material, choice: Choice) -> None:
    found = summary_of(of, choice, today=TODAY)
    days: list[date] = [reading.on for score in found.scores for reading in score.readings]
    days += [told.on for one in found.flagged for told in one.days]
    days += [one.last_on for one in (*found.practised, *found.noticed, *found.treatments)]
    assert all(choice.holds(day, TODAY) for day in days)


@given(flagged=FLAGGED, weeks=some.sampled_from(WEEKS))
def test_each_day_of_a_sign_is_one_on_which_it_was_told(flagged: Flagged, weeks: int) -> None:
    for one in summary(material(flagged=[flagged]), weeks=weeks).flagged:
        assert set(one.days) <= set(flagged.days)
