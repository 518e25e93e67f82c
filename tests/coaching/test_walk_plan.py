"""A walk of one's own length: slow at both ends, turned at half, and a tenth more each week."""

import pytest

from coaching.core.practice.walk import LEAST, LONGEST_SPELL, MOST, WalkWords, walk_plan

WORDS = WalkWords(begin="Start.", spell="Walk.", again="On.", slow="Slow.", turn="Turn back.", close="Stop.")
every_length = pytest.mark.parametrize("minutes", range(LEAST, MOST + 1))


@every_length
def test_a_walk_lasts_exactly_as_long_as_was_chosen(minutes: int) -> None:
    assert sum(step.seconds for step in walk_plan(minutes, WORDS).steps) == minutes * 60


@every_length
def test_no_spell_is_long_and_none_is_empty(minutes: int) -> None:
    assert all(0 < step.seconds <= LONGEST_SPELL for step in walk_plan(minutes, WORDS).steps)


@every_length
def test_a_walk_of_more_than_one_spell_turns_once_near_half_of_the_time(minutes: int) -> None:
    steps = walk_plan(minutes, WORDS).steps
    turns = [place for place, step in enumerate(steps) if step.cue == "bell"]
    if len(steps) == 3:
        assert turns == []
        return
    gone = sum(step.seconds for step in steps[: turns[0]])
    assert len(turns) == 1
    assert abs(gone - minutes * 30) <= LONGEST_SPELL / 2 + 30


def test_the_weeks_grow_by_a_tenth_and_lose_nothing_to_rounding() -> None:
    assert walk_plan(10, WORDS).weeks == (10, 11, 12, 13, 14, 16, 17, 19)


def test_the_weeks_never_pass_half_an_hour() -> None:
    assert max(walk_plan(28, WORDS).weeks) == MOST


@pytest.mark.parametrize("minutes", [0, 1, 31, -5])
def test_a_length_out_of_range_is_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="2 to 30"):
        walk_plan(minutes, WORDS)
