"""What a person may be offered: cautions and danger signs, before any ranking.

A caution removes; nothing outvotes it. Danger signs hold here as well as in the caution rows, so that
an edited row cannot open what a sign has closed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from coaching.core.intake.needs import Snapshot
from coaching.core.intake.safety import SafetyReading
from coaching.core.recommend.options import TechniqueFacts
from content.core.cautions import CautionRow
from content.core.demands import PHYSICAL, Demand
from content.core.vocabulary import Action, Condition, Family, Limit

PHYSICAL_FAMILIES = (Family.MOVING, Family.EASING)
TENSING = frozenset({"pmr"})
"""Calming, but it tenses muscles: it waits like the physical ones when a sign needs care today."""

EXCLUDE, WARN = Action.EXCLUDE, Action.WARN
LOWERING = frozenset({Limit.RANK_LOW, Limit.GUIDED_CARE})
CHECK_FIRST = "Please get checked first."
AFTER_THE_CHECK = "A doctor should check your danger sign first. Then you can start this."
UNKNOWN_IF_SAFE = "We do not know if this is safe for you right now."
"""Said in place of a caution whose condition was not disclosed: its own words would name it."""
LEFT_OUT_WITH_CARE = "Where an answer is missing, or you would rather not say, we leave out what could do harm."

_ORDER = {condition: place for place, condition in enumerate(Condition)}


@dataclass(frozen=True, kw_only=True)
class Permit:
    """`closed_by` is the reason a technique is left out; `warnings` come with one that is shown."""

    closed_by: CautionRow | None = None
    warnings: tuple[CautionRow, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.closed_by is None

    @property
    def ranks_low(self) -> bool:
        return any(not LOWERING.isdisjoint(warning.limits) for warning in self.warnings)


OPEN = Permit()
"""Nothing stands in the way: one value for all, as most techniques are open to most people."""


def permit(technique: TechniqueFacts, snapshot: Snapshot, cautions: Iterable[CautionRow]) -> Permit:
    """What holds for one technique. Of several reasons to leave it out, one that may be named comes first."""
    sign = _held_by_sign(technique, snapshot.safety)
    present, slug = snapshot.conditions, technique.slug
    matching = [row for row in cautions if row.condition in present and row.technique == slug]
    if not matching and sign is None:
        return OPEN
    if len(matching) > 1:
        matching.sort(key=lambda row: (row.condition in snapshot.undisclosed, _ORDER[row.condition]))
    closing = [row for row in matching if row.action is EXCLUDE]
    return Permit(
        closed_by=sign or (closing[0] if closing else None),
        warnings=tuple([row for row in matching if row.action is WARN]),
    )


def may_start(technique: TechniqueFacts, snapshot: Snapshot, cautions: Iterable[CautionRow]) -> bool:
    """Whether this person may practise it here and now. Nothing may start while a sign needs care now."""
    if not technique.startable or snapshot.safety.is_emergency or snapshot.safety.is_under_age:
        return False
    return permit(technique, snapshot, cautions).is_open


def _held_by_sign(technique: TechniqueFacts, safety: SafetyReading) -> CautionRow | None:
    if not safety.holds_physical:
        return None
    physical = technique.family in PHYSICAL_FAMILIES or not PHYSICAL.isdisjoint(technique.demands)
    tenses = technique.slug in TENSING or Demand.TENSING in technique.demands
    if safety.hides_physical and (physical or tenses):
        return _closing(technique, Condition.URGENT_SIGN, CHECK_FIRST)
    return _closing(technique, Condition.OPEN_SIGN, AFTER_THE_CHECK) if physical else None


def _closing(technique: TechniqueFacts, condition: Condition, words: str) -> CautionRow:
    return CautionRow(technique=technique.slug, condition=condition, action=Action.EXCLUDE, words=words)
