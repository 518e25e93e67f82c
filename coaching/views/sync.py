"""Taking in what was done without a network.

A device asks first (GET) for a fresh token and for the labels of whoever is signed in now, then sends (POST) what
waits under one of them. So neither a token that was changed since, nor a session that ended, nor another person's
log-in can lose a practice or put it in the wrong place: the usual check of the token holds, unweakened, and a batch
whose label is not of this very session is refused whole (409) and stays on the device. With the label of nobody, the
practices go to the visitor of this browser, who is made now if there is none (`people.person_for`).
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coaching.models import Person
from coaching.offline.unsent import (
    Batch,
    BatchRefused,
    Done,
    Outcome,
    guides_of,
    keep_practice,
    labels_of,
    read_batch,
    read_practice,
)
from coaching.offline.unsent_entries import is_entry, keep_entry, read_entry
from coaching.people.preferences import preferences_of
from coaching.people.session import person_to_add_to
from coaching.tools.forms import ToolForm

Readable = Done | ToolForm | Outcome
"""What one item of a batch turned out to be; an outcome is a refusal."""


@require_http_methods(["GET", "HEAD", "POST"])
def practice_sync(request: HttpRequest) -> JsonResponse:
    if request.method != "POST":
        return _answer({"token": get_token(request), "owners": labels_of(request.user)})
    try:
        batch = _batch(request)
    except BatchRefused as refused:
        return _answer({"why": str(refused)}, status=400)
    if batch.owner not in labels_of(request.user):
        return _answer({"why": _("This belongs to somebody else who uses this device.")}, status=409)
    return _answer({"results": [outcome.as_words() for outcome in _keep_all(request, _read_all(request, batch))]})


def _answer(told: dict[str, Any], *, status: int = 200) -> JsonResponse:
    """Kept in no cache. A script of ours alone reads it, so nothing is said for browsers that know no such header."""
    return JsonResponse(told, status=status, headers={"Cache-Control": "no-store, private"})


def _batch(request: HttpRequest) -> Batch:
    try:
        return read_batch(request.body)
    except RequestDataTooBig:
        raise BatchRefused(_("That is too much at once.")) from None


def _read_all(request: HttpRequest, batch: Batch) -> list[Readable]:
    guides, hides_pain = guides_of(batch), preferences_of(request).hides_pain
    return [
        read_entry(request, told) if is_entry(told) else read_practice(told, guides, hides_pain=hides_pain)
        for told in batch.items
    ]


def _keep_all(request: HttpRequest, items: list[Readable]) -> list[Outcome]:
    # A person is made only for something that is kept.
    refusals = [item for item in items if isinstance(item, Outcome)]
    if len(refusals) == len(items):
        return refusals
    person, at = person_to_add_to(request), timezone.now()
    return [_keep(person, item, at) for item in items]


def _keep(person: Person, item: Readable, at: datetime) -> Outcome:
    match item:
        case Outcome():
            return item
        case ToolForm():
            return keep_entry(person, item, at)
        case Done():
            return keep_practice(person, item, at)
