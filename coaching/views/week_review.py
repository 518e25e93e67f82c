"""The weekly review: two minutes, one proposal with its reason, and the person's own word."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.members.requests import posted
from coaching.core.week.facts import in_the_way
from coaching.models import WeekReview
from coaching.people.preferences import preferences_of
from coaching.plan import plans
from coaching.said import said
from coaching.views.week import with_plan
from coaching.week import reviews, weeks
from coaching.week.forms import ReviewForm
from coaching.week.reviews import Answer, Looking
from coaching.week.today import Here, lines_of
from coaching.week.weeks import OneWeek
from content.core.week_facts import Move


@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def review(request: HttpRequest, now: Here) -> HttpResponse:
    one = _to_look_at(now)
    if one is None:
        return redirect("coaching:week")
    form = ReviewForm(posted(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        reviews.hold_review(
            _looking(request, now, one),
            Answer(in_the_way=in_the_way(told["in_the_way"]), confidence=told["confidence"]),
        )
        return redirect("coaching:week_review")
    context = {"one": one, "form": form, "lines": lines_of(one, now.coaching), "review": one.review}
    if one.review:
        context |= {"choices": _choices(request, now, one), "step": _step_now(now, one.review)}
    return render(request, "coaching/week_review.html", context, status=422 if form.errors else 200)


def _to_look_at(now: Here) -> OneWeek | None:
    """What is due, or the week that runs where somebody would rather look back early."""
    due = now.weeks.to_review(now.today)
    if due:
        return due
    current = now.weeks.current
    return current if current and not current.is_decided else None


def _looking(request: HttpRequest, now: Here, one: OneWeek) -> Looking:
    hides_pain = preferences_of(request).hides_pain
    return Looking(one=one, coaching=now.coaching, zone=now.zone, at=now.at, hides_pain=hides_pain)


def _choices(request: HttpRequest, now: Here, one: OneWeek) -> list[tuple[str, str]]:
    """A value and its words, for all but what was proposed."""
    names = {pick.technique: said(pick.name) for pick in now.coaching.recommendation.picks}
    proposed = (one.review.move, one.review.technique_id) if one.review else None
    words = {Move.UP: _("%(name)s: one step up"), Move.DOWN: _("%(name)s: one step down")}
    choices = reviews.choices_of(_looking(request, now, one))
    return [
        (f"{move.value}:{technique}", words[move] % {"name": names[technique]})
        for move, technique in choices
        if (move.value, technique) != proposed
    ]


def _step_now(now: Here, row: WeekReview) -> object:
    return now.coaching.steps.of(row.technique_id) if row.technique_id else None


@require_POST
@with_plan
def decide(request: HttpRequest, now: Here) -> HttpResponse:
    one = _to_look_at(now)
    if one is None or one.review is None:
        return redirect("coaching:week")
    move, _colon, technique = request.POST.get("choice", Move.KEEP.value).partition(":")
    if move not in set(Move):
        return redirect("coaching:week_review")
    if reviews.decide(one.review, _looking(request, now, one), Move(move), technique):
        coaching = plans.coaching_now(request) or now.coaching
        weeks.make_week(now.person, coaching, at=now.at, zone=now.zone, after=one.span)
        messages.success(request, _("Your next week is ready."))
    return redirect("coaching:week")
