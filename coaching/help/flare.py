"""Flare mode: the whole site becomes three big buttons, dim and led by sound, until the person leaves it.

A cookie alone says so: it needs no account, no row and no script, and it ends by itself after half
a day. Pages that help in a flare stay themselves; every other page of the library and the coach
shows the buttons at its own address, so that leaving flare mode brings that very page back.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

COOKIE = "__Host-flare" if settings.IS_HTTPS else "flare"
SECONDS = 12 * 3600
GetResponse = Callable[[HttpRequest], HttpResponse]
ROOMS = ("coaching", "content")
STAY = frozenset({"help_now", "emergency", "crisis", "practice", "practice_done", "privacy"})
OWN_PLAN = "flare-plan"
IMMUTABLE = "immutable"
"""Of a file whose name says what is in it: a picture, a recording. Flare mode makes nothing of it."""


@dataclass(frozen=True, kw_only=True)
class Flare:
    is_on: bool = False
    is_instead: bool = False
    """Whether the three buttons stand in the place of this page."""


def is_on(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) == "on"


def begin(response: HttpResponse) -> None:
    response.set_cookie(
        COOKIE, "on", max_age=SECONDS, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def end(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def flare(request: HttpRequest) -> dict[str, Flare]:
    """For every page: what flare mode makes of it."""
    if not is_on(request):
        return {"flare": Flare()}
    return {"flare": Flare(is_on=True, is_instead=request.method in ("GET", "HEAD") and not _stays(request))}


def _stays(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.app_name not in ROOMS:
        return True
    return match.url_name in STAY or match.kwargs.get("slug") == OWN_PLAN


def in_no_cache(get_response: GetResponse) -> GetResponse:
    """What flare mode makes of a page is for this browser now, and for nobody else."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_on(request) and IMMUTABLE not in response.headers.get("Cache-Control", ""):
            response.headers["X-Flare"] = "on"  # for the worker of this device, which cannot read the cookie
            add_never_cache_headers(response)
        return response

    return answer
