"""The questionnaire: one small group of questions a step, usable without script or account."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.drafts import words_arrived
from coaching.core.intake.questionnaires import CHAPTERS, PRIVACY_CARD, STEP
from coaching.core.intake.routing import open_steps
from coaching.core.intake.what_next import (
    Standing,
    Then,
    WhatNext,
    first_open,
    parts_to_change,
    repeats_the_end,
    screen_of,
    way_of,
    what_next,
    what_to_show,
)
from coaching.core.questions.items import SAFETY, Kind, Step
from coaching.danger import way_back
from coaching.danger.hearing import danger_page, emergency_page, hear_first
from coaching.help.whom_to_call import whom_to_call
from coaching.intake.forms import StepForm
from coaching.intake.intakes import (
    Seen,
    begin_check_in,
    finish,
    keep_so_far,
    save_step,
    sign_levels,
    standing_of,
    told_in,
)
from coaching.people.preferences import preferences_of
from coaching.people.session import person_for, person_of
from coaching.plan.plans import current_plan, make_plan
from content.core.vocabulary import Level

SO_FAR, BACK, HALF_WAY = "so_far", "back", "half_way"
USUAL_TAPS = 44
"""From the first page to the result, one tap a question and one to go on; a journey in the browser counts them."""

CHECK_IN_TAPS = 23
SCREENS = {Kind.TICKS: "coaching/intake_group.html", Kind.CHOICE: "coaching/intake_direct.html"}
"""How a step of a chapter looks, by its one question."""


@require_safe
@never_cache
def intake(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    standing = standing_of(person)
    context = {
        "taps": USUAL_TAPS,
        "check_in_taps": CHECK_IN_TAPS,
        "privacy_card": PRIVACY_CARD,
        "next_step": _half_way(request, standing) or first_open(standing).slug,
        "is_begun": standing.is_open,
        "has_plan": person is not None and current_plan(person) is not None,
        "parts": parts_to_change(standing) if standing.is_again else (),
    }
    return render(request, "coaching/intake.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def intake_step(request: HttpRequest, step: str) -> HttpResponse:
    if step not in STEP and step not in CHAPTERS:
        raise Http404(f"no step called {step}")
    if request.method == "POST":
        return _take(request, step)
    standing = standing_of(person_of(request))
    shown = what_to_show(standing, step, sign_levels() if step in CHAPTERS else {})
    if shown.then is Then.SHOW_AGAIN and shown.step:
        return _show(request, shown.step, standing)
    return _go_on(request, shown)


@require_POST
@never_cache
def check_in(request: HttpRequest) -> HttpResponse:
    """Danger signs first, then the scales anew. For somebody who has not answered all once, it is the questions."""
    person = person_of(request)
    standing = standing_of(person)
    if person is None or not standing.is_again:
        return redirect("coaching:intake_step", first_open(standing).slug)
    begin_check_in(person, timezone.now())
    return redirect("coaching:intake_step", SAFETY)


@require_safe
@never_cache
def under_age(request: HttpRequest) -> HttpResponse:
    return render(request, "coaching/under_age.html", whom_to_call(request))


def _take(request: HttpRequest, step: str) -> HttpResponse:
    """Danger first; then everything else, so that what is wrong with the rest hides no word of help."""
    told = told_in(request.POST)
    seen = hear_first(request, told, request.POST)
    if told.is_emergency:
        return emergency_page(request, told)
    answer = _take_answers(request, STEP[step], seen) if step in STEP else _of_an_old_page(request, step)
    return danger_page(request, told, answer.get("Location", request.path)) or answer


def _of_an_old_page(request: HttpRequest, chapter: str) -> HttpResponse:
    """A chapter was one long page once: what was told of danger there is kept, and its questions come in groups."""
    return redirect("coaching:intake_step", screen_of(standing_of(person_of(request)), chapter, sign_levels()).slug)


def _take_answers(request: HttpRequest, step: Step, seen: Seen) -> HttpResponse:
    standing = standing_of(person_of(request))
    if standing.level is Level.NOW and not step.is_safety:
        return redirect("coaching:emergency")
    form = StepForm(step, standing.answers, safety_round=standing.safety_round, data=request.POST)
    if SO_FAR in request.POST or BACK in request.POST:
        _keep_so_far(request, step, standing, form)
        return _back_from(step, standing) if BACK in request.POST else HttpResponse(status=204)
    if not form.is_valid():
        return _show(request, step, standing, form)
    if repeats_the_end(standing, step, form.answers(), is_old_page=seen.page != seen.before):
        _make_plan(request, timezone.now())
        return redirect(_after_all(request))
    standing = save_step(person_for(request), step, form.answers(), seen, timezone.now())
    words_arrived(request)
    if not standing.is_refused:
        request.session.pop(HALF_WAY, None)
    return _answer(request, what_next(standing, step), standing)


def _keep_so_far(request: HttpRequest, step: Step, standing: Standing, form: StepForm) -> None:
    """What was tapped before Next: a closed tab loses nothing. Whoever answers again changes nothing unasked."""
    if not step.is_safety and (standing.is_checking_in or not standing.is_again):
        keep_so_far(person_for(request), form.answers_so_far(), timezone.now())
        request.session[HALF_WAY] = step.slug


def _back_from(step: Step, standing: Standing) -> HttpResponse:
    before = _place(step, standing)["previous_step"]
    return redirect("coaching:intake_step", before) if before else redirect("coaching:intake")


def _answer(request: HttpRequest, following: WhatNext, standing: Standing) -> HttpResponse:
    match following:
        case WhatNext(then=Then.SHOW_AGAIN, step=Step() as step):
            form = StepForm(step, standing.told, safety_round=standing.safety_round)
            return _screen(request, step, standing, form, status=409)
        case WhatNext(then=Then.NOT_FOR_MINORS):
            return render(request, "coaching/under_age.html", whom_to_call(request))
        case WhatNext(then=Then.FINISH):
            _finish(request)
    return _go_on(request, following)


def _go_on(request: HttpRequest, following: WhatNext) -> HttpResponse:
    if following.then is Then.ASK and following.step:
        return redirect("coaching:intake_step", following.step.slug)
    return redirect("coaching:emergency" if following.then is Then.CALL else _after_all(request))


def _after_all(request: HttpRequest) -> str:
    """The result, or back to where the danger signs came up."""
    return way_back.way_back(request, timezone.now()) or "coaching:recommendations"


def _finish(request: HttpRequest) -> None:
    at = timezone.now()
    finish(person_for(request), at)
    _make_plan(request, at)


def _make_plan(request: HttpRequest, at: datetime) -> None:
    """Of the answers that are at their end, once: a second click may come before the first has made it."""
    person = person_of(request)
    newest = person.newest_intake if person else None
    if person and newest and newest.finished_at:
        make_plan(person, newest, preferences_of(request).minutes_a_day, at)


def _show(request: HttpRequest, step: Step, standing: Standing, form: StepForm | None = None) -> HttpResponse:
    form = form or StepForm(step, standing.answers, safety_round=standing.safety_round)
    return _screen(request, step, standing, form, status=422 if form.errors else 200)


def _screen(request: HttpRequest, step: Step, standing: Standing, form: StepForm, status: int) -> HttpResponse:
    template = SCREENS[step.items[0].kind] if step.chapter else "coaching/intake_step.html"
    context = _place(step, standing) | {"step": step, "form": form, "is_outdated": status == 409}
    return render(request, template, context, status=status)


def _place(step: Step, standing: Standing) -> dict[str, Any]:
    """Where a step stands among all that this person is asked, so that the progress counts honestly."""
    steps = way_of(standing, step)
    number = steps.index(step) + 1 if step in steps else 1
    states = ["done" if place < number else "now" if place == number else "" for place in range(1, len(steps) + 1)]
    before = steps[number - 2] if number > 1 else None
    return {
        "number": number,
        "total": len(steps),
        "trail": [{"state": state} for state in states],
        "previous_step": before.slug if before else "",
        "stem": next((item.stem for item in step.items if item.stem), ""),
        "question": step.items[0],
    }


def _half_way(request: HttpRequest, standing: Standing) -> str:
    """The step that was begun and not ended with Next, if there is one."""
    slug = request.session.get(HALF_WAY, "")
    return slug if standing.is_open and slug in [step.slug for step in open_steps(standing.answers)] else ""
