"""Today in a week: the one next thing at its rung, its time and its place, then the rest, and what still waits.

Nothing that was left is overdue: it can be caught up on, or not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from coaching.core.intake.needs import Snapshot
from coaching.core.recommend.suggestion import Pick
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.models import Person, Rhythm, WeekChange, WeekStep
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.plan.days import part_of_day
from coaching.plan.plans import Coaching, coaching_now
from coaching.plan.rungs import Step
from coaching.week.edits import follow_the_plan
from coaching.week.weeks import OneWeek, Weeks, rhythm_of, today_in, weeks_of
from content.models import Lesson
from content.reading.amounts import length_query

LAST = time.max


@dataclass(frozen=True, kw_only=True)
class Here:
    """Whoever asks for a page, with their plan and their weeks as they stand."""

    person: Person
    coaching: Coaching
    rhythm: Rhythm | None
    weeks: Weeks
    zone: ZoneInfo
    at: datetime

    @property
    def today(self) -> date:
        return today_in(self.zone, self.at)

    @property
    def review_due(self) -> OneWeek | None:
        """Nothing is asked of whoever has left."""
        has_left = self.rhythm is not None and self.rhythm.left_at is not None
        return None if has_left else self.weeks.to_review(self.today)


def here(request: HttpRequest) -> Here | None:
    """None for whoever has no plan. What left the plan has left the week by then, with its reason."""
    person, coaching = person_of(request), coaching_now(request)
    if person is None or coaching is None:
        return None
    zone, at = preferences_of(request).zone, timezone.now()
    return stand(person, coaching, zone, at)


def stand(person: Person, coaching: Coaching, zone: ZoneInfo, at: datetime) -> Here:
    rhythm = rhythm_of(person)
    weeks = weeks_of(person, at=at, zone=zone) if rhythm else Weeks()
    is_open = weeks.current and not coaching.recommendation.blocked
    if weeks.current and is_open and follow_the_plan(weeks.current, coaching, today=today_in(zone, at), at=at):
        weeks = weeks_of(person, at=at, zone=zone)
    return Here(person=person, coaching=coaching, rhythm=rhythm, weeks=weeks, zone=zone, at=at)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One step as a page shows it. `pick` is None for what is no longer in the plan."""

    row: WeekStep
    name: str
    step: Step | None = None
    pick: Pick | None = None
    done_on: date | None = None

    @property
    def is_done(self) -> bool:
        return self.done_on is not None

    @property
    def place(self) -> str:
        return never_as_a_wish(self.row.place)

    @property
    def is_caught_up(self) -> bool:
        return self.done_on is not None and self.done_on != self.row.day

    @property
    def is_paused(self) -> bool:
        return self.row.state == WeekStep.State.PAUSED

    @property
    def is_out(self) -> bool:
        return self.row.state == WeekStep.State.TAKEN_OUT

    @property
    def minutes(self) -> int:
        """Never more than the rung holds now: what safety made short is short here too."""
        return min(self.row.minutes, self.step.minutes) if self.step else self.row.minutes

    @property
    def is_lighter(self) -> bool:
        return self.step is not None and self.row.minutes < self.step.minutes

    @property
    def query(self) -> str:
        return length_query(self.minutes)

    @property
    def why(self) -> str:
        return WHY_OUT().get(self.row.why, "")

    @property
    def own_drawn_by(self) -> tuple[Any, ...]:
        """With the plan and the library as they stand, all that a page says of it follows from these. The place by its
        seal, which is another whenever it is told."""
        row = self.row
        planned = (row.pk, row.technique_id, row.day, row.at, row.sealed_place, row.minutes, row.state, row.why)
        return (*planned, row.done_at is not None, self.done_on, self.step)


def WHY_OUT() -> dict[str, str]:  # noqa: N802 (a table, read in the language of the page)
    Why = WeekChange.Why  # noqa: N806
    return {
        Why.SAFETY: _("Left out for your safety."),
        Why.LIBRARY: _("Left out: we no longer offer it."),
        Why.PLAN: _("Left out: it is no longer in your plan."),
    }


@dataclass(frozen=True, kw_only=True)
class WeekDay:
    """A day of a week that runs. It answers what `plan.days.Day` does, for the same page."""

    greeting: str
    today: date
    lines: tuple[Line, ...]
    waiting: tuple[Line, ...] = ()
    goal: str = ""
    is_enough: bool = False
    has_plan: bool = True
    in_week: bool = field(default=True, init=False)

    @cached_property
    def parts(self) -> tuple[Line, ...]:
        """What is meant for today and can be begun."""
        return tuple(line for line in self.lines if line.pick and not line.is_paused and not line.is_out)

    @cached_property
    def next_part(self) -> Line | None:
        return None if self.is_enough else next((line for line in self.parts if not line.is_done), None)

    @property
    def following(self) -> Pick | None:
        return self.next_part.pick if self.next_part else None

    @property
    def rest(self) -> tuple[Line, ...]:
        """All of today but the next thing."""
        return tuple(line for line in self.lines if line is not self.next_part)

    @property
    def is_complete(self) -> bool:
        return self.is_enough or (bool(self.parts) and self.following is None)

    @property
    def is_free(self) -> bool:
        return not self.parts

    @cached_property
    def own_drawn_by(self) -> tuple[Any, ...]:
        """As of `plan.days.Day`."""
        return (self.greeting, self.is_enough, self.lines, self.waiting)


def day_in_week(now: Here) -> WeekDay | None:
    """None for whoever keeps no week, or has none that runs."""
    coaching, rhythm, today = now.coaching, now.rhythm, now.today
    if coaching.recommendation.blocked or rhythm is None or now.weeks.current is None:
        return None
    lines = lines_of(now.weeks.current, coaching, until=today)
    planned = WeekStep.State.PLANNED
    waiting = (line for line in lines if line.row.day < today and line.pick and not line.is_done)
    return WeekDay(
        greeting=part_of_day(now.at.astimezone(now.zone).hour),
        today=today,
        lines=tuple(line for line in lines if line.row.day == today),
        waiting=tuple(line for line in waiting if line.row.state == planned),
        goal=coaching.goal,
        is_enough=rhythm.enough_on == today,
    )


def lines_of(one: OneWeek, coaching: Coaching, *, until: date = date.max) -> tuple[Line, ...]:
    picks: Mapping[str, Pick] = {pick.technique: pick for pick in coaching.recommendation.picks}
    steps = (step for step in one.steps if step.day <= until)
    ordered = sorted(steps, key=lambda step: (step.day, step.at or LAST, step.pk))
    return tuple(
        Line(
            row=step,
            name=_name_of(step, coaching),
            step=coaching.steps.of(step.technique_id) if step.technique_id in picks else None,
            pick=picks.get(step.technique_id),
            done_on=one.done.get(step.pk),
        )
        for step in ordered
    )


def _name_of(step: WeekStep, coaching: Coaching) -> str:
    facts = coaching.options.by_slug.get(step.technique_id)
    return facts.name if facts else step.technique.name


def lesson_for(
    snapshot: Snapshot, techniques: Iterable[str], lessons: Iterable[Lesson], read: Iterable[str], at: datetime
) -> Lesson | None:
    """The lesson that fits what is strongest: on the strongest need, in the course or beside it, not yet read.

    Of several, one on the first practice of the plan comes first, then one of the course, in its order.
    """
    done, first = set(read), next(iter(techniques), "")
    open_ones = [one for one in lessons if one.is_published(at) and one.slug not in done]
    for need in sorted(snapshot.needs, key=lambda need: -snapshot.needs[need]):
        fitting = [one for one in open_ones if need.value in one.needs]
        if fitting:
            return min(fitting, key=lambda one: _rank(one, first))
    return None


def _rank(lesson: Lesson, first: str) -> tuple[Any, ...]:
    return (lesson.technique_id != first, lesson.course is None, lesson.course or 0, lesson.position, lesson.slug)
