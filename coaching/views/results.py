"""My loop and my techniques, what the person says is not so, and keeping it all."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coaching.danger.gate import danger_first, way_out
from coaching.help.whom_to_call import whom_to_call
from coaching.intake.rechecks import recheck_due
from coaching.people.preferences import preferences_of, zone_offer_of
from coaching.people.session import person_of
from coaching.plan import plans
from coaching.plan.result_page import Keeping, Result, ease_of, uncounted
from coaching.plan.results import may_be_corrected
from coaching.practice.first_thing import first_thing


@require_safe
@never_cache
@danger_first
def recommendations(request: HttpRequest) -> HttpResponse:
    return show_result(request)


def show_result(
    request: HttpRequest, *, is_refused: bool = False, errors: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The result as it stands. `is_refused`: a change could not be made, for these errors of its fields."""
    person, at = person_of(request), timezone.now()
    coaching = plans.coaching_now(request)
    if coaching is None:
        return way_out(person, None)
    if coaching.recommendation.blocked:
        return way_out(person, coaching.recommendation.blocked)
    clock = {"zone_offer": zone_offer_of(request, at)}
    if first := first_thing(coaching, at):
        recheck = recheck_due(person, coaching.plan.intake, at)
        return render(request, "coaching/first_thing.html", {"first": first, "recheck": recheck, **clock})
    distress = coaching.snapshot.distress
    context = {
        "distress": distress,
        **(whom_to_call(request) if distress else {}),
        "coaching": coaching,
        "result": Result(coaching=coaching, at=at, hides_pain=preferences_of(request).hides_pain),
        "keeping": Keeping(
            is_member=request.user.is_authenticated,
            is_kept=coaching.plan.kept_at is not None,
            minutes=int(coaching.plan.minutes_a_day),
            errors=tuple(map(str, (errors or {}).get("minutes", ()))),
        ),
        "uncounted": uncounted(coaching),
        "ease": ease_of(coaching),
        "recheck": recheck_due(person, coaching.plan.intake, at),
        "is_refused": is_refused,
        **clock,
    }
    return render(request, "coaching/recommendations.html", context, status=422 if is_refused else 200)


@require_POST
@never_cache
@danger_first
def correct_picture(request: HttpRequest) -> HttpResponse:
    """ "That is not it": of one thing that was named. Without a name, all of it is taken back."""
    coaching = plans.coaching_for(request)
    if coaching is None:
        return redirect("coaching:intake")
    about, told = request.POST.get("about", ""), coaching.snapshot.not_it
    if not about:
        plans.correct_picture(coaching.plan, frozenset(), timezone.now())
    elif may_be_corrected(coaching.snapshot, about):
        plans.correct_picture(coaching.plan, told | {about}, timezone.now())
    return redirect("coaching:recommendations")


@require_POST
@never_cache
@danger_first
def keep(request: HttpRequest) -> HttpResponse:
    plan = plans.current_plan(person_of(request))
    if plan is None:
        return redirect("coaching:intake")
    plans.keep(plan, at=timezone.now())
    return redirect("coaching:today" if request.user.is_authenticated else "account_signup")
