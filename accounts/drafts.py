"""What a browser may forget: drafts of forms whose words have arrived here.

While a person writes, the device keeps a locked draft (`static/js/kept-draft.js`), and sends its id with the form. The
view that kept the words says so, and the answer names the id in a cookie, which a script reads to erase the draft.
Where nothing says so, the draft stays and is offered back: better once too often than lost.
"""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FIELD, COOKIE = "draft", "__Host-arrived" if settings.IS_HTTPS else "arrived"
AN_ID = re.compile(r"[A-Za-z0-9-]{16,40}")
MOST = 5
"""Ids in the cookie, so that what one tab sent is still named when another one sends."""

HAVE_ARRIVED = "words_have_arrived"


def words_arrived(request: HttpRequest) -> None:
    vars(request)[HAVE_ARRIVED] = True


def say_which_drafts_arrived(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if HAVE_ARRIVED in vars(request) and AN_ID.fullmatch(request.POST.get(FIELD, "")):
            _name(request, response)
        return response

    return answer


def _name(request: HttpRequest, response: HttpResponse) -> None:
    before = filter(AN_ID.fullmatch, request.COOKIES.get(COOKIE, "").split("."))
    ids = [*before, request.POST[FIELD]][-MOST:]
    response.set_cookie(COOKIE, ".".join(ids), secure=settings.SESSION_COOKIE_SECURE, httponly=False, samesite="Lax")
