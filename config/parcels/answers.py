"""What a device keeps, in parcels: many pages in one answer, which the worker unpacks (`static/js/worker-parcels.js`).

Each page is asked for within this process as a stranger asks, so that it is what anybody gets, headers and all, and
knows nobody. A parcel is packed and compressed once a release and state of the library, by one process for all of a
machine (`shared.py`). Its digest is that of what the pages say; the hashes in the names of files are left out of it,
because a device can put the new ones in by itself.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from config.pages.compressed import answer_of, compressed
from config.pages.kept import FILES, LANGUAGES, Pairs, bytes_of, contents, file_names
from config.pages.stranger import environ_of_a_stranger
from config.parcels.release import release
from config.parcels.shared import Key, Parcel, found, one_process, put_down
from config.ready.stamp import library
from content.reading.stamp import ask_anew

A_SLICE = 0.1
"""Seconds that a list may spend on packing. What it does not come to, the device asks for by itself."""

OF_ONE_REQUEST = {"set-cookie", "vary", "etag", "content-length", "date", "x-request-id", "expires", "last-modified"}
TOKEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken" value="\w+">')
"""Of a form that a copy cannot send: it would fit no cookie, and make each copy another one."""

NOT_PUBLIC = re.compile("no-store|private")
IN_A_NAME = re.compile(r"(/static/[\w/-]+)\.[0-9a-f]{12}(?=\.\w)")
TYPES = {".css": "text/css", ".js": "text/javascript", ".wav": "audio/wav"}
BROKEN = 500
State = tuple[Any, ...]


class NotNow(Exception):
    """A page of the parcel is broken just now: better none than one with a hole."""


packed: dict[Key, tuple[State, Parcel]] = {}
"""Those that this process has handed out. There are no more than there are languages and guides."""

packing = Lock()


# --- Answers -----------------------------------------------------------------------------


@require_safe
@cache_control(public=True, no_cache=True)
def parcels(request: HttpRequest, language: str) -> HttpResponse:
    """Address and digest of each parcel of a language; no digest where it would take too long to say it."""
    if language not in LANGUAGES:
        raise Http404
    until, state = monotonic() + A_SLICE, _state()
    told = {}
    for name in contents(language):
        is_quick = _there((language, name), state) or monotonic() < until
        told[address_of(language, name)] = _digest_of(language, name, state) if is_quick else ""
    return HttpResponse(json.dumps(told), content_type="application/json")


def _digest_of(language: str, name: str, state: State) -> str:
    """Empty where one of its pages is broken just now: whoever asks for it hears that, and the others are told."""
    try:
        return parcel_of(language, name, state).digest
    except NotNow:
        return ""


@require_safe
@cache_control(public=True, no_cache=True)
def parcel(request: HttpRequest, language: str, name: str) -> HttpResponse:
    """Nothing to unpack for a device that has it already."""
    state = _state()
    if not _there((language, name), state) and name not in contents(language):
        raise Http404
    try:
        packed_now = parcel_of(language, name, state)
    except NotNow:
        return HttpResponse(status=503)
    if request.GET.get("has") == packed_now.digest:
        return HttpResponse(status=204)
    return answer_of(request, packed_now.bodies, "application/json")


def address_of(language: str, name: str) -> str:
    return reverse("parcel", args=[language, name])


# --- Packing -----------------------------------------------------------------------------


def parcel_of(language: str, name: str, state: State) -> Parcel:
    """One thread of one process packs; others wait for what it has packed."""
    key = (language, name)
    if there := _there(key, state):
        return there
    with packing, one_process(_word_of(state)):
        if there := _there(key, state):
            return there
        # What this process read of the library a moment before that state was seen may be older.
        ask_anew()
        made = _pack(_files() if name == FILES else _pages(contents(language)[name]))
        packed[key] = (state, made)
        put_down(key, _word_of(state), made)
    return made


def _there(key: Key, state: State) -> Parcel | None:
    """Packed by this process or another."""
    known, parcel = packed.get(key, (None, None))
    if known == state:
        return parcel
    if parcel := found(key, _word_of(state)):
        packed[key] = (state, parcel)
    return parcel


def _state() -> State:
    """All that parcels are packed from: the release first, then the site, then the library as it stands today."""
    return (release(), settings.SITE_URL, settings.STATIC_URL, *library(timezone.now()))


def _word_of(state: State) -> str:
    """For the name of a file; empty where nobody can say which release this is."""
    return sha256(repr(state).encode()).hexdigest()[:24] if state[0] else ""


def _pack(told: dict[str, Any]) -> Parcel:
    digest = sha256(IN_A_NAME.sub(r"\1", json.dumps(told)).encode()).hexdigest()[:16]
    body = json.dumps({"digest": digest, **told}, ensure_ascii=False).encode()
    bodies = {way: squeezed for way, squeezed in compressed(body).items() if way}
    return Parcel(digest=digest, bodies=bodies)


def _pages(pairs: Pairs) -> dict[str, Any]:
    return {"pages": list(_each(pairs))}


def _each(pairs: Pairs) -> Iterator[dict[str, Any]]:
    """Without what is there no more, and what is for one person alone."""
    for name, copy in pairs:
        response = _site().get_response(WSGIRequest(_asked(copy)))
        if not isinstance(response, HttpResponse) or response.status_code >= BROKEN:
            raise NotNow
        is_public = not NOT_PUBLIC.search(response.headers.get("Cache-Control", ""))
        if response.status_code == 200 and is_public:
            headers = {key: value for key, value in response.headers.items() if key.lower() not in OF_ONE_REQUEST}
            yield {"name": name, "headers": headers, "text": TOKEN.sub("", response.content.decode())}


@cache
def _site() -> BaseHandler:
    site = BaseHandler()
    site.load_middleware()
    return site


def _asked(address: str) -> dict[str, Any]:
    page = urlsplit(address)
    return {**environ_of_a_stranger(page.path), "QUERY_STRING": page.query, "wsgi.input": BytesIO()}


def _files() -> dict[str, Any]:
    """Scripts, style sheets and sounds; fonts are packed as tightly as they can be, and the page has just read them."""
    return {"files": [_file(name) for name in file_names() if Path(name).suffix in TYPES]}


def _file(name: str) -> dict[str, Any]:
    kind = TYPES[Path(name).suffix]
    is_text = kind.startswith("text/")
    body = bytes_of(name)
    told = body.decode() if is_text else b64encode(body).decode()
    return {"name": static(name), "type": kind, "isText": is_text, "body": told}
