"""Words that call for care, in whatever form they are sent: the way to help is shown with the very next page.

Nothing is stored of it, and nothing is blocked. A page that answers the form itself shows the panel; where
the answer leads on, a message takes it to the page that follows.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import Error
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from coaching.core.tools.crisis_words import asks_for_care, typed_in
from coaching.help.flare import GetResponse

TAG = "care"
SEARCH = "q"
"""The one field that a person writes in and a page asks for by its address."""


def care(request: HttpRequest) -> dict[str, Any]:
    """For every page: whether to show the way to help. Worked out only by a page that asks."""
    return {"calls_for_care": SimpleLazyObject(lambda: calls_for_care(request))}


def calls_for_care(request: HttpRequest) -> bool:
    return _said_in(request) or _is_waiting(request)


def take_care_along(get_response: GetResponse) -> GetResponse:
    """An answer that only leads on takes the panel along to the page it leads to."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "POST" and 300 <= response.status_code < 400 and _said_in(request):
            words = _("If any of this is heavy right now, talk to someone.")
            messages.add_message(request, messages.INFO, words, extra_tags=TAG, fail_silently=True)
        return response

    return answer


def _said_in(request: HttpRequest) -> bool:
    if request.path.startswith("/admin/") or not hasattr(request, "session"):
        # Staff write of such words in lessons; they are no cry of their own.
        return False
    if request.method == "POST":
        return asks_for_care(typed_in(_posted(request)))
    match = request.resolver_match
    is_search = match is not None and match.view_name == "coaching:lessons"
    return is_search and asks_for_care(request.GET.getlist(SEARCH))


def _posted(request: HttpRequest) -> dict[str, list[Any]]:
    """A form that nobody can read says nothing; the page that refuses it still has to be drawn."""
    try:
        return dict(request.POST.lists())
    except (BadRequest, SuspiciousOperation, UnreadablePostError):
        return {}


def care_is_waiting(request: HttpRequest) -> bool:
    """Whether the form before this page called for care; asks no database that does not answer."""
    try:
        return _is_waiting(request)
    except Error:
        return False


def _is_waiting(request: HttpRequest) -> bool:
    waiting = messages.get_messages(request)
    return len(waiting) > 0 and any(TAG in message.tags.split() for message in waiting)
