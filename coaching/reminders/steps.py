"""What a reminder may say of a day: the person's own next step, as Today shows it at this moment.

It is worked out when the reminder leaves, by the same rules as the page, so what was withdrawn or is not safe any more
is not named. Where nothing is to be done (all is done, it was enough for today, a free day of the week) or nothing may
be (danger stands, the answers cannot be opened), there is nothing to say, and no reminder comes.
"""

from dataclasses import dataclass
from datetime import datetime, time
from zoneinfo import ZoneInfo

from accounts.models import User
from accounts.models.reminder_wish import profile_of
from accounts.sealing import CannotOpen
from coaching.intake.intakes import is_in_danger
from coaching.models import Person
from coaching.plan.days import day_of
from coaching.plan.knowledge import Knowledge
from coaching.plan.plans import Coaching, coaching_of
from coaching.week.today import Here, day_in_week, stand


@dataclass(frozen=True, kw_only=True)
class Told:
    """`minutes` are those of the step, `at` the time of the day that the person gave it. `is_known` is False for
    somebody who has no plan yet: they are reminded that there is something, and of no step."""

    name: str = ""
    minutes: int | None = None
    at: time | None = None
    is_known: bool = True


SOMETHING = Told(is_known=False)


def told_of(user: User, at: datetime, known: Knowledge | None = None) -> Told | None:
    """None: there is nothing to say."""
    person = Person.objects.of_account(user.pk)
    if person is None:
        return SOMETHING
    try:
        return _next_step(person, user, at, known)
    except CannotOpen:
        return None


def _next_step(person: Person, user: User, at: datetime, known: Knowledge | None) -> Told | None:
    if is_in_danger(person):
        return None
    profile = profile_of(user)
    zone = profile.zone if profile else ZoneInfo("UTC")
    coaching = coaching_of(person, profile.minutes_a_day if profile else None, known)
    if coaching is None:
        return SOMETHING
    now = stand(person, coaching, zone, at)
    if coaching.recommendation.blocked or (now.rhythm and now.rhythm.left_at):
        return None
    return _in_week(now) if now.weeks.current else _of_plan(person, coaching, at, zone)


def _in_week(now: Here) -> Told | None:
    day = day_in_week(now)
    line = day.next_part if day else None
    return Told(name=line.name, minutes=line.minutes, at=line.row.at) if line else None


def _of_plan(person: Person, coaching: Coaching, at: datetime, zone: ZoneInfo) -> Told | None:
    """Without a week: the next of the plan, at the rung on which the person stands."""
    part = day_of(person, coaching, at=at, zone=zone).next_part
    if part is None:
        return None
    return Told(name=part.pick.name, minutes=part.step.minutes if part.step else None)
