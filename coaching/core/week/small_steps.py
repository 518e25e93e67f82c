"""From a goal to a small step, with an anchor: what, when and where, to be put in one's own words.

A plan that says when and where is kept more often than one that does not; which words are offered is our own choice.
Nothing here is decided for anybody: each is an offer to change.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from content.core.reading_direction import apart

STEP_OF_VALUE = {
    "family": "Sit with my family for ten minutes",
    "friends": "Send one friend a message",
    "work": "Do one small piece of work, then change position",
    "home": "Do one small job at home, and stop half way",
    "body": "Stand at the open door for two minutes",
    "play": "Ten minutes of something I like",
    "rest": "Lie down for ten minutes without a screen",
    "faith": "Five quiet minutes for what I believe in",
    "learning": "Read or make something for ten minutes",
    "giving": "Do one small thing for somebody",
}
WHEN = ("After breakfast", "After lunch", "When I come home", "Before dinner", "After I brush my teeth")
WHERE = ("Kitchen chair", "Living room", "By the window", "At the front door", "Edge of the bed")
MOST = 3
LONGEST_GOAL = 80


@dataclass(frozen=True, kw_only=True)
class Offers:
    steps: tuple[str, ...]
    when: tuple[str, ...] = WHEN
    where: tuple[str, ...] = WHERE


def offers(goal: str, values: Sequence[str], first: str = "") -> Offers:
    """`goal` as the person wrote it, empty where it must not be said again; `first` is the first practice, in words."""
    steps = [f"The first two minutes of it: {apart(goal)}"] if goal and len(goal) <= LONGEST_GOAL else []
    steps += [STEP_OF_VALUE[value] for value in values if value in STEP_OF_VALUE]
    if first:
        steps.append(f"Begin with {first}, only the start of it")
    return Offers(steps=tuple(dict.fromkeys(steps))[:MOST])
