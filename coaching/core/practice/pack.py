"""A warm or a cold pack for a set time: a skin check every five minutes, and never past the longest time.

The longest times are those of the guides and their sources: heat 15 to 20 minutes, cold 10 minutes
(evidence section 5). How often to look at the skin is our own practical choice. The pack is off when
the set time is up; a little rest and a move come after. Minutes are whole.
"""

from content.core.steps import Step

MOST_MINUTES = {"heat": 20, "cold": 10}
CHOICES = {"heat": (5, 10, 15, 20), "cold": (5, 10)}
SHORT_AT_MOST = 5
"""Where a caution says to keep it short."""

CHECK_EVERY = 300
CHECK = 20
OFF = 10
AFTER = 50
CHECK_WORDS = {
    "heat": "Lift the pack and look at your skin. Pink is fine. Very red, or it stings? Take it off.",
    "cold": "Lift the pack and look at your skin. Pink is fine. White or numb? Take it off.",
}
REST_WORDS = {"heat": "Rest. Eyes open; stay awake.", "cold": "Rest. Take it off if it hurts."}


def pack_steps(technique: str, minutes: int) -> list[Step]:
    """The steps of a pack that is on for `minutes`. ValueError when that is none of the choices."""
    if minutes not in CHOICES[technique]:
        raise ValueError(f"{minutes} minutes is no choice for {technique}")
    steps = [_step("Is the pack wrapped in a cloth? Put it on the sore place.", CHECK, "move")]
    left = minutes * 60 - CHECK - OFF
    while left > CHECK_EVERY:
        steps += [
            _step(REST_WORDS[technique], CHECK_EVERY - CHECK, "rest"),
            _step(CHECK_WORDS[technique], CHECK, "check"),
        ]
        left -= CHECK_EVERY
    return [
        *steps,
        _step(REST_WORDS[technique], left - CHECK, "rest"),
        _step(CHECK_WORDS[technique], CHECK, "check"),
        _step("Time is up. Take the pack off now.", OFF, "bell"),
        _step("Let your skin rest. Stand up and move a little.", AFTER, "move"),
    ]


def choices_of(technique: str, *, is_short: bool) -> tuple[int, ...]:
    """None for a technique that has no packs: a draft may have a timer and name another."""
    most = SHORT_AT_MOST if is_short else MOST_MINUTES.get(technique, 0)
    return tuple(minutes for minutes in CHOICES.get(technique, ()) if minutes <= most)


def _step(words: str, seconds: int, cue: str) -> Step:
    return Step(words=words, seconds=seconds, cue=cue)
