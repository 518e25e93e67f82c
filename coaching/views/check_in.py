"""A check-in: two minutes, once in a while, every answer optional."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.drafts import words_arrived
from coaching.core.intake.questionnaires import GAD_CREDIT, PEG_CREDIT
from coaching.core.questions.items import TWO_WEEKS
from coaching.danger.gate import danger_first
from coaching.intake.rechecks import recheck_due
from coaching.models import Person
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.progress.asking import asked_of
from coaching.progress.check_ins import keep_check_in, take_back_check_in
from coaching.progress.forms import CheckInForm
from coaching.progress.unwanted import asking_for


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@danger_first
def check_in(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if person is None or person.newest_finished is None:
        return redirect("coaching:intake")
    at, told = timezone.now(), preferences_of(request)
    today = at.astimezone(told.zone).date()
    asked = asked_of(person, today, told.zone, hides_pain=told.hides_pain)
    form = CheckInForm(asked, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        keep_check_in(person, form.cleaned_data, day=today, at=at)
        words_arrived(request)
        messages.success(request, _("Kept. Here is what it shows."))
        return redirect("coaching:progress")
    return _show(request, person, form)


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
