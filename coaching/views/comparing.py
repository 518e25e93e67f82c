"""A or B: which of these two helps me?"""

from collections.abc import Mapping
from random import SystemRandom

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from coaching.comparing.comparisons import begin, close_if_over, rate, stop
from coaching.comparing.forms import CompareForm, RateForm
from coaching.comparing.page import ended_of, running_of
from coaching.danger.gate import danger_first
from coaching.models import Comparison, Person
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.plan.knowledge import knowledge
from coaching.plan.start_rules import Rules, start_rules
from coaching.said import said


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@danger_first
def a_or_b(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person is None or person.newest_finished is None:
        return redirect("coaching:intake")
    names, rules = _may_begin(request)
    told, data = preferences_of(request), request.POST if request.method == "POST" else None
    form = CompareForm(names, hides_pain=told.hides_pain, data=data)
    if data is not None and form.is_valid():
        begin(person, form.wish(), at=timezone.now(), zone=told.zone, coins=SystemRandom())
        return redirect("coaching:a_or_b")
    context = _context(request, person, rules) | {"form": form, "has_two": len(names) > 1}
    return render(request, "coaching/a_or_b.html", context, status=422 if form.errors else 200)


@require_POST
@never_cache
def rate_day(request: HttpRequest) -> HttpResponse:
    running, form = _running(request), RateForm(request.POST)
    if running and form.is_valid():
        today = timezone.now().astimezone(preferences_of(request).zone).date()
        rate(running, form.cleaned_data["on"], form.cleaned_data["rating"], today=today)
    return redirect("coaching:a_or_b")


@require_POST
@never_cache
def stop_comparison(request: HttpRequest) -> HttpResponse:
    if running := _running(request):
        stop(running, timezone.now())
    return redirect("coaching:a_or_b")


def _running(request: HttpRequest) -> Comparison | None:
    person = person_of(request)
    return person.comparisons.running().first() if person else None


def _context(request: HttpRequest, person: Person, rules: Rules) -> dict[str, object]:
    at, told = timezone.now(), preferences_of(request)
    today = at.astimezone(told.zone).date()
    rows = person.comparisons.select_related("first", "second").prefetch_related("days")
    closed = [close_if_over(row, today=today, at=at) for row in rows]
    shown = [row for row in closed if not (told.hides_pain and row.outcome == Comparison.Outcome.PAIN)]
    return {
        "running": next((running_of(row, today, rules) for row in closed if row.ended_at is None), None),
        "ended": [ended_of(row) for row in shown if row.ended_at],
    }


def _may_begin(request: HttpRequest) -> tuple[Mapping[str, str], Rules]:
    """The techniques that this person may begin, by the rule of the page of each."""
    known = {one.slug: one.name for one in knowledge().options.techniques if one.startable}
    rules = start_rules(request)
    return {slug: said(name) for slug, name in known.items() if rules.of(slug).may_start}, rules
