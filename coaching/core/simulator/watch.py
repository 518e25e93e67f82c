"""A second pair of eyes on safety: whether an offer breaks a caution or danger rule, read from raw answers alone.

It shares no code with `permit`, `conditions` or `safety`, so that a slip there shows here as an unsafe
pick. The simulation asks it of every single offer. Source: evidence sections 3a and 4.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from coaching.core.recommend.options import TechniqueFacts
from content.core.cautions import CautionRow
from content.core.vocabulary import DERIVED_CONDITIONS, Action, Condition, Family, Level

BY_MOVING_OR_WARMTH = frozenset({Family.MOVING, Family.EASING})
ASKED_FOR = {condition.value for condition in Condition} - {condition.value for condition in DERIVED_CONDITIONS}


def broken_rule(
    technique: TechniqueFacts,
    answers: Mapping[str, Any],
    cautions: Iterable[CautionRow],
    levels: Mapping[str, Level],
) -> str:
    """What is wrong with offering it to this person, in words; "" when nothing is."""
    signs = {levels.get(sign, Level.NOW) for sign in ticks(answers, "safety_now")}
    signs |= {levels.get(sign, Level.SOON) for sign in ticks(answers, "safety_soon")}
    if "safety_now" not in answers or "safety_soon" not in answers:
        return "the safety step is not finished"
    if Level.NOW in signs:
        return "a danger sign needs care now"
    physical = technique.family in BY_MOVING_OR_WARMTH
    if Level.TODAY in signs and (physical or technique.slug == "pmr"):
        return "a danger sign needs care today"
    if Level.SOON in signs and physical:
        return "a danger sign is not checked yet"
    if not technique.startable or answers.get("adult") == "no":
        return "it cannot be started"
    present = conditions(answers, signs)
    broken = [row for row in cautions if row.technique == technique.slug and row.condition.value in present]
    return next((f"excluded by {row.condition}" for row in broken if row.action is Action.EXCLUDE), "")


def ticks(answers: Mapping[str, Any], item: str) -> set[str]:
    return set(answers.get(item) or ()) - {"none"}


def conditions(answers: Mapping[str, Any], signs: set[Level]) -> set[str]:
    """All that must be assumed of the person; what was not answered counts as there."""
    present = ticks(answers, "conditions")
    if "skip" in present or "conditions" not in answers:
        present |= ASKED_FOR
    if "asthma" in present:
        present.add("lung")
    if answers.get("panic", "yes") == "yes":
        present.add("panic")
    if answers.get("phq_1", 3) + answers.get("phq_2", 3) >= 3:
        present.add("low_mood")
    if _flares(answers):
        present.add("flare")
    if answers.get("self_harm", "no") != "no" or answers.get("extra_care"):
        present.add("crisis")
    return present | {"anyone"} | _names(signs)


def _flares(answers: Mapping[str, Any]) -> bool:
    duration = answers.get("duration", "under6")
    return duration == "under6" or (duration == "comesgoes" and answers.get("flare_recent", "yes") == "yes")


def _names(signs: set[Level]) -> set[str]:
    urgent = {"urgent_sign"} if signs & {Level.NOW, Level.TODAY} else set()
    return urgent | ({"open_sign"} if signs & {Level.NOW, Level.TODAY, Level.SOON} else set())
