"""The questionnaire: one small group of questions a step, usable without script or account."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from coaching.core.intake.questionnaires import PRIVACY_CARD, STEP, Answers, Step
from coaching.core.intake.routing import blocks_plan, open_steps, step_after, step_before
from coaching.core.intake.safety import SafetyReading
from coaching.intake.forms import StepForm
from coaching.intake.intakes import SAFETY_ITEMS, Standing, finish, raise_alarm, read_raw_safety, save_step, standing_of
from coaching.people.preferences import preferences_of
from coaching.people.session import person_for, person_of
from coaching.plan.plans import current_plan, make_plan
from coaching.views.help_now import calls
from content.core.vocabulary import Level

USUAL_TAPS = 28


@require_safe
@never_cache
def intake(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    standing = standing_of(person)
    context = {
        "taps": USUAL_TAPS,
        "privacy_card": PRIVACY_CARD,
        "next_step": _first_open(standing).slug,
        "is_begun": standing.intake is not None,
        "has_plan": person is not None and current_plan(person) is not None,
        "steps": open_steps(standing.answers) if standing.is_again else (),
    }
    return render(request, "coaching/intake.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def intake_step(request: HttpRequest, step: str) -> HttpResponse:
    if step not in STEP:
        raise Http404(f"no step called {step}")
    if request.method == "POST":
        return _take(request, STEP[step])
    standing = standing_of(person_of(request))
    if standing.level is Level.NOW and step != "safety":
        return redirect("coaching:emergency")
    if not STEP[step].is_open(standing.answers):
        return redirect("coaching:intake_step", _first_open(standing).slug)
    return _show(request, STEP[step], standing)


def _take(request: HttpRequest, step: Step) -> HttpResponse:
    at = timezone.now()
    told = read_raw_safety(request.POST)
    if told.is_emergency:
        raise_alarm(person_for(request), told, at)
        return _emergency(request, told)
    standing = standing_of(person_of(request))
    if standing.level is Level.NOW and step.slug != "safety":
        return redirect("coaching:emergency")
    form = StepForm(step, standing.answers, safety_round=standing.safety_round, data=request.POST)
    if not form.is_valid():
        return _crisis(request, request.path) if told.crisis else _show(request, step, standing, form)
    if _repeats_the_end(standing, step, form):
        return redirect("coaching:recommendations")
    person = person_for(request)
    if not save_step(person, step, form.answers(), form.cleaned_data["round"], at):
        return _out_of_date(request, step, standing_of(person))
    onward = _onward(request, step)
    return _crisis(request, onward.get("Location", request.path)) if told.crisis else onward


def _onward(request: HttpRequest, step: Step) -> HttpResponse:
    person = person_for(request)
    standing = standing_of(person)
    if standing.intake is None:
        # Finished meanwhile, by a second click or in another tab.
        return redirect("coaching:recommendations")
    if standing.answers.get("adult") == "no":
        return render(request, "coaching/under_age.html", calls(request))
    # Whoever answered it all before changes one part, and is asked the danger signs alone again.
    following = None if standing.is_again else step_after(step.slug, standing.answers)
    if following:
        return redirect("coaching:intake_step", following.slug)
    if missing := _first_missing(standing.answers):
        return redirect("coaching:intake_step", missing.slug)
    at = timezone.now()
    finish(standing.intake, at)
    make_plan(person, standing.intake, preferences_of(request).minutes_a_day, at)
    return redirect("coaching:recommendations")


def _repeats_the_end(standing: Standing, step: Step, form: StepForm) -> bool:
    """A second click on the last Next, which brings again what has just been finished."""
    is_last = standing.answers and step_after(step.slug, standing.answers) is None
    told = form.answers().items()
    return bool(standing.intake is None and is_last and all(standing.answers.get(name) == kept for name, kept in told))


def _show(request: HttpRequest, step: Step, standing: Standing, form: StepForm | None = None) -> HttpResponse:
    form = form or StepForm(step, standing.answers, safety_round=standing.safety_round)
    context = _place(step, standing.answers) | {"step": step, "form": form}
    return render(request, "coaching/intake_step.html", context, status=422 if form.errors else 200)


def _out_of_date(request: HttpRequest, step: Step, standing: Standing) -> HttpResponse:
    if standing.level is Level.NOW:
        return redirect("coaching:emergency")
    form = StepForm(step, standing.answers, safety_round=standing.safety_round)
    context = _place(step, standing.answers) | {"step": step, "form": form, "is_outdated": True}
    return render(request, "coaching/intake_step.html", context, status=409)


def _emergency(request: HttpRequest, told: SafetyReading) -> HttpResponse:
    # Shown as the answer itself: what was ticked is in no address, and a yes on self-harm is nowhere else.
    return render(request, "coaching/emergency.html", {"with_crisis": told.crisis, **calls(request)})


def heard(request: HttpRequest) -> HttpResponse | None:
    """The answer to danger or self-harm told in a form that must be refused, its token too old; nothing is kept."""
    if not any(name in request.POST for name in SAFETY_ITEMS):
        return None
    told = read_raw_safety(request.POST)
    if told.is_emergency:
        return _emergency(request, told)
    return _crisis(request, reverse("coaching:intake_step", args=["safety"])) if told.crisis else None


def _crisis(request: HttpRequest, onward: str) -> HttpResponse:
    return render(request, "coaching/crisis.html", {"onward": onward, **calls(request)})


def _place(step: Step, answers: Answers) -> dict[str, Any]:
    steps = open_steps(answers)
    number = steps.index(step) + 1 if step in steps else 1
    states = ["done" if place < number else "now" if place == number else "" for place in range(1, len(steps) + 1)]
    before = step_before(step.slug, answers)
    return {
        "number": number,
        "total": len(steps),
        "trail": [{"state": state} for state in states],
        "previous_step": before.slug if before else "",
        "stem": next((item.stem for item in step.items if item.stem), ""),
    }


def _first_open(standing: Standing) -> Step:
    """Where to go on: the first step with nothing answered, or what is missing, or the last."""
    steps = open_steps(standing.answers)
    untouched = [step for step in steps if not any(item.id in standing.answers for item in step.items)]
    return untouched[0] if untouched else _first_missing(standing.answers) or steps[-1]


def _first_missing(answers: Answers) -> Step | None:
    names = {item.id for item in blocks_plan(answers)}
    return next((step for step in STEP.values() if names & {item.id for item in step.items}), None)
