"""How sure somebody is of one step of their plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coaching.danger.gate import danger_first
from coaching.people.session import person_of
from coaching.plan import plans
from coaching.plan.own_steps import SureForm, reply, tell


@require_POST
@never_cache
@danger_first
def sure(request: HttpRequest) -> HttpResponse:
    form, coaching = SureForm(request.POST), plans.coaching_for(request)
    if coaching is None or not form.is_valid():
        return redirect("coaching:plan")
    technique, value = form.cleaned_data["technique"], form.cleaned_data["value"]
    before = coaching.steps.of(technique) if technique in coaching.recommendation.techniques else None
    if before is None:
        return redirect("coaching:plan")
    tell(coaching.plan, technique, value, timezone.now())
    now = plans.coaching_of(person_of(request), coaching.plan.minutes_a_day)
    if now and (after := now.steps.of(technique)):
        messages.success(request, reply(value, before, after))
    return redirect("coaching:plan")
