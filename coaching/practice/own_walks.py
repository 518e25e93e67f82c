"""What the page asks for a walk of one's own length, and what the person's pacing plan says of it."""

from dataclasses import dataclass

from coaching.core.practice.walk import LEAST, WalkPlan, WalkWords
from coaching.core.tools.kinds.pacing_planner import PACING_PLANNER
from coaching.core.tools.pacing_plan import plan_of
from coaching.models import Person
from coaching.practice.choices import Choices, most_minutes, words_of_own_length
from coaching.tools.entries import newest_answers


@dataclass(frozen=True, kw_only=True)
class OwnWalk:
    """What the page asks for a walk of one's own length; `planned` is what the person's pacing plan says."""

    least: int
    most: int
    minutes: int | None
    planned: int | None
    plan: WalkPlan | None


def own_walk(choices: Choices, person: Person | None) -> OwnWalk | None:
    if not isinstance(words_of_own_length(choices.guide), WalkWords):
        return None
    most = most_minutes(choices.limits)
    planned = _planned(person, most)
    asked = None if choices.is_usual else choices.minutes
    return OwnWalk(
        least=LEAST,
        most=most,
        minutes=asked or planned or choices.minutes,
        planned=planned if planned != asked else None,
        plan=choices.walk if asked else None,
    )


def _planned(person: Person | None, most: int) -> int | None:
    """This week's minutes of the newest pacing plan, if that is about walking and counts minutes."""
    for answers in newest_answers(person, PACING_PLANNER, most=1):
        plan = plan_of(answers)
        week = plan.next_week if plan else None
        is_walk = "walk" in answers.get("activity", "").casefold()
        if week and plan and is_walk and plan.unit.casefold() == "minutes":
            return min(max(week.amount, LEAST), most)
    return None
