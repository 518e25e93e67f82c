"""The rule simulator for staff: answers on the left, the recommendation and its reasons on the right.

A change to one evidence grade and one caution can be tried without saving it: the page shows
the plan before and after, and how many of the standard cases would get another plan.
"""

from dataclasses import replace

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from coaching.core.intake.needs import take_snapshot
from coaching.core.recommend.recommender import recommend
from coaching.core.simulator.standard_cases import CALM, CASES
from coaching.core.simulator.what_if import changed_cases, with_changes
from coaching.plan.knowledge import knowledge
from coaching.simulator.forms import SimulatorForm

START = {**CALM, "duration": "over12", "tension": 8, "sleep": 3, "minutes_a_day": 30}
TRIED = ("evidence_technique", "evidence_need", "evidence_grade", "caution_technique", "caution_condition")


@never_cache
@permission_required("content.view_evidence", raise_exception=True)
def simulator(request: HttpRequest) -> HttpResponse:
    asked = {name: request.GET[name] for name in TRIED if name in request.GET}
    form = SimulatorForm(request.POST) if request.method == "POST" else SimulatorForm(START | asked)
    context = {**admin.site.each_context(request), "title": "Rule simulator", "form": form}
    if form.is_valid():
        context |= _outcome(form)
    return render(request, "coaching/simulator.html", context, status=200 if form.is_valid() else 422)


def _outcome(form: SimulatorForm) -> dict[str, object]:
    known = knowledge()
    options = replace(known.options, minutes_a_day=form.cleaned_data["minutes_a_day"])
    changed = with_changes(options, form.changes)
    snapshot = take_snapshot(form.answers, known.levels)
    return {
        "snapshot": snapshot,
        "before": recommend(snapshot, options),
        "after": recommend(snapshot, changed) if form.changes else None,
        "case_changes": changed_cases(CASES, options, changed) if form.changes else (),
        "case_count": len(CASES),
    }
