"""What a person changes in their plan, each wish at an address of its own."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from coaching.danger.gate import View, danger_first
from coaching.people.session import person_of
from coaching.plan import plans
from coaching.plan.forms import MinutesForm, PinForm, PlanForm, RefuseForm, SwapForm, UndoForm
from coaching.views.results import show_result


@require_POST
@never_cache
@danger_first
def pin(request: HttpRequest) -> HttpResponse:
    return _grant(request, PinForm)


@require_POST
@never_cache
@danger_first
def refuse(request: HttpRequest) -> HttpResponse:
    return _grant(request, RefuseForm)


@require_POST
@never_cache
@danger_first
def swap(request: HttpRequest) -> HttpResponse:
    return _grant(request, SwapForm)


@require_POST
@never_cache
@danger_first
def undo(request: HttpRequest) -> HttpResponse:
    return _grant(request, UndoForm)


@require_POST
@never_cache
@danger_first
def minutes(request: HttpRequest) -> HttpResponse:
    return _grant(request, MinutesForm)


VIEWS: Mapping[str, View] = {"pin": pin, "refuse": refuse, "swap": swap, "undo": undo, "minutes": minutes}
"""What pages made before each wish had its address call them in `do`."""


@require_POST
@never_cache
@danger_first
def of_an_old_page(request: HttpRequest) -> HttpResponse:
    """All wishes came to one address once. Pages left open since then still send them there."""
    view = VIEWS.get(request.POST.get("do", ""))
    if view:
        return view(request)
    if plans.current_plan(person_of(request)) is None:
        return redirect("coaching:intake")
    return show_result(request, is_refused=True)


def _grant(request: HttpRequest, kind: type[PlanForm]) -> HttpResponse:
    plan = plans.current_plan(person_of(request))
    if plan is None:
        return redirect("coaching:intake")
    form = kind(request.POST, plan=plan)
    if not form.is_valid():
        return show_result(request, is_refused=True, errors=form.errors)
    form.apply()
    return redirect("coaching:recommendations")
