"""The questionnaire: one small group of questions a step, usable without script or account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coaching.core.intake.again import MEASURED, next_in_check_in, open_in_check_in
from coaching.core.intake.groups import signs_in
from coaching.core.intake.questionnaires import CHAPTERS, PRIVACY_CARD, STEP
from coaching.core.intake.routing import blocks_plan, is_answered, open_steps, step_after, way_from
from coaching.core.intake.safety import read_safety
from coaching.core.questions.items import HEALTH, SAFETY, Answers, Kind, Step
from coaching.danger.hearing import danger_page, emergency_page, hear_first
from coaching.help.whom_to_call import whom_to_call
from coaching.intake.forms import StepForm
from coaching.intake.intakes import (
    Seen,
    Standing,
    begin_check_in,
    finish,
    keep_so_far,
    save_step,
    says_what_is_known,
    sign_levels,
    standing_of,
    told_in,
)
from coaching.people.preferences import preferences_of
from coaching.people.session import person_for, person_of
from coaching.plan.plans import current_plan, make_plan
from content.core.vocabulary import Level

SO_FAR, HALF_WAY = "so_far", "half_way"
USUAL_TAPS = 38
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
        "next_step": _half_way(request, standing) or _first_open(standing).slug,
        "is_begun": standing.intake is not None,
        "has_plan": person is not None and current_plan(person) is not None,
        "parts": _parts(standing) if standing.is_again else (),
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
    if standing.level is Level.NOW and step != SAFETY and not (step in STEP and STEP[step].is_safety):
        return redirect("coaching:emergency")
    if step in CHAPTERS:
        return redirect("coaching:intake_step", _screen_of(standing, step).slug)
    if not STEP[step].is_open(standing.answers):
        return redirect("coaching:intake_step", _first_open(standing).slug)
    return _show(request, STEP[step], standing)


@require_POST
@never_cache
def check_in(request: HttpRequest) -> HttpResponse:
    """Danger signs first, then the scales anew. For somebody who has not answered all once, it is the questions."""
    person = person_of(request)
    standing = standing_of(person)
    if person is None or not standing.is_again:
        return redirect("coaching:intake_step", _first_open(standing).slug)
    begin_check_in(person, timezone.now())
    return redirect("coaching:intake_step", SAFETY)


@require_safe
@never_cache
def under_age(request: HttpRequest) -> HttpResponse:
    return render(request, "coaching/under_age.html", whom_to_call(request))


def _take(request: HttpRequest, step: str) -> HttpResponse:
    """Danger first; then everything else, so that what is wrong with the rest hides no word of help."""
    told = told_in(request.POST)
    seen = hear_first(request, told)
    if told.is_emergency:
        return emergency_page(request, told)
    answer = _take_answers(request, STEP[step], seen) if step in STEP else _of_an_old_page(request, step)
    return danger_page(request, told, answer.get("Location", request.path)) or answer


def _of_an_old_page(request: HttpRequest, chapter: str) -> HttpResponse:
    """A chapter was one long page once: what was told of danger there is kept, and its questions come in groups."""
    return redirect("coaching:intake_step", _screen_of(standing_of(person_of(request)), chapter).slug)


def _take_answers(request: HttpRequest, step: Step, seen: Seen) -> HttpResponse:
    standing = standing_of(person_of(request))
    if standing.level is Level.NOW and not step.is_safety:
        return redirect("coaching:emergency")
    form = StepForm(step, standing.answers, safety_round=standing.safety_round, data=request.POST)
    if SO_FAR in request.POST:
        return _keep_so_far(request, step, standing, form)
    if not form.is_valid():
        return _show(request, step, standing, form)
    if _repeats_the_end(standing, step, form, seen):
        return redirect("coaching:recommendations")
    person = person_for(request)
    if not save_step(person, step, form.answers(), seen, timezone.now()):
        return _out_of_date(request, step, standing_of(person))
    request.session.pop(HALF_WAY, None)
    return _onward(request, step)


def _keep_so_far(request: HttpRequest, step: Step, standing: Standing, form: StepForm) -> HttpResponse:
    """What was tapped before Next: a closed tab loses nothing. Whoever answers again changes nothing unasked."""
    if not step.is_safety and (standing.is_checking_in or not standing.is_again):
        keep_so_far(person_for(request), form.answers_so_far(), timezone.now())
        request.session[HALF_WAY] = step.slug
    return HttpResponse(status=204)


def _onward(request: HttpRequest, step: Step) -> HttpResponse:
    person = person_for(request)
    standing = standing_of(person)
    if standing.intake is None:
        # Finished meanwhile, by a second click or in another tab.
        return redirect("coaching:recommendations")
    if standing.is_under_age:
        return render(request, "coaching/under_age.html", whom_to_call(request))
    if following := _following(standing, step):
        return redirect("coaching:intake_step", following.slug)
    at = timezone.now()
    finish(standing.intake, at)
    make_plan(person, standing.intake, preferences_of(request).minutes_a_day, at)
    return redirect("coaching:recommendations")


def _following(standing: Standing, step: Step) -> Step | None:
    """What is asked next; None when all that a plan needs was answered.

    Whoever answered it all before changes one part, and is asked the danger signs alone again; a check-in goes on
    to the scales.
    """
    if standing.is_checking_in:
        return next_in_check_in(step, standing.answers) or _first_missing(standing)
    after = step_after(step.slug, standing.answers)
    if standing.is_again and not (after and after.chapter == step.chapter == HEALTH):
        after = None
    return after or _first_missing(standing)


def _repeats_the_end(standing: Standing, step: Step, form: StepForm, seen: Seen) -> bool:
    """A second click on what has just finished the questions: it brings again what is kept already."""
    if standing.intake is not None or not standing.answers:
        return False
    if step.is_safety:
        return seen.page != seen.before and says_what_is_known(standing, form.answers())
    after = next_in_check_in if standing.is_check_in else _after
    skipped = MEASURED if standing.is_check_in else frozenset()
    given = {name: kept for name, kept in form.answers().items() if kept is not None or name not in skipped}
    return after(step, standing.answers) is None and all(
        standing.answers.get(name) == kept for name, kept in given.items()
    )


def _after(step: Step, answers: Answers) -> Step | None:
    return step_after(step.slug, answers)


def _show(request: HttpRequest, step: Step, standing: Standing, form: StepForm | None = None) -> HttpResponse:
    form = form or StepForm(step, standing.answers, safety_round=standing.safety_round)
    return _screen(request, step, standing, form, status=422 if form.errors else 200)


def _out_of_date(request: HttpRequest, step: Step, standing: Standing) -> HttpResponse:
    if standing.level is Level.NOW:
        return redirect("coaching:emergency")
    form = StepForm(step, standing.told, safety_round=standing.safety_round)
    return _screen(request, step, standing, form, status=409)


def _screen(request: HttpRequest, step: Step, standing: Standing, form: StepForm, status: int) -> HttpResponse:
    template = SCREENS[step.items[0].kind] if step.chapter else "coaching/intake_step.html"
    context = _place(step, standing) | {"step": step, "form": form, "is_outdated": status == 409}
    return render(request, template, context, status=status)


def _place(step: Step, standing: Standing) -> dict[str, Any]:
    """Where a step stands among all that this person is asked, so that the progress counts honestly."""
    answers = standing.answers
    steps = _way(step, standing)
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
        "is_ticked": bool(signs_in(answers, step.items[0].id)) if step.is_safety else False,
    }


def _way(step: Step, standing: Standing) -> tuple[Step, ...]:
    if standing.is_checking_in:
        return open_in_check_in(standing.answers)
    return way_from(step, standing.answers) if standing.is_again else open_steps(standing.answers)


def _parts(standing: Standing) -> list[dict[str, str]]:
    """What can be changed alone: each step, and each chapter as one."""
    parts = {step.chapter or step.slug: CHAPTERS.get(step.chapter, step.title) for step in open_steps(standing.answers)}
    return [{"address": address, "title": title} for address, title in parts.items()]


def _screen_of(standing: Standing, chapter: str) -> Step:
    """Where a chapter goes on: at what ended everything else, at what waits for an answer, or at its beginning."""
    steps = [step for step in open_steps(standing.answers) if step.chapter == chapter]
    alarms = [step for step in steps if chapter == SAFETY and _holds_alarm(standing, step)]
    waiting = [step for step in steps if not _is_answered(step, standing)]
    return (alarms or waiting or steps)[0]


def _holds_alarm(standing: Standing, step: Step) -> bool:
    told = {item.id: standing.answers.get(item.id) for item in step.items}
    return read_safety(told, sign_levels()).is_emergency


def _is_answered(step: Step, standing: Standing) -> bool:
    return any(is_answered(item, standing.answers) for item in step.items)


def _half_way(request: HttpRequest, standing: Standing) -> str:
    """The step that was begun and not ended with Next, if there is one."""
    slug = request.session.get(HALF_WAY, "")
    return slug if standing.intake and slug in [step.slug for step in open_steps(standing.answers)] else ""


def _first_open(standing: Standing) -> Step:
    """Where to go on: the first step with nothing answered, or what is missing, or the last."""
    steps = open_in_check_in(standing.answers) if standing.is_checking_in else open_steps(standing.answers)
    untouched = [step for step in steps if not _is_answered(step, standing)]
    return untouched[0] if untouched else _first_missing(standing) or steps[-1]


def _first_missing(standing: Standing) -> Step | None:
    names = {item.id for item in blocks_plan(standing.answers)}
    return next((step for step in STEP.values() if names & {item.id for item in step.items}), None)
