"""What a guide asks of the body and the mind, so that a caution can hang on the act and not on a file's place alone.

A guide is filed under one technique and may do more than its name says: gentle moves are filed under steady
activity, and they bend and turn a back. Each guide names its demands; a caution on a demand holds for every guide
that makes it. What is only a choice counts too, because somebody will choose it: lying down where one may sit,
eyes closed where they may stay open, a pause in a breath.

The steps themselves show some demands (`shown`), so that a guide cannot keep silent about those.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from content.core.steps import OtherWords, Step, read_steps
from content.core.vocabulary import Cue, Skin, Term
from content.core.ways import Way


class Demand(Term):
    """One thing that a guide asks for, in the order in which pages name it."""

    STILL = "still", "Sitting still, and nothing more"
    STANDING = "standing", "Standing, or moving on the feet"
    WALKING = "walking", "Walking"
    EFFORT = "effort", "Being active: heart and breath work a little more"
    BENDING = "bending", "Bending or rounding the back"
    TURNING = "turning", "Turning the back or reaching over to a side"
    LYING = "lying", "Lying down"
    TENSING = "tensing", "Tensing muscles"
    FEARED_MOVE = "feared_move", "Doing a move that is feared"
    PACED_BREATH = "paced_breath", "Breathing in a set rhythm"
    BREATH_PAUSE = "breath_pause", "A pause in the breath, for whoever chooses one"
    HEAT = "heat", "Warmth on the skin"
    COLD = "cold", "Cold on the skin"
    RELAXING = "relaxing", "Letting go on purpose"
    INWARD = "inward", "Turning attention to the body or the breath"
    EYES_CLOSED = "eyes_closed", "Eyes closed, for whoever chooses it"
    PICTURES = "pictures", "Pictures in the mind"
    STRONG_FEELINGS = "strong_feelings", "Looking at hard thoughts or strong feelings"
    BED_TIMES = "bed_times", "Changing the times in bed"


PHYSICAL = frozenset(
    {
        Demand.WALKING,
        Demand.EFFORT,
        Demand.BENDING,
        Demand.TURNING,
        Demand.FEARED_MOVE,
        Demand.HEAT,
        Demand.COLD,
    }
)
"""What waits while a danger sign is not checked, whatever a guide is filed under. Standing up alone does not."""

_SHOWN_BY_CUE: Mapping[str, frozenset[Demand]] = {
    Cue.HOLD: frozenset({Demand.BREATH_PAUSE}),
    Cue.TENSE: frozenset({Demand.TENSING}),
    Cue.WALK: frozenset({Demand.WALKING}),
}
_SHOWN_BY_SKIN: Mapping[str, frozenset[Demand]] = {
    # The player of a breath offers pauses to everyone whom no caution forbids them.
    Skin.BREATH: frozenset({Demand.PACED_BREATH, Demand.BREATH_PAUSE}),
    Skin.WALK: frozenset({Demand.WALKING}),
}
PLACES = frozenset({Way.NECK, Way.MID_BACK, Way.LOW_BACK})
"""Words for one place of the body are read strictly: whoever has it there is led to them unasked."""

_SHOWN_BY_WAY: Mapping[str, frozenset[Demand]] = {Way.EYES_CLOSED: frozenset({Demand.EYES_CLOSED})}
_SHOWN_BY_WORDS = {
    Demand.STANDING: r"stand (?:up|with|tall|at|near)|march (?:slowly|again)|sway",
    Demand.BENDING: r"bend (?:to|down|forward|over)|lean (?:forward|in)\b|back round",
    Demand.TURNING: r"turn (?:a little|your (?:chest|head|back))|turn to each side|twist|and a little over",
    Demand.LYING: r"(?:or lie|lie (?:down|on|with|back))\b",
    Demand.EYES_CLOSED: r"close your eyes|your eyes close",
}

_ASKED_BY_WORDS = {
    **_SHOWN_BY_WORDS,
    Demand.STANDING: r"\b(?:stand|stands|standing|march|sway|walk|walks|walking|squat|lunge)\b",
    Demand.WALKING: r"\b(?:walk|walks|walking|stroll|strolling)\b(?! away)|round the (?:room|block)|to the corner",
    Demand.EFFORT: r"\b(?:walk|walking|march|climb|jog|run|swim|cycle|dance)\b",
    Demand.BENDING: r"\b(?:bend|bends|bending|round your back|touch your toes|squat)\b|lean (?:forward|in)\b",
    Demand.TURNING: r"\b(?:twist|twists|twisting|reach over)\b|turn (?:a little|your (?:chest|head|back|trunk))",
    Demand.LYING: r"\b(?:lie|lying)\b",
    Demand.TENSING: r"\b(?:tense|fist|clench|squeeze)\b",
    Demand.BREATH_PAUSE: r"\bhold your breath\b",
    Demand.HEAT: r"\b(?:warm|hot)\b",
    Demand.COLD: r"\b(?:ice|cold)\b",
}


def shown(values: Mapping[str, Any]) -> frozenset[Demand]:
    """The demands that the form and the words of a guide give away by themselves."""
    demands = set(_SHOWN_BY_SKIN.get(values["skin"], frozenset()))
    spoken = [values["ready"], *values.get("own_length", {}).values()]
    for step in read_steps(values["steps"]):
        all_words: list[Step | OtherWords] = [step, *step.instead.values()]
        for told in all_words:
            demands |= _SHOWN_BY_CUE.get(told.cue or "", frozenset())
            spoken.append(told.words)
        for way, other in step.instead.items():
            demands |= _SHOWN_BY_WAY.get(way, frozenset())
            demands |= shown_in_words(other.words) if way in PLACES else frozenset()
    return frozenset(demands | _heard(" ".join(spoken), _SHOWN_BY_WORDS))


def shown_in_words(words: str) -> frozenset[Demand]:
    """What a sentence that asks for something, such as a step of a ladder, asks of the body: it is read strictly."""
    return _heard(words, _ASKED_BY_WORDS)


def _heard(words: str, patterns: Mapping[Demand, str]) -> frozenset[Demand]:
    said = words.casefold()
    return frozenset(demand for demand, pattern in patterns.items() if re.search(pattern, said))


def demand_faults(values: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the demands of a guide, as ends of the sentence "demands ..."."""
    told = {Demand(word) for word in values["demands"]}
    if not told:
        yield "is empty: name what the guide asks of the body, or “still” where it asks nothing"
        return
    if Demand.STILL in told and told & PHYSICAL:
        yield "says “still” beside something that moves, warms or cools"
    if lacking := [demand.value for demand in Demand if demand in shown(values) - told]:
        yield f"lacks what the guide shows: {', '.join(lacking)}"
