"""A flare in a week: it steps down by itself and says so; when it is over, the way back up is proposed step by step.

The flare plan, written on a good day, holds the way back in the person's own words.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from coaching.core.practice.rung import Since
from coaching.core.tools.kinds.flare_plan import FLARE_PLAN
from coaching.models import LogEntry, Person, Plan, ToolEntry, WeekChange
from coaching.plan.plans import Coaching
from coaching.week import edits
from coaching.week.weeks import Weeks, hold

Kind = LogEntry.Kind


@dataclass(frozen=True, kw_only=True)
class FlarePlan:
    """The newest one: where it stands, what comes first, whom to ask, and where its writer wants to begin again."""

    client_id: str
    first: str = ""
    people: str = ""
    easing: str = ""


def is_running(plan: Plan) -> bool:
    return any(held.get("why") == Since.FLARE for held in plan.held.values())


def is_over_for(plan: Plan, technique: str) -> bool:
    """Whether a flare that is over left it lower than it was."""
    held = plan.held.get(technique, {})
    return held.get("was") == Since.FLARE and held["before"] > held["place"]


def is_eased(plan: Plan, technique: str) -> bool:
    """Whether a week that was too much left it lower than it was."""
    held = plan.held.get(technique, {})
    return held.get("why") == Since.TOO_MUCH and held["before"] > held["place"]


@transaction.atomic
def begin(coaching: Coaching, weeks: Weeks, *, today: date, at: datetime) -> None:
    if is_running(coaching.plan):
        return
    edits.step_down(coaching, Since.FLARE, at)
    if weeks.current:
        edits.make_smaller(weeks.current, coaching, WeekChange.Why.FLARE, today=today)
        edits.write(weeks.current.week, at, WeekChange.What.DOWN, WeekChange.Why.FLARE)


@transaction.atomic
def end(plan: Plan, weeks: Weeks, at: datetime) -> None:
    """Nothing goes up at once: the review proposes the way back, one step a week."""
    lowered = {
        technique: {**held, "why": Since.CHOSEN.value, "was": Since.FLARE.value, "at": at.isoformat()}
        for technique, held in plan.held.items()
        if held.get("why") == Since.FLARE
    }
    if lowered:
        hold(plan, lowered)
        if weeks.current:
            edits.write(weeks.current.week, at, WeekChange.What.RESUMED, WeekChange.Why.FLARE_OVER)


def flare_plan_of(person: Person) -> FlarePlan | None:
    entry = ToolEntry.objects.filter(person=person, tool=FLARE_PLAN.slug).newest_first().first()
    if entry is None:
        return None
    written = entry.answers
    return FlarePlan(
        client_id=entry.client_id,
        first="\n".join(row.get("do", "") for row in written.get("first", ())),
        people="\n".join(row.get("who", "") for row in written.get("people", ())),
        easing=written.get("easing", ""),
    )
