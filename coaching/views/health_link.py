"""What a clinic's software asks of a SMART Health Link: what there is, with the code; and then the locked record.

Made without a session, a cookie or the language of anybody. A browser of another site may ask too, as many readers of
such links are pages: nothing here depends on who asks but the code.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.core.typed import HALF_A_LETTER
from coaching.models import SharedLink
from coaching.record.handing_out import fetch, manifest_of
from coaching.sharing.browsers import SOFTWARE
from coaching.sharing.links import attempt, find_link

LONGEST_BODY, LONGEST_CODE, LONGEST_RECIPIENT = 4000, 100, 1000
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "content-type",
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
View = Callable[[HttpRequest, str], HttpResponse]


def open_to_all(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, token: str) -> HttpResponse:
        response = HttpResponse(status=204) if request.method == "OPTIONS" else view(request, token)
        for name, value in OPEN_TO_ALL.items():
            response.headers[name] = value
        return response

    return answer


# Whoever asks has no session here, so there is none that another site could borrow.
@csrf_exempt
@require_http_methods(["POST", "OPTIONS"])
@open_to_all
def manifest(request: HttpRequest, token: str) -> HttpResponse:
    link = find_link(token, timezone.now())
    if link is None or link.kind != SharedLink.Kind.RECORD:
        return _not_there()
    asked = _asked(request)
    if asked is None:
        return JsonResponse(
            {"error": "Send JSON with a recipient, a passcode, and embeddedLengthMax if you like."}, status=400
        )
    passcode = asked.get("passcode", "")
    if not passcode:
        return JsonResponse({"remainingAttempts": link.attempts_left}, status=401)
    tried = attempt(link, passcode, at=timezone.now(), opened_with=SOFTWARE)
    if not tried.is_open:
        return JsonResponse({"remainingAttempts": tried.left}, status=401)
    listing = manifest_of(link, asked.get("embeddedLengthMax"))
    return JsonResponse(listing) if listing["files"] else _not_there()


@csrf_exempt
@require_http_methods(["GET", "OPTIONS"])
@open_to_all
def record_location(request: HttpRequest, token: str) -> HttpResponse:
    """Once. After that, and after the link has ended, there is nothing here."""
    locked = fetch(token, timezone.now())
    return HttpResponse(locked, content_type="application/jose") if locked else _not_there()


def _not_there() -> HttpResponse:
    return JsonResponse({"error": "There is nothing here, or not any more."}, status=404)


def _asked(request: HttpRequest) -> dict[str, Any] | None:
    """None for what the specification does not ask with. What it says beyond that is passed by."""
    try:
        told = json.loads(request.body[:LONGEST_BODY])
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not _is_text(told.get("recipient"), LONGEST_RECIPIENT, least=1):
        return None
    longest = told.get("embeddedLengthMax", 0)
    is_sound = _is_text(told.get("passcode", ""), LONGEST_CODE) and type(longest) is int and longest >= 0
    return told if is_sound else None


def _is_text(value: object, most: int, *, least: int = 0) -> bool:
    return isinstance(value, str) and least <= len(value) <= most and not HALF_A_LETTER.search(value)
