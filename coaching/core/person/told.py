"""What a person tells beside the scales: where it sits, what turns it up, what was tried, what they would rather do.

Four questions of our own, each optional. They are no scale and have no score: they steer the choice
between techniques (`leads`), never what is safe. A technique that was tried is told as "slug:went",
so that a list of words holds it; told twice, the more careful word counts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from content.core.vocabulary import Term


class Place(Term):
    """Where the pain or the tightness sits."""

    NECK = "neck", "Neck"
    SHOULDERS = "shoulders", "Shoulders"
    UPPER_BACK = "upper_back", "Upper back"
    LOW_BACK = "low_back", "Low back"
    HIPS = "hips", "Hips or buttocks"
    LEGS = "legs", "Down a leg"


WHERE_OF = {
    Place.NECK: "neck",
    Place.SHOULDERS: "neck",
    Place.UPPER_BACK: "mid_back",
    Place.LOW_BACK: "low_back",
    Place.HIPS: "low_back",
    Place.LEGS: "low_back",
}
"""The words of a guide (`content/core/ways.py`) that are for a place."""


class Trigger(Term):
    """What turns it up."""

    SITTING = "sitting", "Sitting for long"
    BENDING = "bending", "Bending or lifting"
    BAD_NIGHT = "bad_night", "A bad night"
    OVERDOING = "overdoing", "Doing too much on a good day"
    STRESS = "stress", "Stress or conflict"
    ALONE = "alone", "Being alone with it"
    MEANING = "meaning", "Worry about what it means"
    NOWHERE = "nowhere", "It comes from nowhere"


class Rather(Term):
    """What a person would rather do."""

    QUIET = "quiet", "Sit quietly"
    MOVE = "move", "Move"
    WRITE = "write", "Write"
    LISTEN = "listen", "Listen"
    SHOWN = "shown", "Be shown"


class Went(Term):
    """How something that was tried went, the word that asks for most care last."""

    HELPED = "helped", "It helped"
    NOTHING = "nothing", "No change"
    WORSE = "worse", "It made it worse"


MOST_TRIGGERS = 3
CAN_BE_TRIED: Mapping[str, str] = {
    "walking": "Walking",
    "yoga": "Yoga or stretching",
    "exposure": "Going back to feared moves",
    "pacing": "Pacing the day",
    "breathing": "Slow breathing",
    "pmr": "Muscle relaxation",
    "imagery": "Guided imagery",
    "mindfulness": "Mindfulness",
    "cbt_thought": "Testing thoughts",
    "cbt_worry": "A time for worry",
    "sleep": "Sleep training",
    "heat": "Heat",
    "cold": "Cold",
}
"""Everything of the library that can be practised, in words that people use for it."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """`tried` by the technique's slug. What was not told is empty."""

    places: tuple[Place, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    rather: tuple[Rather, ...] = ()
    tried: Mapping[str, Went] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """For which place a guide speaks; empty where several are ticked or none, so that it speaks for any."""
        return _one_where(self.places)


NOTHING_TOLD = Told()

Kind = TypeVar("Kind", bound=Term)


def where_told(answers: Mapping[str, Any]) -> str:
    """`where` of what was told, for whoever asks for nothing else of it."""
    return _one_where(_terms(Place, answers["place"])) if answers.get("place") else ""


def _one_where(places: Iterable[Place]) -> str:
    wheres = {WHERE_OF[place] for place in places}
    return wheres.pop() if len(wheres) == 1 else ""


def read_told(answers: Mapping[str, Any]) -> Told:
    return Told(
        places=_terms(Place, answers.get("place", ())),
        triggers=_terms(Trigger, answers.get("triggers", ())),
        rather=_terms(Rather, answers.get("rather", ())),
        tried=_tried(answers.get("tried", ())),
    )


def _terms(kind: type[Kind], codes: Iterable[str]) -> tuple[Kind, ...]:
    """In the order of the list that was shown, whatever the order of the taps."""
    ticked = set(codes)
    return tuple(term for term in kind if term.value in ticked)


def _tried(codes: Iterable[str]) -> dict[str, Went]:
    ticked = set(codes)
    # A later word of `Went` takes the place of an earlier one.
    return {slug: went for went in Went for slug in CAN_BE_TRIED if f"{slug}:{went}" in ticked}
