"""Who is being coached in this request.

An anonymous visitor becomes a Person with the first answer or practice; its id lives in
the session. When that visitor signs up, the Person goes along, at the first request after.
A visitor who logs in to an account that is already coached has two: the account's own is
used, and what this browser holds waits until the person says whether it is theirs too
(`waiting_person`, `bring_along`, `leave_behind`): the browser may be shared.
"""

from datetime import datetime

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.members import health_consent
from accounts.models import Profile, User
from coaching.intake.intakes import is_in_danger, keep_alarm
from coaching.lessons.course_runs import hand_over_course
from coaching.lessons.progress import hand_over_reading
from coaching.models import Intake, Person, Plan, Practice
from coaching.practice.breaths import hand_over_breaths
from coaching.tools.entries import hand_over_entries

SESSION_KEY = "person"
KEPT_AS = "coached_person"
"""Looked up once a request."""


def person_of(request: HttpRequest) -> Person | None:
    kept = vars(request)
    if KEPT_AS not in kept:
        kept[KEPT_AS] = _find(request)
    return kept[KEPT_AS]


def person_for(request: HttpRequest) -> Person:
    """The person of this request, made if there is none yet. Only for requests that save something."""
    person = person_of(request)
    if person is None:
        user = request.user if request.user.is_authenticated else None
        person = vars(request)[KEPT_AS] = _make(user)
        if user is None:
            request.session[SESSION_KEY] = person.pk
    return person


def _make(user: User | None) -> Person:
    if user is None:
        return Person.objects.create()
    health_consent.agree(user, at=timezone.now())
    # Another tab may have come first.
    return Person.objects.get_or_create(user=user)[0]


def _find(request: HttpRequest) -> Person | None:
    if request.user.is_authenticated:
        return Person.objects.filter(user=request.user).first() or _adopt(request)
    return _of_session(request)


def _of_session(request: HttpRequest) -> Person | None:
    key = request.session.get(SESSION_KEY)
    person = Person.objects.filter(pk=key, user=None).first() if key else None
    if person and person.seen_on != timezone.localdate():
        # Once a day, so that answers are forgotten only when the visit is over.
        Person.objects.filter(pk=person.pk).update(seen_on=timezone.localdate())
    return person


def _adopt(request: HttpRequest) -> Person | None:
    person = _of_session(request)
    if person is None:
        return None
    # Conditional, so that two tabs cannot give one Person to two accounts.
    user = User.objects.get(pk=request.user.pk)
    if not Person.objects.filter(pk=person.pk, user=None).update(user=user):
        return Person.objects.filter(user=user).first()
    del request.session[SESSION_KEY]
    person.user = user
    health_consent.agree(user, at=timezone.now())
    _take_minutes_along(person, user)
    return person


def _take_minutes_along(person: Person, user: User) -> None:
    """The minutes a plan was made for become those of the new account's profile."""
    plan = person.plans.current().first()
    if plan:
        Profile.objects.of(user)
        Profile.objects.filter(user=user).update(minutes_a_day=plan.minutes_a_day)


def waiting_person(request: HttpRequest) -> Person | None:
    """What this browser held before somebody logged in to an account that has its own."""
    if not request.user.is_authenticated:
        return None
    waiting = _of_session(request)
    return waiting if waiting and waiting != person_of(request) else None


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
    # The seal names its owner, so the answers are sealed anew for the new one.
    answers = intake.answers
    intake.person = person
    intake.answers = answers
    intake.save()


def erase_stranger(request: HttpRequest) -> None:
    """Remove all that this browser holds without an account, at once."""
    person = _of_session(request)
    if person:
        person.delete()
        del request.session[SESSION_KEY]


def leave_behind(waiting: Person) -> None:
    waiting.delete()
