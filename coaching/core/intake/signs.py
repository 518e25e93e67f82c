"""Danger signs: the least level of each, as the sources list them (evidence section 3a).

Staff may word a sign anew or raise its level in the library. They can never lower it below what stands
here, and a sign that the library lost is still known. A sign that nobody knows counts as the most
urgent one of the list it was ticked in.
"""

from collections.abc import Mapping

from content.core.vocabulary import Level

LEAST_LEVEL: Mapping[str, Level] = {
    "saddle_numbness": Level.NOW,
    "bladder_bowel": Level.NOW,
    "sexual_function": Level.NOW,
    "both_legs": Level.NOW,
    "leg_weakness": Level.NOW,
    "serious_fall": Level.NOW,
    "chest_pain": Level.NOW,
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
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Numb or weak below the waist": (
        "saddle_numbness",
        "bladder_bowel",
        "sexual_function",
        "both_legs",
        "leg_weakness",
    ),
    "After a fall": ("serious_fall", "small_fall_severe"),
    "In the chest, or sudden and very bad": ("chest_pain", "aneurysm_sudden", "tearing_pain"),
    "In pregnancy": ("pregnancy_signs",),
    "Feeling ill": ("fever_very_unwell", "fever", "weak_immune", "kidney"),
    "In your body": ("belly_pulse", "cancer_history", "weight_loss", "lump_shape"),
    "How the pain is": ("night_pain", "between_shoulders", "cough_pain"),
    "Bones and joints": ("small_fall", "morning_stiffness"),
}
"""The signs under the words that a long list is read by; a sign that is in none stands under `OTHER_SIGNS`."""

OTHER_SIGNS = "Other signs"
CHEST_SIGNS = frozenset({"chest_pain", "tearing_pain"})
LEVEL_OF_UNKNOWN = {"safety_now": Level.NOW, "safety_soon": Level.SOON}

_URGENCY = {level: place for place, level in enumerate(Level)}


def group_of(sign: str) -> str:
    return next((words for words, signs in GROUPS.items() if sign in signs), OTHER_SIGNS)


def most_urgent(*levels: Level) -> Level:
    return min(levels, key=lambda level: _URGENCY[level])


def urgency(level: Level) -> int:
    """0 is the most urgent."""
    return _URGENCY[level]


def level_of(sign: str, step: str, levels: Mapping[str, Level]) -> Level:
    """The level of a ticked sign: what the library says, never below what stands here."""
    known = [table[sign] for table in (levels, LEAST_LEVEL) if sign in table]
    return most_urgent(*known) if known else LEVEL_OF_UNKNOWN[step]
