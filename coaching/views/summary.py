"""A summary to take along: chosen, looked at, and handed out on paper or by a link.

What is handed out is what was seen: the forms below the preview carry the choice and a mark of the page, and where that
page would say something else by now, it is shown again instead.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from json import dumps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from coaching.core.summary.plain import as_plain
from coaching.core.summary.summary import Summary
from coaching.danger.gate import danger_first
from coaching.models import Person, SharedLink
from coaching.people.preferences import preferences_of
from coaching.people.session import person_of
from coaching.sharing.links import Secret, TooMany, make_link, revoke, secret_of_page
from coaching.sharing.told import ToldLinks, links_of, moment
from coaching.summary.forms import ChoiceForm, HandOutForm
from coaching.summary.material import summary_for
from coaching.summary.page import page_of
from coaching.summary.paper import NoPaper, letters_without_shape, paper_of
from coaching.week.weeks import today_in


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A choice that holds, and the summary it makes now."""

    person: Person
    form: ChoiceForm
    summary: Summary
    mark: str
    at: datetime


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@danger_first
def summary(request: HttpRequest) -> HttpResponse:
    """Choose, and see exactly what would leave. A post shows; nothing leaves by it."""
    form = _form(request, request.POST if request.method == "POST" else None)
    return _shown(request, form)


def _form(request: HttpRequest, told: QueryDict | None) -> ChoiceForm:
    language = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    own = preferences_of(request)
    return ChoiceForm(told, hides_pain=own.hides_pain, language=language, today=today_in(own.zone, timezone.now()))


def _shown(request: HttpRequest, form: ChoiceForm, *, words: str = "") -> HttpResponse:
    person = person_of(request)
    seen = _seen(request, form) if person else None
    context: dict[str, Any] = {"form": form, "has_person": person is not None, "words": words}
    if seen:
        page = page_of(seen.summary)
        context |= {
            "page": page,
            "told": form.as_told(),
            "hand_out": HandOutForm(initial={"seen": seen.mark, "page": secrets.token_urlsafe(24)}),
            "missing": letters_without_shape(_own_words(seen.summary)),
        }
    return render(request, "coaching/summary.html", context, status=422 if form.errors or words else 200)


def _seen(request: HttpRequest, form: ChoiceForm) -> Seen | None:
    person = person_of(request)
    if person is None or (form.is_bound and not form.is_valid()):
        return None
    at = timezone.now()
    own_summary = summary_for(person, form.choice(), zone=preferences_of(request).zone, at=at)
    return Seen(person=person, form=form, summary=own_summary, mark=_mark(own_summary), at=at)


def _mark(own_summary: Summary) -> str:
    return sha256(dumps(as_plain(own_summary), sort_keys=True).encode()).hexdigest()


def _own_words(own_summary: Summary) -> str:
    named = (one.what + one.amount for one in own_summary.treatments)
    return "".join((own_summary.name, own_summary.goal, own_summary.small_step, *own_summary.questions, *named))


HandOut = Callable[[HttpRequest, Seen, HandOutForm], HttpResponse]


def as_seen(view: HandOut) -> Callable[[HttpRequest], HttpResponse]:
    """Only what was seen leaves: where the page would be another by now, it is shown again."""

    @require_POST
    @never_cache
    @danger_first
    def answer(request: HttpRequest) -> HttpResponse:
        form, how = _form(request, request.POST), HandOutForm(request.POST)
        seen = _seen(request, form)
        if seen is None:
            return _shown(request, form)
        if not how.is_valid() or how.cleaned_data["seen"] != seen.mark:
            return _shown(request, form, words=changed())
        return view(request, seen, how)

    return answer


def changed() -> str:
    return _("Something is different since you looked. Here is the page as it is now.")


@as_seen
def paper(request: HttpRequest, seen: Seen, how: HandOutForm) -> HttpResponse:
    del how
    try:
        made = paper_of(page_of(seen.summary))
    except NoPaper:
        words = _("This site cannot make the file right now. Print this page instead: it looks the same.")
        return _shown(request, seen.form, words=words)
    return as_file(made, seen.summary)


def as_file(made: bytes, of: Summary) -> HttpResponse:
    """The name says nothing of whose it is."""
    name = f"unloop-summary-{of.made_on.isoformat()}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


@as_seen
def link(request: HttpRequest, seen: Seen, how: HandOutForm) -> HttpResponse:
    days = int(how.cleaned_data["days"])
    secret = secret_of_page(seen.person, how.cleaned_data["page"], f"{seen.mark}\n{days}")
    try:
        made = make_link(
            seen.person,
            SharedLink.Kind.SUMMARY,
            as_plain(seen.summary),
            secret,
            at=seen.at,
            days=days,
            language=seen.summary.language,
        )
    except TooMany:
        return _shown(request, seen.form, words=too_many())
    return told_once(request, made, secret, seen.at)


def too_many() -> str:
    return _("Many of your links are open. End one that nobody needs, then make this one.")


def told_once(request: HttpRequest, made: SharedLink, secret: Secret, at: datetime) -> HttpResponse:
    """The address and the code: here and nowhere else, as neither is kept."""
    address = settings.SITE_URL + reverse("coaching:shared", args=[secret.token])
    context = {
        "is_open": made.is_alive(at),
        "address": address.replace("/es/", "/", 1),
        "code": f"{secret.code[:3]} {secret.code[3:]}",
        "until": moment(made.expires_at, preferences_of(request).zone),
        "attempts": made.attempts_left,
        "kind": made.kind,
    }
    return render(request, "coaching/summary_link.html", context)


@require_safe
@never_cache
def links(request: HttpRequest) -> HttpResponse:
    """What is handed out stays in sight, and can be ended, in danger too."""
    person = person_of(request)
    handed_out = links_of(person, timezone.now(), preferences_of(request).zone) if person else ToldLinks()
    return render(request, "coaching/summary_links.html", {"found": handed_out})


@require_POST
@never_cache
def end_link(request: HttpRequest, key: int) -> HttpResponse:
    person = person_of(request)
    if person and revoke(person, key, timezone.now()):
        messages.success(request, _("Ended. Nobody can open it any more."))
    return redirect("coaching:shared_links")
