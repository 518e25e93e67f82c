"""One person's day: what was done, and the one next thing."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import takewhile
from zoneinfo import ZoneInfo

from coaching.core.recommend.suggestion import Pick
from coaching.models import Person
from coaching.plan.plans import Coaching
from coaching.plan.rungs import Step


@dataclass(frozen=True, kw_only=True)
class Part:
    pick: Pick
    is_done: bool
    step: Step | None = None

    @property
    def own_drawn_by(self) -> tuple[str | bool | Step | None, ...]:
        """The rest of the pick follows from the plan."""
        return (self.pick.technique, self.is_done, self.step)


@dataclass(frozen=True, kw_only=True)
class Day:
    """`greeting` is the part of the day: morning, afternoon, evening or night."""

    greeting: str
    parts: tuple[Part, ...] = ()
    goal: str = ""
    has_plan: bool = False

    @cached_property
    def next_part(self) -> Part | None:
        """The first of the plan not yet practised today."""
        return next((part for part in self.parts if not part.is_done), None)

    @property
    def following(self) -> Pick | None:
        return self.next_part.pick if self.next_part else None

    @property
    def is_complete(self) -> bool:
        return bool(self.parts) and self.following is None

    @cached_property
    def own_drawn_by(self) -> tuple[str | tuple[Part, ...], ...]:
        """With the plan and the library as they stand, all that a page says of it follows from these."""
        return (self.greeting, self.parts)


def day_of(person: Person | None, coaching: Coaching | None, *, at: datetime, zone: ZoneInfo) -> Day:
    greeting = part_of_day(at.astimezone(zone).hour)
    if person is None or coaching is None or coaching.recommendation.blocked:
        return Day(greeting=greeting)
    done = practised_on(person, at=at, zone=zone)
    parts = tuple(
        Part(pick=pick, is_done=pick.technique in done, step=coaching.steps.of(pick.technique))
        for pick in coaching.recommendation.picks
    )
    return Day(greeting=greeting, parts=parts, goal=coaching.goal, has_plan=True)


def practised_on(person: Person, *, at: datetime, zone: ZoneInfo) -> set[str]:
    """The techniques practised on the calendar day of `at` in the person's own time zone."""
    morning = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    today = takewhile(lambda practice: practice.started_at >= morning, person.newest_practices)
    return {practice.technique_id for practice in today}


def part_of_day(hour: int) -> str:
    if hour < 5:
        return "night"
    if hour < 12:
        return "morning"
    return "afternoon" if hour < 18 else "evening"
