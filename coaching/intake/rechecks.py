"""When to ask for danger signs again: every two weeks, or when pain is up by 2 of 10 or more.

"Up" compares the newest rating a person gave with a practice, and the pain on average that they told at a check-in,
against what they said of their pain on average when they were asked last (PEG item 1). Within one practice it compares
after with before.
"""

from datetime import datetime
from enum import StrEnum

from coaching.core.intake.safety import ASK_AGAIN_PAIN_RISE, due_again
from coaching.core.practice.past import PastPractice
from coaching.intake.known import known_at
from coaching.kept import Kept
from coaching.models import Intake, Person, Practice

_kept: Kept[tuple[tuple[datetime, int] | None]] = Kept()
"""By what stands for the very practices that were looked through."""


class Why(StrEnum):
    TIME = "time"
    PAIN = "pain"


def recheck_due(person: Person | None, intake: Intake | None, at: datetime) -> Why | None:
    """`intake` is the finished one that the plan was made from."""
    if person is None or intake is None:
        return None
    if due_again(intake.safety_at, at):
        return Why.TIME
    if _rose_at_check_in(person, intake):
        return Why.PAIN
    return Why.PAIN if due_again(intake.safety_at, at, _rise_since(person, intake)) else None


def made_worse(practice: Practice) -> bool:
    """Whether pain rose by 2 or more within one practice, or by the next day."""
    told = [one for one in (practice.pain_after, practice.pain_next_day) if one is not None]
    if practice.pain_before is None or not told:
        return False
    return max(told) - practice.pain_before >= ASK_AGAIN_PAIN_RISE


def _rose_at_check_in(person: Person, intake: Intake) -> bool:
    asked_at = intake.safety_at or intake.started_at
    return person.pain_rose_at is not None and person.pain_rose_at > asked_at


def _rise_since(person: Person, intake: Intake) -> int | None:
    """Points of 0 to 10 between the newest rating since the safety step and the pain told last at the questions."""
    told, newest = known_at(person, intake).get("peg_1"), _newest_pain(person)
    asked_at = intake.safety_at or intake.started_at
    return None if told is None or newest is None or newest[0] <= asked_at else newest[1] - told


def _newest_pain(person: Person) -> tuple[datetime, int] | None:
    """The last rating of pain, with the time of its practice; looked for once while no practice changes."""
    practices, mark = person.newest_practices, person.mark_of_practices

    def look() -> tuple[tuple[datetime, int] | None]:
        told = ((one.started_at, pain) for one in practices if (pain := _last_pain(one)) is not None)
        return (next(told, None),)

    return (_kept.of(None, [mark], look) if mark else look())[0]


def _last_pain(practice: PastPractice) -> int | None:
    """The last that was said of pain with a practice."""
    told = (practice.pain_next_day, practice.pain_after, practice.pain_before)
    return next((one for one in told if one is not None), None)
