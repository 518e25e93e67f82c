"""What a page says of somebody is kept in no cache, neither the browser's nor one on the way.

Asked after the page is made, of what it looked into anyway: a page that never looked who asks says nothing of them, and
may be kept.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from coaching.people.session import KEPT_AS

GetResponse = Callable[[HttpRequest], HttpResponse]
IMMUTABLE = "immutable"
"""A file that is the same for everybody and for ever, whoever asks for it."""


def pages_of_a_person(get_response: GetResponse) -> GetResponse:
    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        told = response.headers.get("Cache-Control", "")
        if _looked_at_somebody(request) and IMMUTABLE not in told and not _is_kept_nowhere(told):
            add_never_cache_headers(response)
        return response

    return answer


def _is_kept_nowhere(told: str) -> bool:
    return "no-store" in told and "private" in told


def _looked_at_somebody(request: HttpRequest) -> bool:
    held = vars(request)
    user = held.get("_cached_user")
    return held.get(KEPT_AS) is not None or (user is not None and user.is_authenticated)
