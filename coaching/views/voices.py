"""What a player asks for to speak: the voices, the recordings of a page, and each recording. The same for everybody."""

import re

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import conditional_page, require_safe

from coaching.voices.maps import recordings_told, voices_told
from content.core.voices.names import DIGITS
from content.views.picture import A_YEAR
from content.voices.human import bytes_named
from content.voices.recordings import manifest, recorded_as

A_RANGE = re.compile(r"bytes=(\d{0,9})-(\d{0,9})\Z")
KIND = "audio/mpeg"


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def voices(request: HttpRequest, language: str) -> JsonResponse:
    if language not in dict(settings.LANGUAGES):
        raise Http404("no voice speaks this language")
    return JsonResponse(voices_told(language))


@require_safe
@conditional_page
@cache_control(public=True, no_cache=True)
def voice_lines(request: HttpRequest, language: str, voice: str, what: str) -> JsonResponse:
    speaker = manifest().voice(language, voice)
    told = recordings_told(speaker, what, timezone.now()) if speaker else None
    if told is None:
        raise Http404("there is no such voice, or no such page")
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@require_safe
@cache_control(public=True, max_age=A_YEAR, immutable=True)
def voice_file(request: HttpRequest, name: str) -> HttpResponse:
    """Its name says what is in it, so it may be kept for ever. Some players ask for it piece by piece."""
    body = _bytes_of(name)
    response = _part(body, request.headers.get("Range", "")) or HttpResponse(body, content_type=KIND)
    response.headers["Accept-Ranges"] = "bytes"
    # It is as small as it gets: nobody has to try to pack it once more.
    response.headers["Content-Encoding"] = "identity"
    return response


def _bytes_of(name: str) -> bytes:
    """Those that ship with the library have the shorter names, and cost no question to the database."""
    body = bytes_named(name) if len(name) > DIGITS else _shipped(name)
    if body is None:
        raise Http404("there is no such recording")
    return body


def _shipped(name: str) -> bytes | None:
    one = recorded_as(name)
    try:
        return one.path.read_bytes() if one else None
    except OSError:
        return None


def _part(body: bytes, asked: str) -> HttpResponse | None:
    """None where the whole of it was asked for, or several pieces, which a site may answer with the whole."""
    match = A_RANGE.match(asked)
    if not match or not any(match.groups()):
        return None
    first, last = _ends(match[1], match[2], len(body))
    if first > last or first >= len(body):
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(body)}"})
    part = HttpResponse(body[first : last + 1], status=206, content_type=KIND)
    part.headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
    return part


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte; without a first, the last is how many are wanted from the end."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1
