"""The week: what is meant for which day, said yes to in one tap or not, and made easier in one tap."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coaching.core.week.calendar import number_of_week
from coaching.danger.gate import danger_first, way_out
from coaching.people.session import person_of
from coaching.plan.changes import changes_told
from coaching.week import edits, flares, weeks
from coaching.week.forms import WEEKDAYS, ReviewDayForm
from coaching.week.reviews import newest_review
from coaching.week.today import Here, here, lines_of
from coaching.week.weeks import OneWeek
from coaching.week.words import to_read_back, told_of

View = Callable[[HttpRequest, Here], HttpResponse]


def with_plan(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """Whoever has no plan is led to what is missing."""

    @never_cache
    @danger_first
    def answer(request: HttpRequest) -> HttpResponse:
        now = here(request)
        if now is None or now.coaching.recommendation.blocked:
            return way_out(person_of(request), now.coaching.recommendation.blocked if now else None)
        return view(request, now)

    return answer


@require_safe
@with_plan
def week(request: HttpRequest, now: Here) -> HttpResponse:
    current = now.weeks.current
    context: dict[str, Any] = {
        "here": now,
        "current": current,
        "rhythm": now.rhythm,
        "step": to_read_back(now.rhythm.step) if now.rhythm else {},
        "review_due": now.review_due,
        "weekdays": WEEKDAYS,
    }
    if current:
        context |= _of_a_week(now, current)
    return render(request, "coaching/week.html", context)


def _of_a_week(now: Here, current: OneWeek) -> dict[str, Any]:
    lines = lines_of(current, now.coaching)
    has_flare = flares.is_running(now.coaching.plan)
    began = now.rhythm.began_on if now.rhythm else current.week.begins_on
    return {
        "days": [(day, [line for line in lines if line.row.day == day]) for day in current.span.days],
        "changes": told_of(current.week),
        "plan_changes": changes_told(now.coaching.plan, since=current.week.made_at),
        "number": number_of_week(began, now.today),
        "decided": newest_review(now.person),
        "has_flare": has_flare,
        "flare_plan": flares.flare_plan_of(now.person) if has_flare else None,
    }


@require_POST
@with_plan
def make(request: HttpRequest, now: Here) -> HttpResponse:
    del request  # It asks for nothing.
    weeks.make_week(now.person, now.coaching, at=now.at, zone=now.zone)
    return redirect("coaching:week")


@require_POST
@with_plan
def commit(request: HttpRequest, now: Here) -> HttpResponse:
    if now.weeks.current:
        edits.commit(now.weeks.current.week, now.at)
        messages.success(request, _("Good. It is a plan, not a promise."))
    return redirect("coaching:week")


@require_POST
@with_plan
def ease(request: HttpRequest, now: Here) -> HttpResponse:
    current = now.weeks.current
    if current and edits.ease(current, now.coaching, today=now.today, at=now.at):
        messages.success(request, _("The rest of the week is smaller now. That you said so is worth knowing."))
    return redirect("coaching:week")


@require_POST
@with_plan
def review_day(request: HttpRequest, now: Here) -> HttpResponse:
    form = ReviewDayForm(request.POST)
    if form.is_valid() and now.rhythm:
        weeks.set_review_day(now.person, form.cleaned_data["review_day"], today=now.today)
    return redirect("coaching:week")
