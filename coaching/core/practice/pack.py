"""A warm or a cold pack for a set time: a skin check every five minutes, and never past the longest time.

The longest times are those of the guides and their sources: heat 15 to 20 minutes, cold 10 minutes
(evidence section 5). How often to look at the skin is our own practical choice. The pack is off when
the set time is up; a little rest and a move come after. Minutes are whole. What is said is the library's
(`own_length` in the file of the guide).
"""

from dataclasses import dataclass

from content.core.steps import Step

MOST_MINUTES = {"heat": 20, "cold": 10}
CHOICES = {"heat": (5, 10, 15, 20), "cold": (5, 10)}
SHORT_AT_MOST = 5
"""Where a caution says to keep it short."""

CHECK_EVERY = 300
CHECK = 20
OFF = 10
AFTER = 50


@dataclass(frozen=True, kw_only=True)
class PackWords:
    begin: str
    rest: str
    check: str
    off: str
    after: str


def pack_steps(technique: str, minutes: int, words: PackWords) -> list[Step]:
    """The steps of a pack that is on for `minutes`. ValueError when that is none of the choices."""
    if minutes not in CHOICES[technique]:
        raise ValueError(f"{minutes} minutes is no choice for {technique}")
    steps = [_step(words.begin, CHECK, "move")]
    left = minutes * 60 - CHECK - OFF
    while left > CHECK_EVERY:
        steps += [
            _step(words.rest, CHECK_EVERY - CHECK, "rest"),
            _step(words.check, CHECK, "check"),
        ]
        left -= CHECK_EVERY
    return [
        *steps,
        _step(words.rest, left - CHECK, "rest"),
        _step(words.check, CHECK, "check"),
        _step(words.off, OFF, "bell"),
        _step(words.after, AFTER, "move"),
    ]


def choices_of(technique: str, *, is_short: bool) -> tuple[int, ...]:
    """None for a technique that has no packs: a draft may have a timer and name another."""
    most = SHORT_AT_MOST if is_short else MOST_MINUTES.get(technique, 0)
    return tuple(minutes for minutes in CHOICES.get(technique, ()) if minutes <= most)


def _step(words: str, seconds: int, cue: str) -> Step:
    return Step(words=words, seconds=seconds, cue=cue)
