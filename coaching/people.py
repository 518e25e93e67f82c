"""Who is being coached in this request.

An anonymous visitor becomes a Person with the first answer or practice; its id lives in
the session. When that visitor signs up, the Person goes along, at the first request after.
A visitor who logs in to an account that is already coached has two: the account's own is
used, and what this browser holds waits until the person says whether it is theirs too
(`waiting_person`, `bring_along`, `leave_behind`): the browser may be shared.
"""

from django.db import transaction
from django.http import HttpRequest

from coaching.models import Intake, LessonProgress, Person, Practice

SESSION_KEY = "person"


def person_of(request: HttpRequest) -> Person | None:
    if not hasattr(request, "_person"):
        request._person = _find(request)
    return request._person


def person_for(request: HttpRequest) -> Person:
    """The person of this request, made if there is none yet. Only for requests that save something."""
    person = person_of(request)
    if person is None:
        user = request.user if request.user.is_authenticated else None
        person = request._person = Person.objects.create(user=user)
        if user is None:
            request.session[SESSION_KEY] = person.pk
    return person


def _find(request: HttpRequest) -> Person | None:
    if request.user.is_authenticated:
        return Person.objects.filter(user=request.user).first() or _adopt(request)
    return _of_session(request)


def _of_session(request: HttpRequest) -> Person | None:
    key = request.session.get(SESSION_KEY)
    return Person.objects.filter(pk=key, user=None).first() if key else None


def _adopt(request: HttpRequest) -> Person | None:
    person = _of_session(request)
    if person is None:
        return None
    # Conditional, so that two tabs cannot give one Person to two accounts.
    if not Person.objects.filter(pk=person.pk, user=None).update(user=request.user):
        return None
    del request.session[SESSION_KEY]
    person.user = request.user
    return person


def waiting_person(request: HttpRequest) -> Person | None:
    """What this browser held before somebody logged in to an account that has its own."""
    if not request.user.is_authenticated:
        return None
    waiting = _of_session(request)
    return waiting if waiting and waiting != person_of(request) else None


@transaction.atomic
def bring_along(waiting: Person, person: Person) -> None:
    """Move practices, lessons and finished intakes to the account's person, and end the other."""
    known = person.practices.values("client_id")
    Practice.objects.filter(person=waiting).exclude(client_id__in=known).update(person=person)
    read = person.lessons.values("lesson_id")
    LessonProgress.objects.filter(person=waiting).exclude(lesson_id__in=read).update(person=person)
    for intake in Intake.objects.finished().filter(person=waiting):
        _hand_over(intake, person)
    waiting.delete()


def _hand_over(intake: Intake, person: Person) -> None:
    # The seal names its owner, so the answers are sealed anew for the new one.
    answers = intake.answers
    intake.person = person
    intake.answers = answers
    intake.save()


def leave_behind(waiting: Person) -> None:
    waiting.delete()
