"""How many people one source may begin as in a minute, without an account: so that no program fills the database.

Who comes too early gets a page that holds all they sent, and sends it again with one tap. What tells of danger is never
held up (`coaching/danger/hearing.py`), nor is anybody who has begun. The limits of the account library are not used:
they take a lock, and refuse whoever cannot have it within a second, so a busy database would send people away.
"""

import logging
from collections.abc import Callable

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from accounts.guard.marks import source_mark

SECONDS = 60
TOO_MANY = 429
log = logging.getLogger("unloop.pages")


class TooManyVisits(Exception):
    """Raised where a visit would begin; nothing of the request has been kept."""


class SlowVisits:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return _page(request) if isinstance(exception, TooManyVisits) else None


def count_visit(request: HttpRequest, *, comes_first: bool) -> None:
    """Counted in the database, for all processes; two at the very same moment may count as one.

    What `comes_first` is not even counted: a database that is busy would keep it waiting.
    """
    most = settings.VISITS_A_MINUTE
    if not most or comes_first:
        return
    source = _source(request)
    key = f"visits:{source_mark(source)}:{int(timezone.now().timestamp()) // SECONDS}"
    before = int(cache.get(key, 0))
    if before < most:
        cache.set(key, before + 1, SECONDS)
    else:
        log.info("Too many visits began in a minute, from %s.", source_mark(source))
        raise TooManyVisits


def _source(request: HttpRequest) -> str:
    try:
        return get_ip(request)
    except PermissionDenied:
        return ""


def _page(request: HttpRequest) -> HttpResponse:
    sent = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
    response = render(request, "errors/too_many_visits.html", {"sent": sent}, status=TOO_MANY)
    response.headers["Retry-After"] = str(SECONDS)
    add_never_cache_headers(response)
    return response
