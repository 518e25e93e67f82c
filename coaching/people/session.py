"""Who is being coached in this request.

An anonymous visitor becomes a Person with the first answer or practice; its id lives in
the session. When that visitor signs up, the Person goes along, at the first request after.
A visitor who logs in to an account that is already coached has two: the account's own is
used, and what this browser holds waits (`waiting_person`) until the person says whether
it is theirs too, for the browser may be shared. `coaching/belongings/joining.py` then joins the two.
"""

from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.erasing import tombstones
from accounts.members import personal_data
from accounts.members.consents import agree_to_health
from accounts.models import Profile, User
from coaching.models import Person
from coaching.people.visits import count_visit

SESSION_KEY = "person"
OF_ACCOUNT = "person__id"
"""Comes with each session of an account (`accounts/guard/session_store.py`)."""
KEPT_AS = "coached_person"
"""Looked up once a request."""


def person_of(request: HttpRequest) -> Person | None:
    kept = vars(request)
    if KEPT_AS not in kept:
        kept[KEPT_AS] = _find(request)
    return kept[KEPT_AS]


def person_for(request: HttpRequest, *, comes_first: bool = False) -> Person:
    """The person of this request, made if there is none yet. Only for requests that save something.

    What tells of danger `comes_first`: no limit holds it up.
    """
    person = person_of(request)
    if person is None:
        user = request.user if request.user.is_authenticated else None
        if user is None:
            count_visit(request, comes_first=comes_first)
        person = vars(request)[KEPT_AS] = _make(user)
        if user is None:
            request.session[SESSION_KEY] = person.pk
    return person


def person_to_add_to(request: HttpRequest) -> Person:
    """As `person_for`, without the answers: for requests that only add a row."""
    if KEPT_AS not in vars(request) and request.user.is_authenticated:
        key = _brought(request)
        person = Person.objects.by_key_alone(key) if key else Person.objects.without_answers_of(request.user.pk)
        if person:
            return person
    return person_for(request)


def _brought(request: HttpRequest) -> str | None:
    brought = getattr(request.session, "brought", None)
    return brought(OF_ACCOUNT, request.user.pk) if brought else None


def _make(user: User | None) -> Person:
    if user is None:
        return Person.objects.create()
    agree_to_health(user, at=timezone.now())
    # Another tab may have come first.
    return Person.objects.get_or_create(user=user)[0]


def _find(request: HttpRequest) -> Person | None:
    if not hasattr(request, "user"):
        # Refused before the session was read: the request names another host, or its form cannot be read.
        return None
    if request.user.is_authenticated:
        return Person.objects.of_account(request.user.pk) or _adopt(request)
    return _of_session(request)


def _of_session(request: HttpRequest) -> Person | None:
    key = request.session.get(SESSION_KEY)
    person = Person.objects.of_visit(key) if key else None
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
    agree_to_health(user, at=timezone.now())
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
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return None
    waiting = _of_session(request)
    return waiting if waiting and waiting != person_of(request) else None


def step_back(request: HttpRequest) -> None:
    """A visitor again, with all that was done here, out of an account whose address was never proved. The account goes.

    Whoever logs in then is asked whether what this browser holds is theirs, as always.
    """
    user = User.objects.get(pk=request.user.pk)
    person, profile = Person.objects.filter(user=user).first(), Profile.objects.of(user)
    logout(request)
    with transaction.atomic():
        Person.objects.filter(user=user).update(user=None)
        personal_data.erase(user)
    vars(request).pop(KEPT_AS, None)
    if person:
        request.session[SESSION_KEY] = person.pk
        request.session["hides_pain"] = profile.hide_pain_numbers


def erase_stranger(request: HttpRequest) -> None:
    """Remove all that this browser holds without an account, at once."""
    person = _of_session(request)
    if person:
        tombstones.lay("person", person)
        person.delete()
        del request.session[SESSION_KEY]
