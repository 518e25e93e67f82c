"""The weekly look: keep the plan as it is, or swap."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coaching.danger.gate import danger_first
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.plan import plans
from coaching.plan.review import review_of


@require_POST
@never_cache
@danger_first
def swap(request: HttpRequest) -> HttpResponse:
    """Only what the look itself proposes can be swapped here."""
    coaching, at = plans.coaching_for(request), timezone.now()
    if coaching is None:
        return redirect("coaching:intake")
    told = preferences_of(request)
    proposed = review_of(coaching, at, is_asked=True, hides_pain=told.hides_pain).swaps
    chosen = next((one for one in proposed if one.technique == request.POST.get("technique")), None)
    if chosen:
        plans.take_turns(coaching.plan, chosen.technique, chosen.instead, at)
    return redirect("coaching:plan")


@require_POST
@never_cache
@danger_first
def keep(request: HttpRequest) -> HttpResponse:
    """The plan stays as it is until the next look."""
    if request.POST.get("do") == "swap":
        # Both answers came to this address once. Pages left open since then still send them here.
        return swap(request)
    plan = plans.current_plan(person_of(request))
    if plan is None:
        return redirect("coaching:intake")
    plans.look_over(plan, timezone.now())
    return redirect("coaching:plan")
