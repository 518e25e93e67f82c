"""When to ask for danger signs again: every two weeks, or when pain is up by 2 of 10 or more.

"Up" compares the newest rating a person gave with a practice against what they said of their
pain on average at the intake (PEG item 1). Within one practice it compares after with before.
"""

from datetime import datetime
from enum import StrEnum

from coaching.core.intake.safety import ASK_AGAIN_PAIN_RISE, due_again
from coaching.models import Intake, Person, Practice


class Why(StrEnum):
    TIME = "time"
    PAIN = "pain"


def recheck_due(person: Person | None, intake: Intake | None, at: datetime) -> Why | None:
    """`intake` is the finished one that the plan was made from."""
    if person is None or intake is None:
        return None
    if due_again(intake.safety_at, at):
        return Why.TIME
    return Why.PAIN if due_again(intake.safety_at, at, _rise_since(person, intake)) else None


def made_worse(practice: Practice) -> bool:
    """Whether pain rose by 2 or more within one practice."""
    if practice.pain_before is None or practice.pain_after is None:
        return False
    return practice.pain_after - practice.pain_before >= ASK_AGAIN_PAIN_RISE


def _rise_since(person: Person, intake: Intake) -> int | None:
    """Points of 0 to 10 between the newest rating since the safety step and the pain told at intake."""
    told = intake.answers.get("peg_1")
    asked_at = intake.safety_at or intake.started_at
    since = (one for one in person.newest_practices if one.started_at > asked_at)
    newest = next((one for one in since if one.pain_before is not None), None)
    if told is None or newest is None:
        return None
    rating = newest.pain_after if newest.pain_after is not None else newest.pain_before
    return rating - told
