"""Danger signs: the least level of each, as the sources list them (evidence section 3a).

Staff may word a sign anew or raise its level in the library. They can never lower it below what stands
here, and a sign that the library lost is still known. A sign that nobody knows counts as the most
urgent one of the list it was ticked in.
"""

from collections.abc import Mapping

from coaching.core.questions.chapters import GROUPS, LAST_GROUP
from content.core.vocabulary import Level

LEAST_LEVEL: Mapping[str, Level] = {
    "saddle_numbness": Level.NOW,
    "bladder_bowel": Level.NOW,
    "sexual_function": Level.NOW,
    "both_legs": Level.NOW,
    "leg_weakness": Level.NOW,
    "serious_fall": Level.NOW,
    "chest_pain": Level.NOW,
    "chest_effort": Level.NOW,
    "aneurysm_sudden": Level.NOW,
    "tearing_pain": Level.NOW,
    "pregnancy_signs": Level.NOW,
    "fever_very_unwell": Level.NOW,
    "fever": Level.TODAY,
    "weak_immune": Level.TODAY,
    "small_fall_severe": Level.TODAY,
    "kidney": Level.TODAY,
    "belly_pulse": Level.SOON,
    "cancer_history": Level.SOON,
    "weight_loss": Level.SOON,
    "night_pain": Level.SOON,
    "lump_shape": Level.SOON,
    "between_shoulders": Level.SOON,
    "cough_pain": Level.SOON,
    "small_fall": Level.SOON,
    "morning_stiffness": Level.VISIT,
}
CHEST_SIGNS = frozenset({"chest_pain", "chest_effort", "tearing_pain"})
LEVEL_OF_UNKNOWN = {"safety_soon": Level.SOON}
"""By the list it was ticked in; in any other it counts as one that needs care now."""

_URGENCY = {level: place for place, level in enumerate(Level)}


def group_of(sign: str) -> str:
    """The question that asks for a sign."""
    return next((group for group, signs in GROUPS.items() if sign in signs), LAST_GROUP)


def most_urgent(*levels: Level) -> Level:
    return min(levels, key=lambda level: _URGENCY[level])


def urgency(level: Level) -> int:
    """0 is the most urgent."""
    return _URGENCY[level]


def level_of(sign: str, step: str, levels: Mapping[str, Level]) -> Level:
    """The level of a ticked sign: what the library says, never below what stands here."""
    known = [table[sign] for table in (levels, LEAST_LEVEL) if sign in table]
    return most_urgent(*known) if known else LEVEL_OF_UNKNOWN.get(step, Level.NOW)
