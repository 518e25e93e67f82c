"""How it goes over time, what works for this person, and whether their ratings may teach others."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.core.consent_words import POOLING_VERSION, POOLING_WORDS, version_in
from accounts.members.requests import OwnRequest
from accounts.models import Consent, ConsentKind
from coaching.danger import way_back
from coaching.danger.gate import danger_first
from coaching.intake.rechecks import recheck_due
from coaching.learning.effects import Effect, effects_of
from coaching.learning.goes import goes_of
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.plan import plans
from coaching.plan.knowledge import knowledge
from coaching.practice.later import later_for
from coaching.progress.page import LATELY, Given, managed_of
from coaching.progress.patterns import shown_patterns
from coaching.progress.read import MOST_NOTES, read_of
from coaching.week.log import managed_since
from content.core.vocabulary import Family


@require_safe
@never_cache
@danger_first
def progress(request: HttpRequest) -> HttpResponse:
    """How it goes: what was given over time, and what may be said of it."""
    person, told, at = person_of(request), preferences_of(request), timezone.now()
    way_back.is_back(request)
    if person is None:
        return render(request, "coaching/progress.html")
    known = knowledge()
    read = read_of(person, known, told.zone, hides_pain=told.hides_pain)
    context = {
        "read": read,
        "given": Given(read),
        "recheck": recheck_due(person, person.newest_finished, at),
        "managed": managed_of(person, known, at=at, zone=told.zone),
        "own_words": managed_since(person, (at - LATELY).astimezone(told.zone).date())[:MOST_NOTES],
    }
    return render(request, "coaching/progress.html", context)


@require_safe
@never_cache
@danger_first
def what_works(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    coaching = plans.coaching_for(request)
    context = {
        "coaching": coaching,
        "effects": _effects(request, coaching) if coaching and person else (),
        "later": later_for(request, coaching, timezone.now()),
        "count": person.practices.count() if person else 0,
        "pool_words": POOLING_WORDS[_pool_version()],
        "is_pooling": _is_pooling(request),
    }
    return render(request, "coaching/what_works.html", context)


@require_safe
@never_cache
@danger_first
def patterns(request: HttpRequest) -> HttpResponse:
    person, told = person_of(request), preferences_of(request)
    if person is None or person.newest_finished is None:
        return redirect("coaching:intake")
    moving = [one.slug for one in knowledge().options.techniques if one.family is Family.MOVING]
    shown, outcome = shown_patterns(person, moving, told.zone, hides_pain=told.hides_pain)
    return render(request, "coaching/patterns.html", {"patterns": shown, "outcome": outcome})


def _effects(request: HttpRequest, coaching: plans.Coaching) -> tuple[Effect, ...]:
    practices = coaching.plan.person.newest_practices
    return effects_of(
        goes_of(practices, coaching.options),
        coaching.options,
        pool=coaching.knowledge.pool,
        picks=coaching.recommendation.picks,
        hides_pain=preferences_of(request).hides_pain,
    )


@require_POST
@login_required
def pooling(request: OwnRequest) -> HttpResponse:
    at = timezone.now()
    if request.POST.get("agree") == "yes":
        words = {"words": POOLING_WORDS[_pool_version()], "words_version": _pool_version()}
        Consent.objects.give(request.user, ConsentKind.POOLING, at=at, **words)
    else:
        Consent.objects.withdraw(request.user, ConsentKind.POOLING, at=at)
    return redirect("coaching:what_works")


def _pool_version() -> str:
    return version_in(get_language() or "", POOLING_VERSION, POOLING_WORDS)


def _is_pooling(request: HttpRequest) -> bool:
    if not request.user.is_authenticated:
        return False
    return Consent.objects.standing().filter(user=request.user, kind=ConsentKind.POOLING).exists()
