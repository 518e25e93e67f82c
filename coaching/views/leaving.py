"""Leaving well, the looks back that follow, and coming back in one tap."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.drafts import words_arrived
from accounts.members.requests import posted
from coaching.core.questions.items import SAFETY
from coaching.danger.gate import danger_first
from coaching.intake import intakes
from coaching.models import Ending
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.said import said
from coaching.views.week import with_plan
from coaching.week import leaving
from coaching.week.forms import BoosterForm, LeavingForm
from coaching.week.log import managed_since
from coaching.week.today import Here
from coaching.week.weeks import today_in
from coaching.week.words import to_read_back


@require_http_methods(["GET", "HEAD", "POST"])
@with_plan
def leave(request: HttpRequest, now: Here) -> HttpResponse:
    if leaving.standing_ending(now.person):
        return redirect("coaching:left")
    draft = leaving.draft_of(now.coaching, hides_pain=preferences_of(request).hides_pain)
    practices = [(pick.technique, said(pick.name)) for pick in now.coaching.recommendation.picks]
    told = {"signs": draft.signs, "first": draft.first, "people": draft.people, "kept": list(draft.kept)}
    form = LeavingForm(posted(request), practices=practices, initial=told)
    if request.method == "POST" and form.is_valid():
        leaving.leave(
            now.person,
            words=form.words,
            kept=form.cleaned_data["kept"],
            needs_it_less=form.needs_it_less,
            wants_letters=form.cleaned_data["wants_letters"],
            at=now.at,
            zone=now.zone,
        )
        words_arrived(request)
        return redirect("coaching:left")
    began = now.rhythm.began_on if now.rhythm else now.coaching.plan.made_at.date()
    context = {
        "draft": draft,
        "form": form,
        "rhythm": now.rhythm,
        "is_early": now.rhythm is None or now.today < now.rhythm.ends_on,
        "managed": managed_since(now.person, began),
    }
    return render(request, "coaching/leaving.html", context, status=422 if form.errors else 200)


@require_safe
@never_cache
@danger_first
def left(request: HttpRequest) -> HttpResponse:
    """What a person takes along, to keep or to print."""
    ending = leaving.standing_ending(person_of(request))
    if ending is None:
        return redirect("coaching:week")
    today = today_in(preferences_of(request).zone, timezone.now())
    context = {
        "ending": ending,
        "words": to_read_back(ending.words),
        "kept": leaving.names_of(ending),
        "booster": leaving.open_booster(ending, today),
    }
    return render(request, "coaching/left.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@danger_first
def booster(request: HttpRequest) -> HttpResponse:
    ending = leaving.standing_ending(person_of(request))
    if ending is None:
        return redirect("coaching:today" if request.user.is_authenticated else "coaching:home")
    today = today_in(preferences_of(request).zone, timezone.now())
    due = leaving.open_booster(ending, today)
    form = BoosterForm(posted(request))
    if request.method == "POST" and form.is_valid() and due:
        leaving.answer(due, form.cleaned_data, timezone.now())
        return redirect("coaching:booster")
    context = {"form": form, "due": due, "ending": ending, "seen": _answered(ending), "kept": leaving.names_of(ending)}
    return render(request, "coaching/booster.html", context, status=422 if form.errors else 200)


def _answered(ending: Ending) -> list[object]:
    return [one for one in ending.boosters.all() if one.answered_at]


@require_POST
@never_cache
@danger_first
def come_back(request: HttpRequest) -> HttpResponse:
    """One tap, and a check-in that asks only what may have changed."""
    person = person_of(request)
    if person is None or leaving.standing_ending(person) is None:
        return redirect("coaching:intake")
    leaving.come_back(person, at=timezone.now(), zone=preferences_of(request).zone)
    if not intakes.standing_of(person).is_again:
        return redirect("coaching:intake")
    intakes.begin_check_in(person, timezone.now())
    return redirect("coaching:intake_step", SAFETY)
