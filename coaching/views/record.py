"""A record for a clinic's software: chosen, downloaded as a file, or handed out by a SMART Health Link."""

import json
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coaching.core.intake.questionnaires import GAD_CREDIT, PEG_CREDIT
from coaching.core.record.codes import LOINC_NOTICE
from coaching.danger.gate import danger_first
from coaching.models import Person
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.record.forms import RecordForm
from coaching.record.handing_out import Asked, HandedOut, hand_out
from coaching.record.making import record_for
from coaching.sharing.links import TooMany
from coaching.sharing.told import moment
from coaching.summary.qr import picture_of
from coaching.views.summary import too_many

FILE_NAME = "unloop-record.json"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@danger_first
def record(request: HttpRequest) -> HttpResponse:
    """Nothing leaves by looking. A press of one of the two buttons hands out what the fields say."""
    form = _form(request)
    person = person_of(request)
    if person is None or not (form.is_bound and form.is_valid()):
        return _shown(request, form)
    return _link(request, person, form) if "link" in request.POST else _file(request, person, form)


def _form(request: HttpRequest) -> RecordForm:
    told = preferences_of(request)
    return RecordForm(
        request.POST if request.method == "POST" else None,
        hides_pain=told.hides_pain,
        today=timezone.now().astimezone(told.zone).date(),
        page=secrets.token_urlsafe(24),
    )


def _shown(request: HttpRequest, form: RecordForm, *, words: str = "") -> HttpResponse:
    context = {
        "form": form,
        "words": words,
        "has_person": person_of(request) is not None,
        "notices": (PEG_CREDIT, GAD_CREDIT, LOINC_NOTICE),
    }
    return render(request, "coaching/record.html", context, status=422 if form.errors or words else 200)


def _file(request: HttpRequest, person: Person, form: RecordForm) -> HttpResponse:
    bundle = record_for(person, form.choice(), zone=preferences_of(request).zone, at=timezone.now())
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
    return HttpResponse(json.dumps(bundle, indent=2), content_type="application/fhir+json", headers=headers)


def _link(request: HttpRequest, person: Person, form: RecordForm) -> HttpResponse:
    asked = Asked(
        choice=form.choice(),
        days=form.cleaned_data["days"],
        page=form.cleaned_data["page"],
        language=(get_language() or "en").partition("-")[0],
        zone=preferences_of(request).zone,
        at=timezone.now(),
    )
    try:
        return _told_once(request, hand_out(person, asked), asked)
    except TooMany:
        return _shown(request, form, words=too_many())


def _told_once(request: HttpRequest, handed: HandedOut, asked: Asked) -> HttpResponse:
    code = handed.secret.code
    context = {
        "is_open": handed.link.is_alive(asked.at),
        "written": handed.written,
        "picture": picture_of(handed.written),
        "code": f"{code[:3]} {code[3:]}",
        "until": moment(handed.link.expires_at, asked.zone),
        "attempts": handed.link.attempts_left,
    }
    return render(request, "coaching/record_link.html", context)
