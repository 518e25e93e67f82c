"""The techniques, one guided practice, and what to do after it."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coaching.intake.rechecks import Why, made_worse
from coaching.languages import in_english_alone
from coaching.models import Person, Practice
from coaching.people.preferences import preferences_of
from coaching.people.session import person_for, person_of
from coaching.plan.doors import shut_to
from coaching.plan.own_steps import steps_for
from coaching.plan.plans import current_plan
from coaching.plan.start_rules import rule_for_nobody, start_rule
from coaching.practice.breaths import breaths_of
from coaching.practice.choices import Choices, choices_of, sore_parts
from coaching.practice.forms import BlankGo, LaterForm, PracticeForm, Taps
from coaching.practice.own_walks import own_walk
from coaching.practice.practices import changes_of, record, take_back, tell_later
from coaching.practice.questions import RATINGS
from coaching.practice.shown import GuideOnShelf, guide_called, listed_guides
from coaching.progress.unwanted import asking_for
from coaching.public_pages import public_page
from content.core.signals import Signal
from content.core.vocabulary import Family, Skin
from content.models import Guide
from content.reading.amounts import first_rung
from content.reading.stamp import library_stamp

LEAVE_OUT = "leave_out"
"""The field that names the sore parts; with it a page is drawn anew and nothing is kept."""

# The guides a plan can hold, in the order in which the page shows their families.
SHOWN = [Family.CALMING, Family.MOVING, Family.THINKING, Family.SLEEPING, Family.EASING]


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    cards = listed_guides(timezone.now())
    shut = shut_to(request, (card.guide for card in cards))
    steps = steps_for(request)
    faces = [(card, steps.of(card.guide.technique_id), card.guide.slug in shut) for card in cards]
    shelves = [(family, [face for face in faces if face[0].guide.technique.family == family.value]) for family in SHOWN]
    context = {"shelves": [shelf for shelf in shelves if shelf[1]], "may_begin": len(shut) < len(cards)}
    return render(request, "coaching/practices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    on_shelf = _guide(slug)
    guide = on_shelf.guide
    if request.method != "POST" and not on_shelf.is_said:
        return in_english_alone(request)
    rule = start_rule(request, guide.technique_id, guide)
    taps = Taps(signal=Signal(guide.technique.outcome), hides_pain=preferences_of(request).hides_pain)
    form: BlankGo | PracticeForm = BlankGo.numbered()
    if request.method == "POST" and rule.may_start and LEAVE_OUT not in request.POST:
        form = sent = PracticeForm(request.POST, signal=taps.signal, hides_pain=taps.hides_pain)
        if sent.is_valid():
            kept, _ = record(person_for(request), guide, sent.report(), at=timezone.now())
            return redirect("coaching:practice_done", kept.client_id)
    steps = steps_for(request)
    step = steps.of(guide.technique_id)
    choices = choices_of(
        guide,
        request.GET,
        rule.limits,
        usual=step.minutes if step else None,
        sore=request.POST.getlist(LEAVE_OUT),
        where=steps.where,
        kept=breaths_of(person_of(request)) if guide.skin == Skin.BREATH else (),
    )
    context = {**page_of(on_shelf, choices, person_of(request)), "rule": rule, "form": form, "taps": taps, "step": step}
    return render(request, template_of(guide), context, status=422 if form.errors else 200)


@require_safe
def practice_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a practice for a device without a network: made without the request, so it knows nobody.

    It cannot know what speaks against the practice for whoever opens it later, so it says all that can, and it
    carries no token: what is practised there goes out with `practice_sync`.
    """
    on_shelf = _guide(slug)
    if not on_shelf.is_said:
        return in_english_alone(request)
    choices = choices_of(on_shelf.guide, request.GET, frozenset(), usual=_usual_of_anyone(on_shelf.guide))
    ways = tuple(option.value for option in choices.options.values())
    key = ("practice", slug, choices.size, choices.minutes, choices.breath, ways)
    return public_page(request, key, library_stamp(timezone.now()), lambda: _copy(on_shelf, request.GET))


def _copy(on_shelf: GuideOnShelf, asked: QueryDict) -> HttpResponse:
    guide = on_shelf.guide
    rule = rule_for_nobody(guide.technique_id, guide)
    choices = choices_of(guide, asked, rule.limits, usual=_usual_of_anyone(guide))
    page = page_of(on_shelf, replace(choices, asks_where=False), None)
    taps = Taps(signal=Signal(guide.technique.outcome))
    context = {**page, "rule": rule, "form": BlankGo(), "taps": taps, "is_copy": True}
    return HttpResponse(render_to_string(template_of(guide), context))


@require_safe
@never_cache
def practice_done(request: HttpRequest, client_id: str) -> HttpResponse:
    person, kept = person_of(request), _own(request, client_id)
    context = {
        "practice": kept,
        "changes": changes_of(kept, hides_pain=preferences_of(request).hides_pain),
        "recheck": Why.PAIN if made_worse(kept) else None,
        "has_taps": any(getattr(kept, name) is not None for name in RATINGS),
        "has_plan": current_plan(person) is not None,
        "unwanted": asking_for(kept.technique_id, kept.client_id),
    }
    return render(request, "coaching/practice_done.html", context)


@require_POST
@never_cache
def practice_taps(request: HttpRequest, client_id: str) -> HttpResponse:
    """The tap of the day after, and taking taps back."""
    practice = _own(request, client_id)
    if request.POST.get("do") == "take_back":
        take_back(practice)
        return redirect("coaching:practice_done", client_id)
    form = LaterForm(request.POST)
    if form.is_valid():
        tell_later(practice, form.cleaned_data["rating"])
    return redirect("coaching:today" if request.user.is_authenticated else "coaching:what_works")


def _usual_of_anyone(guide: Guide) -> int | None:
    rung = first_rung(guide.technique_id, timezone.now())
    return rung["minutes"] if rung else None


def page_of(on_shelf: GuideOnShelf, choices: Choices, person: Person | None) -> dict[str, Any]:
    return {
        "shown": on_shelf.in_way(choices),
        "guide": on_shelf.guide,
        "choices": choices,
        "own_walk": own_walk(choices, person),
        "sore_parts": sore_parts(choices),
    }


def template_of(guide: Guide) -> str:
    return f"coaching/practice_{'breath' if guide.skin == Skin.BREATH.value else 'steps'}.html"


def _guide(slug: str) -> GuideOnShelf:
    guide = guide_called(slug, timezone.now())
    if guide is None:
        raise Http404(f"no practice called {slug}")
    return guide


def _own(request: HttpRequest, client_id: str) -> Practice:
    """A practice of this very person."""
    person = person_of(request)
    kept = person.practices.select_related("technique").filter(client_id=client_id).first() if person else None
    if kept is None:
        raise Http404("no such practice")
    return kept
