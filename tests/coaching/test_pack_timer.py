"""A pack is looked under every five minutes, and is off when the set time is up."""

from itertools import accumulate, pairwise

import pytest

from coaching.core.practice.pack import CHOICES, MOST_MINUTES, PackWords, choices_of, pack_steps

WORDS = PackWords(begin="On.", rest="Rest.", check="Look.", off="Take the pack off.", after="Move.")
every_time = pytest.mark.parametrize(
    ("technique", "minutes"), [(technique, minutes) for technique, times in CHOICES.items() for minutes in times]
)


@every_time
def test_the_pack_is_off_when_the_time_is_up(technique: str, minutes: int) -> None:
    steps = pack_steps(technique, minutes, WORDS)
    off = next(place for place, step in enumerate(steps) if step.cue == "bell")
    assert sum(step.seconds for step in steps[: off + 1]) == minutes * 60
    assert steps[off].words == WORDS.off


@every_time
def test_the_skin_is_looked_at_at_least_every_five_minutes(technique: str, minutes: int) -> None:
    steps = pack_steps(technique, minutes, WORDS)
    starts = [0, *accumulate(step.seconds for step in steps)]
    checks = [0, *(at for at, step in zip(starts, steps, strict=False) if step.cue == "check"), minutes * 60]
    assert max(later - earlier for earlier, later in pairwise(checks)) <= 330
    assert all(step.seconds > 0 for step in steps)


@pytest.mark.parametrize("technique", CHOICES)
def test_no_choice_passes_the_longest_time(technique: str) -> None:
    assert max(CHOICES[technique]) == MOST_MINUTES[technique]
    with pytest.raises(ValueError, match="no choice"):
        pack_steps(technique, MOST_MINUTES[technique] + 5, WORDS)


def test_a_caution_to_keep_it_short_leaves_five_minutes() -> None:
    assert choices_of("heat", is_short=True) == (5,)
    assert choices_of("heat", is_short=False) == (5, 10, 15, 20)
