"""The weekly look: keep the plan as it is, or swap."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coaching.danger.gate import danger_first
from coaching.people.preferences import preferences_of
from coaching.plan import plans
from coaching.plan.review import review_of


@require_POST
@never_cache
@danger_first
def look(request: HttpRequest) -> HttpResponse:
    """Only what the look itself proposes can be swapped here."""
    coaching, at = plans.coaching_for(request), timezone.now()
    if coaching is None:
        return redirect("coaching:intake")
    told = preferences_of(request)
    proposed = review_of(coaching, at, is_asked=True, hides_pain=told.hides_pain).swaps
    chosen = next((one for one in proposed if one.technique == request.POST.get("technique")), None)
    if request.POST.get("do") == "swap" and chosen:
        plans.take_turns(coaching.plan, chosen.technique, chosen.instead, at)
    elif request.POST.get("do") == "keep":
        plans.look_over(coaching.plan, at)
    return redirect("coaching:plan")
