"""For someone close, and for clinics: how to help, what may be handed to them, and what this is."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coaching.danger.gate import danger_first
from coaching.people.session import person_of
from coaching.sharing.links import TooMany, make_link, secret_of_page
from coaching.summary.forms import ItemForm
from coaching.summary.items import items_of
from coaching.summary.paper import NoPaper, leaflet_of
from coaching.summary.qr import picture_of
from coaching.views.summary import changed, told_once, too_many


@require_safe
@never_cache
def close(request: HttpRequest) -> HttpResponse:
    """How to help without taking over. Whoever is coached here can hand out one thing from it."""
    return _shown(request)


def _shown(request: HttpRequest, *, words: str = "") -> HttpResponse:
    person = person_of(request)
    page = secrets.token_urlsafe(24)
    offers = (
        [(item, ItemForm(initial={"kind": item.kind, "seen": item.mark, "page": page})) for item in items_of(person)]
        if person
        else []
    )
    context = {"offers": offers, "words": words, "is_coached": person is not None}
    return render(request, "coaching/close.html", context, status=422 if words else 200)


@require_POST
@never_cache
@danger_first
def share_item(request: HttpRequest) -> HttpResponse:
    person, form, at = person_of(request), ItemForm(request.POST), timezone.now()
    if person is None:
        return redirect("coaching:close")
    item = next((one for one in items_of(person) if form.is_valid() and one.kind == form.cleaned_data["kind"]), None)
    if item is None:
        return _shown(request, words=_("That is not there to share any more. Here is what there is."))
    if form.cleaned_data["seen"] != item.mark:
        return _shown(request, words=changed())
    told = f"{item.content}\n{form.cleaned_data['days']}"
    secret = secret_of_page(person, form.cleaned_data["page"], told)
    language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    try:
        days = form.cleaned_data["days"]
        made = make_link(person, item.kind, item.content, secret, at=at, days=days, language=language)
    except TooMany:
        return _shown(request, words=too_many())
    return told_once(request, made, secret, at)


@require_safe
def clinics(request: HttpRequest) -> HttpResponse:
    return render(request, "coaching/clinics.html", _leaflet())


@require_safe
def clinics_paper(request: HttpRequest) -> HttpResponse:
    try:
        made = leaflet_of({**_leaflet(), "language": get_language()})
    except NoPaper:
        return redirect("coaching:clinics")
    headers = {"Content-Disposition": 'attachment; filename="unloop-for-clinics.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _leaflet() -> dict[str, object]:
    """The address in the picture is that of the site alone: nothing in it tells which leaflet it came from."""
    return {"address": settings.SITE_URL, "picture": picture_of(f"{settings.SITE_URL}/")}
