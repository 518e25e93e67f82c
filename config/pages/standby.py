"""The last good copy of each page that needs no person: what a visitor gets while the database is away.

A thread beside the requests asks for these pages as a stranger does, every ten minutes, so a copy holds nothing of
anybody, no token either. It says on itself that it is a copy. The copies lie in VAR_DIR too: a process that is started
while the database is away has them, and several processes make them once.
"""

import json
import logging
import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from time import sleep, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db import Error, close_old_connections
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import override

from coaching.danger.hearing import rehearse
from config.machine.addresses import in_english
from config.machine.postgresql.away import breaker
from config.pages.broken import broken_page
from config.pages.kept import HELP_IN
from config.pages.sitemaps import SITEMAPS
from config.pages.stranger import FOR_A_COPY, Application, ask, environ_of_a_stranger
from content.models import LessonVariant

log = logging.getLogger("unloop.standby")
FILE = "standby.json"
EVERY_SECONDS = 600
PAUSE = 0.1
"""Seconds between two pages, so that visitors come first."""

FALSE_ALARM_SECONDS = 0.1
"""How long a page waits for the first look of the breaker: a database that is there, under many pages at once, answers
it in milliseconds. Longer, and the threads that wait would keep others from Help now where it is away."""

MOST_KEPT = 500
GOOD, BROKEN, NOT_NOW = 200, 500, 503
SECONDS_TO_WAIT = 30
STANDS = (
    "/help-now/",
    "/robots.txt",
    "/favicon.ico",
    "/.well-known/",
    "/static/",
    "/metrics",
)
"""Addresses that need no database at all, in any language. The copy of Help now for a device is none of them: what
speaks against its breathing is read, and a device that gets none now keeps the one it has."""

PAGES = ("home", "lessons", "practices", "offline", "flare_buttons", "emergency", "crisis", "help_now_copy", "about")
HELP = ("emergency", "crisis")
MAIN = '<main id="main" tabindex="-1">'
KEPT_HEADERS = ("Content-Type", "Content-Language", "Service-Worker-Allowed")
GetResponse = Callable[[HttpRequest], HttpResponse]


@dataclass(frozen=True, kw_only=True)
class Copy:
    """Pressed together, as hardly anybody ever reads it."""

    pressed: bytes
    headers: dict[str, str]

    @classmethod
    def of(cls, body: str, headers: dict[str, str]) -> "Copy":
        return cls(pressed=zlib.compress(body.encode()), headers=headers)

    @property
    def body(self) -> str:
        return zlib.decompress(self.pressed).decode()

    def as_response(self) -> HttpResponse:
        response = HttpResponse(self.body)
        for name, value in self.headers.items():
            response.headers[name] = value
        # It holds until the database is back, and no longer.
        add_never_cache_headers(response)
        return response


copies: dict[str, Copy] = {}
"""Those of this process, by their address."""


def standing_by(get_response: GetResponse) -> GetResponse:
    """Where nothing else can be said, the last good copy is."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or FOR_A_COPY in request.META:
            return get_response(request)
        copy = copies.get(request.path) if not request.GET else None
        needs_it = bool(copy) or not in_english(request.path).startswith(STANDS)
        if needs_it and breaker.is_open and not breaker.settles(FALSE_ALARM_SECONDS):
            return copy.as_response() if copy else _not_now(request.path)
        response = get_response(request)
        return copy.as_response() if copy and response.status_code >= BROKEN else response

    return answer


def _not_now(path: str) -> HttpResponse:
    """At once: whoever waits for what cannot come keeps others from Help now."""
    response = HttpResponse(broken_page(path), status=NOT_NOW, headers={"Retry-After": str(SECONDS_TO_WAIT)})
    add_never_cache_headers(response)
    return response


# --- Making them -------------------------------------------------------------------------


def start(application: Application) -> None:
    """Called once by a process that serves pages."""
    Thread(target=_keep_up, args=(application,), name="standby", daemon=True).start()


def _keep_up(application: Application) -> None:
    """Never ends: whatever a page does to it, the next round comes."""
    try:
        rehearse()
    except Exception:
        log.warning("What is said in danger could not be drawn ahead.", exc_info=True)
    while True:
        try:
            renew(application)
        except Exception:
            log.warning("The copies of pages could not be made anew.", exc_info=True)
        sleep(EVERY_SECONDS)


def renew(application: Application, *, pause: float = PAUSE) -> None:
    """Take what another process made lately, or make them. What is there stays where nothing better can be had."""
    made_at = _read()
    # One from the future was made by a clock that was wrong, and would stand until that day comes.
    if 0 <= time() - made_at < EVERY_SECONDS * 0.9:
        return
    fresh = _made(application, pause)
    if fresh:
        _take(fresh)
        _write(fresh)


def _made(application: Application, pause: float) -> dict[str, Copy]:
    fresh: dict[str, Copy] = {}
    for address in addresses():
        if breaker.is_open:
            return {}
        copy = copy_of(application, address)
        if copy:
            fresh[address] = copy
        sleep(pause)
    return fresh


def addresses() -> list[str]:
    """Of every page that is the same for all; none while the database cannot say which there are."""
    pages = [reverse(f"coaching:{name}") for name in PAGES]
    pages += [reverse("worker"), reverse("manifest")]
    for language in HELP_IN:
        with override(language):
            pages += [reverse(f"coaching:{name}") for name in HELP]
    try:
        return list(dict.fromkeys([*pages, *_in_the_library()]))[:MOST_KEPT]
    except Error:
        return []
    finally:
        close_old_connections()


def _in_the_library() -> list[str]:
    kinds: list[Sitemap[Any]] = [kind() for kind in SITEMAPS.values()]
    paths = [_path(each.location(row)) for each in kinds for row in each.items()]
    for variant in LessonVariant.objects.published(timezone.now()).only("lesson_id", "language"):
        with override(variant.language):
            paths.append(reverse("coaching:lesson", args=[variant.lesson_id]))
    # Whoever asks for a page of a person, or for help now, is answered by those pages themselves.
    own = {reverse("coaching:help_now"), reverse("coaching:intake")}
    return [address for address in paths if address not in own]


def _path(location: str) -> str:
    return urlsplit(location).path


def copy_of(application: Application, address: str) -> Copy | None:
    """The page as a stranger gets it, or None where it is not there or broken."""
    answer = ask(application, environ_of_a_stranger(address))
    if answer.code != GOOD:
        return None
    told = dict(answer.headers)
    headers = {name: told[name] for name in KEPT_HEADERS if name in told}
    return Copy.of(_marked(answer.body.decode(), headers.get("Content-Language", "")), headers)


def _marked(page: str, language: str) -> str:
    """Says on the page that it is a copy. What is no page of ours (the worker, the manifest) stays as it is."""
    with override(language or settings.LANGUAGE_CODE):
        return page.replace(MAIN, MAIN + render_to_string("parts/_standby.html"), 1)


# --- Between processes -------------------------------------------------------------------


def _take(fresh: dict[str, Copy]) -> None:
    copies.update(fresh)
    for gone in copies.keys() - fresh.keys():
        copies.pop(gone, None)


def _file() -> Path:
    return Path(settings.VAR_DIR) / FILE


def _read() -> float:
    """Take what is in the file, and say when it was made; 0 where there is none."""
    try:
        made_at = _file().stat().st_mtime
        told = json.loads(_file().read_text(encoding="utf-8"))
        _take({address: Copy.of(copy["body"], copy["headers"]) for address, copy in told.items()})
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return 0.0
    return made_at


def _write(fresh: dict[str, Copy]) -> None:
    made = _file().with_suffix(f".{os.getpid()}")
    try:
        told = {address: {"body": copy.body, "headers": copy.headers} for address, copy in fresh.items()}
        made.write_text(json.dumps(told), encoding="utf-8")
        made.replace(_file())
    except OSError as error:
        log.warning("The copies of pages cannot be kept in VAR_DIR: %s.", error.strerror)
