"""A check-in: two minutes, once in a while, every answer optional.

Two ways lead aside from it: to the danger signs, and to what to do about something unwanted. Both keep what was given
so far, and lead back.
"""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.drafts import words_arrived
from coaching.core.intake.questionnaires import GAD_CREDIT, PEG_CREDIT
from coaching.core.questions.items import SAFETY, TWO_WEEKS
from coaching.danger import way_back
from coaching.intake.intakes import is_in_danger
from coaching.intake.rechecks import recheck_due
from coaching.models import Person
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of, waiting_person
from coaching.progress.asking import asked_of
from coaching.progress.check_ins import keep_check_in, take_back_check_in
from coaching.progress.forms import CheckInForm, UnwantedForm
from coaching.progress.unwanted import asking_for, report


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check_in(request: HttpRequest) -> HttpResponse:
    person, at = person_of(request), timezone.now()
    if person is None or person.newest_finished is None:
        return redirect("coaching:intake")
    form = _form(request, person, at)
    is_kept = form.is_bound and form.is_valid()
    if is_kept:
        _keep(request, person, form, at)
    if is_in_danger(person, waiting_person(request)):
        # Told in another tab meanwhile: it comes first, and what was given here is kept.
        way_back.lead_back_to(request, way_back.CHECK_IN, at)
        return redirect("coaching:emergency")
    if is_kept:
        messages.success(request, _("Kept. Here is what it shows."))
        return redirect("coaching:progress")
    way_back.is_back(request)
    return _show(request, person, form)


@require_POST
@never_cache
def signs_first(request: HttpRequest) -> HttpResponse:
    """To the danger signs, from the check-in or from what it showed, and back to it afterwards."""
    person, at = person_of(request), timezone.now()
    if person is None or person.newest_finished is None:
        return redirect("coaching:intake")
    if request.POST.get("from") == way_back.PROGRESS:
        way_back.lead_back_to(request, way_back.PROGRESS, at)
        return redirect("coaching:intake_step", SAFETY)
    return _aside(request, person, at) or redirect("coaching:intake_step", SAFETY)


@require_POST
@never_cache
def unwanted_first(request: HttpRequest) -> HttpResponse:
    """One tap on something unwanted, beside a check-in that is not kept yet."""
    person, at, told = person_of(request), timezone.now(), UnwantedForm(request.POST)
    if person is None or person.newest_finished is None or not told.is_valid():
        return redirect("coaching:unwanted")
    refused = _aside(request, person, at)
    effect = report(person, told.cleaned_data["kind"], technique="", token=told.cleaned_data["token"], at=at)
    return refused or redirect("coaching:unwanted_said", effect.client_id)


def _aside(request: HttpRequest, person: Person, at: datetime) -> HttpResponse | None:
    """Keep what was given so far, and remember the way back; the page again where something is wrong with it."""
    form = _form(request, person, at)
    if form.is_valid():
        _keep(request, person, form, at)
    elif set(form.errors) - {NON_FIELD_ERRORS}:
        return _show(request, person, form)
    way_back.lead_back_to(request, way_back.CHECK_IN, at)
    return None


def _form(request: HttpRequest, person: Person, at: datetime) -> CheckInForm:
    told = preferences_of(request)
    asked = asked_of(person, at.astimezone(told.zone).date(), told.zone, hides_pain=told.hides_pain)
    return CheckInForm(asked, request.POST if request.method == "POST" else None)


def _keep(request: HttpRequest, person: Person, form: CheckInForm, at: datetime) -> None:
    keep_check_in(person, form.cleaned_data, day=at.astimezone(preferences_of(request).zone).date(), at=at)
    words_arrived(request)


@require_POST
@never_cache
def take_back(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person:
        take_back_check_in(person, timezone.now().astimezone(preferences_of(request).zone).date())
        messages.info(request, _("Today’s check-in is taken back."))
    return redirect("coaching:short_check_in")


def _show(request: HttpRequest, person: Person, form: CheckInForm) -> HttpResponse:
    context = {
        "form": form,
        "stem": TWO_WEEKS,
        "credits": {"gad": GAD_CREDIT, "peg": PEG_CREDIT},
        "recheck": recheck_due(person, person.newest_finished, timezone.now()),
        "unwanted": asking_for(),
        "was_given": bool(form.asked.given),
    }
    return render(request, "coaching/check_in.html", context, status=422 if form.errors else 200)
