"""One step of the week: moved, made lighter, paused, swapped or ticked; and the small step in somebody's own words."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.drafts import words_arrived
from accounts.members.requests import posted
from coaching.core.week.small_steps import Offers, offers
from coaching.danger.gate import danger_first, way_out
from coaching.models import WeekStep
from coaching.people.session import person_of
from coaching.said import said
from coaching.views.week import with_plan
from coaching.week import edits
from coaching.week.forms import SmallStepForm, StepForm
from coaching.week.today import Here, Line, here, lines_of
from coaching.week.weeks import begin

ALONE = {"lighter", "pause", "take_up"}
"""What a button does by itself, whatever stands in the fields."""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@danger_first
def step(request: HttpRequest, key: int) -> HttpResponse:
    now = here(request)
    if now is None or now.coaching.recommendation.blocked:
        return way_out(person_of(request), now.coaching.recommendation.blocked if now else None)
    line = _line(now, key)
    if line is None:
        messages.info(request, _("That step has changed meanwhile. Here is your week as it stands."))
        return redirect("coaching:week")
    form = _form(request, now, line)
    do = request.POST.get("do", "move")
    if request.method == "POST" and (do in ALONE or form.is_valid()):
        _change(request, now, line, form)
        words_arrived(request)
        return redirect("coaching:week")
    return render(request, "coaching/week_step.html", {"line": line, "form": form}, status=422 if form.errors else 200)


def _line(now: Here, key: int) -> Line | None:
    """Only a step of the week that runs, which is still of the plan."""
    lines = lines_of(now.weeks.current, now.coaching) if now.weeks.current else ()
    return next((line for line in lines if line.row.pk == key and line.pick and not line.is_out), None)


def _form(request: HttpRequest, now: Here, line: Line) -> StepForm:
    span = now.weeks.current.span if now.weeks.current else None
    days = [day for day in span.days if day >= now.today or day == line.row.day] if span else []
    others = [
        (pick.technique, said(pick.name))
        for pick in now.coaching.recommendation.picks
        if pick.technique != line.row.technique_id and now.coaching.steps.of(pick.technique)
    ]
    told = {"day": line.row.day.isoformat(), "at": line.row.at, "place": line.row.place}
    return StepForm(posted(request), days=days, others=others, initial=told)


def _change(request: HttpRequest, now: Here, line: Line, form: StepForm) -> None:
    match request.POST.get("do", "move"):
        case "lighter":
            is_changed = edits.lighten(line.row, now.at)
        case "pause":
            is_changed = edits.pause(line.row, now.at)
        case "take_up":
            is_changed = edits.take_up(line.row, now.at)
        case "day":
            row = line.row
            to = edits.Place(day=form.cleaned_data["day"], at=row.at, place=row.place)
            is_changed = edits.move(row, to, now.at)
        case _:
            is_changed = _put(now, line.row, form)
    if is_changed:
        messages.success(request, _("Changed."))


def _put(now: Here, row: WeekStep, form: StepForm) -> bool:
    told = form.cleaned_data
    to = edits.Place(day=told["day"], at=told["at"], place=told["place"])
    is_swapped = bool(told["instead"]) and edits.swap(row, told["instead"], now.coaching, now.at)
    return edits.move(row, to, now.at) or is_swapped


@require_POST
@never_cache
@danger_first
def done(request: HttpRequest, key: int) -> HttpResponse:
    """A tick by hand, for what was done without the player, and taking it back."""
    person = person_of(request)
    row = WeekStep.objects.filter(pk=key, week__person=person).first() if person else None
    if row is None:
        raise Http404
    if request.POST.get("do") == "take_back":
        edits.untick(row)
    else:
        edits.tick(row, timezone.now())
    return redirect("coaching:today" if request.user.is_authenticated else "coaching:week")


@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def small_step(request: HttpRequest, now: Here) -> HttpResponse:
    first = next((pick.short_name for pick in now.coaching.recommendation.picks), "")
    offered = offers(now.coaching.goal, now.coaching.answers.get("values", ()), first)
    known = now.rhythm.step if now.rhythm else {}
    offered = Offers(
        steps=tuple(map(said, offered.steps)),
        when=tuple(map(said, offered.when)),
        where=tuple(map(said, offered.where)),
    )
    form = SmallStepForm(posted(request), offers=offered, initial=known)
    if request.method == "POST" and form.is_valid():
        rhythm = begin(now.person, now.today)
        rhythm.step = form.step()
        rhythm.save(update_fields=["sealed_step"])
        words_arrived(request)
        return redirect("coaching:week")
    return render(request, "coaching/small_step.html", {"form": form}, status=422 if form.errors else 200)
