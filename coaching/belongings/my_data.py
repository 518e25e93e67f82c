"""What the coach keeps of a person: to take along as plain values, and to erase."""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings

from accounts.erasing import tombstones
from accounts.members.extent import WHOLE, Extent
from accounts.members.personal_data import Source, register
from accounts.models import User
from accounts.work.slices import GoesOn, delete_in_batches, for_ever
from coaching.belongings.rows import export_rows
from coaching.comparing.comparisons import export_comparisons
from coaching.lessons.course_runs import export_course
from coaching.lessons.progress import notes_of
from coaching.models import LessonProgress, Person, PlanChange, Practice
from coaching.models.person import LONG_AGO
from coaching.practice.breaths import export_breaths
from coaching.practice.questions import RATINGS
from coaching.progress.check_ins import export_check_ins
from coaching.progress.unwanted import export_unwanted
from coaching.reminders.keeping import erase_reminders, export_reminders
from coaching.research.sharing import export_share
from coaching.sharing.keeping import export_links
from coaching.tools.entries import export_of
from coaching.week.keeping import export_weeks


def export(user: User, extent: Extent = WHOLE) -> dict[str, Any]:
    person = Person.objects.filter(user=user).first()
    return export_person(person, extent) if person else {}


def export_person(person: Person, extent: Extent = WHOLE) -> dict[str, Any]:
    """Of somebody with or without an account."""
    plans = person.plans.prefetch_related("items", "changes").order_by("id")
    return {
        "visit": _visit(person),
        "intakes": extent.oldest_first(person.intakes.order_by("id"), _intake),
        "plans": extent.oldest_first(plans, partial(_plan, extent=extent)),
        "practices": extent.oldest_first(person.practices.order_by("started_at"), _practice),
        "tools": export_of(person, extent),
        "lessons": extent.oldest_first(person.lessons.order_by("id"), _lesson),
        "course": export_course(person, extent),
        "breaths": export_breaths(person, extent),
        "check_ins": export_check_ins(person, extent),
        "unwanted_effects": export_unwanted(person, extent),
        **export_weeks(person, extent),
        "comparisons": export_comparisons(person, extent),
        "research": export_share(person),
        "shared_links": export_links(person, extent),
    }


VISIT = ("made_at", "seen_on", "check_in_from", "pain_rose_at", "letters_look_on")
PRACTICE_FIELDS = (
    "technique_id",
    "guide",
    "started_at",
    "seconds",
    *RATINGS,
    "received_at",
)


def _visit(person: Person) -> dict[str, Any]:
    told = {name: getattr(person, name) for name in VISIT}
    # Of whom the letters have not looked at yet, a day stands there that no letter knows of.
    return {name: None if value == LONG_AGO else value for name, value in told.items()}


def _practice(row: Practice) -> dict[str, Any]:
    return {name: getattr(row, name) for name in PRACTICE_FIELDS}


def _lesson(progress: LessonProgress) -> dict[str, Any]:
    return {
        "lesson_id": progress.lesson_id,
        "done_at": progress.done_at,
        "stopped_at": progress.stopped_at,
        "size": progress.size,
        "paragraph": progress.block,
        "percent": progress.percent,
        "bookmarked_at": progress.bookmarked_at,
        "written": notes_of(progress),
        "changed_at": progress.changed_at,
    }


def _intake(intake: Any) -> dict[str, Any]:
    """What was given on that day alone; each answer told before stands with the day it was given on."""
    answers = intake.answers
    return {
        "version": intake.version,
        "started_at": intake.started_at,
        "finished_at": intake.finished_at,
        "is_check_in": intake.is_check_in,
        "danger_level": intake.safety_level,
        "signs_at": intake.safety_at,
        "answers": {name: value for name, value in answers.items() if value is not None},
        "taken_back": [name for name, value in answers.items() if value is None],
    }


def _plan(plan: Any, extent: Extent) -> dict[str, Any]:
    return {
        "made_at": plan.made_at,
        "kept_at": plan.kept_at,
        "ended_at": plan.ended_at,
        "minutes_a_day": plan.minutes_a_day,
        "techniques": [
            {"technique": item.technique_id, "state": item.state, "probability": item.probability}
            for item in plan.items.all()
        ],
        "looked_at": plan.looked_at,
        "sure": plan.sure,
        "held": plan.held,
        "changes": extent.came_along(plan.changes.all(), _plan_change),
    }


def _plan_change(change: PlanChange) -> dict[str, Any]:
    return {
        "at": change.at,
        "why": change.why,
        "taken": change.taken_id,
        "given": change.given_id,
        "probability": change.probability,
    }


def erase(user: User) -> None:
    for person in Person.objects.filter(user=user):
        erase_person(person)


def erase_person(person: Person) -> None:
    """Of an account, or a visit without one: in an old backup the same person may still be either."""
    tombstones.lay("person", person)
    person.delete()


def announce() -> None:
    register(
        Source(
            name="coaching",
            words=(
                "Your answers, plans and rated practices, what you wrote in the tools and beside the lessons, "
                "where you are in each lesson and in the course, the lessons you marked, the breaths you named, your "
                "check-ins, unwanted effects that you told of, what you compared, your "
                "weeks with their reviews, what you logged, what you wrote when you left, and what you shared by a "
                "link, with each time it was opened."
            ),
            export=export,
            erase=erase,
        )
    )
    register(
        Source(
            name="reminders_sent",
            words="On which days a reminder came or was left out, and the browsers that show them.",
            export=export_reminders,
            erase=erase_reminders,
        )
    )
    register(
        Source(
            name="rows",
            words="The same once more, row by row, so that you can bring it into another account.",
            export=export_rows,
            erase=lambda user: None,
        )
    )
    living = Person.objects.iterator
    tombstones.register(
        tombstones.Kind(name="person", living=living, named=lambda person: person.pk, erase=erase_person)
    )


def forget_strangers(at: datetime, goes_on: GoesOn = for_ever) -> int:
    """Remove everybody without an account whose visit cookie has lapsed by now; how many rows went."""
    last = at.date() - timedelta(seconds=settings.SESSION_COOKIE_AGE, days=1)
    return delete_in_batches(Person.objects.filter(user=None, seen_on__lt=last), goes_on)
