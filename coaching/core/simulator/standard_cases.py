"""A standard set of made-up people, to see how far a change of the rules reaches.

Every length of pain, with every main trouble, with no condition, with some that matter, and with all of
them undisclosed: 4 x 8 x 3 = 96 cases. They are a grid, not a sample: a count of cases that change says
how wide a rule reaches, not how many real people it would touch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from coaching.core.questions.items import Answers


@dataclass(frozen=True, kw_only=True)
class Case:
    name: str
    answers: Answers


CALM: Mapping[str, Any] = {
    "adult": "yes",
    "safety_now": ["none"],
    "safety_soon": ["none"],
    "peg_1": 5,
    "peg_2": 5,
    "peg_3": 5,
    "gad_1": 0,
    "gad_2": 1,
    "phq_1": 0,
    "phq_2": 0,
    "panic": "no",
    "tension": 2,
    "stuck_thoughts": 2,
    "avoid": 2,
    "sleep": 7,
    "active_days": 5,
    "using_now": ["movement"],
    "conditions": ["none"],
}
TROUBLES: Mapping[str, Mapping[str, Any]] = {
    "little else": {},
    "an alarm that stays on": {"gad_1": 3, "gad_2": 3},
    "panic": {"panic": "yes", "gad_1": 2, "gad_2": 1},
    "stuck thoughts": {"stuck_thoughts": 9},
    "tight muscles": {"tension": 9},
    "fear of moving": {"avoid": 9, "active_days": 1},
    "poor sleep": {"sleep": 1},
    "a bit of everything, and passive care": {
        "gad_1": 2,
        "gad_2": 2,
        "tension": 7,
        "stuck_thoughts": 6,
        "avoid": 6,
        "sleep": 3,
        "active_days": 1,
        "using_now": ["medicine", "massage"],
    },
}
DURATIONS = ("under6", "6to12", "over12", "comesgoes")
HEALTH: Mapping[str, list[str]] = {
    "no condition": ["none"],
    "trauma, numb feet and thin bones": ["numb", "osteo", "trauma"],
    "rather not say": ["skip"],
}


def _case(duration: str, trouble: str, health: str) -> Case:
    follow_up = {"flare_recent": "yes"} if duration == "comesgoes" else {}
    answers = {**CALM, **TROUBLES[trouble], **follow_up, "duration": duration, "conditions": HEALTH[health]}
    return Case(name=f"{duration}; {trouble}; {health}", answers=answers)


CASES = tuple(_case(*parts) for parts in product(DURATIONS, TROUBLES, HEALTH))
