"""What somebody was handed: one page behind a link and its code, for a reader who is a stranger here.

It is made without the request, so it sets no cookie, reads none, and looks the same to everybody. Nothing but our own
style is loaded with it. What was never made, is over or was revoked is not there, and nobody is told which it is.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.sealing import CannotOpen
from coaching.core.summary.plain import summary_from
from coaching.core.summary.summary import Summary
from coaching.models import SharedLink
from coaching.sharing.browsers import opened_with
from coaching.sharing.links import attempt, find_link
from coaching.summary.forms import CodeForm
from coaching.summary.page import page_of
from coaching.summary.paper import NoPaper, paper_of
from coaching.views.summary import as_file

Kind = SharedLink.Kind
PRIVATE = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


# A reader has no session here, so there is none that another site could borrow.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def shared(request: HttpRequest, token: str) -> HttpResponse:
    link = find_link(token, timezone.now())
    with override(link.language if link else settings.LANGUAGE_CODE):
        response = _answer(request, link)
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response


def _answer(request: HttpRequest, link: SharedLink | None) -> HttpResponse:
    if link is None:
        return _gone()
    return _opened(request, link) if request.method == "POST" else _asked(link, CodeForm())


def _gone() -> HttpResponse:
    """The same for whatever is not there, for whichever reason."""
    return HttpResponse(render_to_string("coaching/shared_gone.html", {"language": get_language()}), status=404)


def _asked(link: SharedLink, form: CodeForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "kind": link.kind, "language": link.language, "without_scripts": True}
    return HttpResponse(render_to_string("coaching/shared_code.html", context), status=status)


def _opened(request: HttpRequest, link: SharedLink) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _asked(link, form, status=422)
    tried = attempt(link, form.cleaned_data["code"], at=timezone.now(), opened_with=opened_with(_said(request)))
    if not tried.left:
        return _gone()
    if not tried.is_open:
        form.refuse(tried.left)
        return _asked(link, form, status=422)
    return _page(request, link, form.cleaned_data["code"])


def _said(request: HttpRequest) -> str:
    return str(request.headers.get("User-Agent", ""))


def _page(request: HttpRequest, link: SharedLink, code: str) -> HttpResponse:
    content = _content(link)
    if not content:
        return _gone()
    context = {"code": code, "kind": link.kind, "language": link.language}
    if link.kind == Kind.RECORD:
        # A clinic without the software for it sees the scores that the record holds.
        content = content["summary"]
    elif link.kind != Kind.SUMMARY:
        return HttpResponse(render_to_string("coaching/shared_item.html", {**context, "item": content}))
    summary = summary_from(content)
    return _paper(summary) if "paper" in request.POST else _screen(summary, context)


def _content(link: SharedLink) -> dict[str, Any]:
    """Empty for what no key opens any more, and for what was revoked between the two looks."""
    try:
        return link.content
    except CannotOpen:
        return {}


def _screen(summary: Summary, context: Mapping[str, object]) -> HttpResponse:
    return HttpResponse(render_to_string("coaching/shared_summary.html", {**context, "page": page_of(summary)}))


def _paper(summary: Summary) -> HttpResponse:
    try:
        return as_file(paper_of(page_of(summary)), summary)
    except NoPaper:
        return _screen(summary, {"language": summary.language, "has_no_paper": True})
