"""Two persons who turn out to be one: what a browser held before its owner logged in to an account with its own.

The account's person says whether that is theirs (`bring_along`) or another's (`leave_behind`).
"""

from datetime import datetime

from django.db import transaction

from coaching.comparing.comparisons import hand_over_comparisons
from coaching.intake.intakes import is_in_danger, keep_alarm
from coaching.lessons.course_runs import hand_over_course
from coaching.lessons.progress import hand_over_reading
from coaching.models import Intake, Person, Plan, Practice
from coaching.practice.breaths import hand_over_breaths
from coaching.progress.check_ins import hand_over_check_ins
from coaching.progress.unwanted import hand_over_unwanted
from coaching.sharing.keeping import hand_over_links
from coaching.tools.entries import hand_over_entries
from coaching.week.keeping import hand_over_weeks


@transaction.atomic
def bring_along(waiting: Person, person: Person, at: datetime) -> None:
    """Move practices, lessons and answers to the account's person, and end the other.

    The account keeps the plan it has; without one, the other's comes along. Danger stays danger.
    """
    if not _are_here(waiting, person):
        return
    in_danger = is_in_danger(person, waiting)
    known = person.practices.values("client_id")
    Practice.objects.filter(person=waiting).exclude(client_id__in=known).update(person=person)
    hand_over_reading(waiting, person)
    hand_over_course(waiting, person)
    _join_intakes(waiting, person)
    hand_over_entries(waiting, person)
    hand_over_breaths(waiting, person)
    hand_over_check_ins(waiting, person)
    hand_over_unwanted(waiting, person)
    hand_over_weeks(waiting, person)
    hand_over_comparisons(waiting, person, at)
    hand_over_links(waiting, person)
    if not person.plans.current().exists():
        Plan.objects.filter(person=waiting).update(person=person)
    waiting.delete()
    if in_danger:
        keep_alarm(person, at)


def _are_here(waiting: Person, person: Person) -> bool:
    """Whether both still stand, held so that no other tab writes to either meanwhile."""
    held = Person.objects.select_for_update().filter(pk__in=[waiting.pk, person.pk]).order_by("pk")
    waiting.forget_what_was_read()
    person.forget_what_was_read()
    return len(held) == 2


def _join_intakes(waiting: Person, person: Person) -> None:
    """One row of intakes in the order they were begun, of which only the last may be unfinished."""
    both = Intake.objects.filter(person__in=[waiting, person])
    last = both.newest()
    if last:
        both.open().exclude(pk=last.pk).delete()
    for intake in waiting.intakes.all():
        _hand_over(intake, person)


def _hand_over(intake: Intake, person: Person) -> None:
    # The seals name their owner, so they are made anew for the new one.
    answers, level = intake.answers, intake.safety_level
    intake.person = person
    intake.answers, intake.safety_level = answers, level
    intake.save()


def leave_behind(waiting: Person) -> None:
    waiting.delete()
