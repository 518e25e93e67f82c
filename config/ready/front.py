"""What stands in front of Django: finished bytes for whoever may have them, and for everybody else Django as before.

An answer from here is counted at /metrics by its kind as any other, in a line of its own too (`unloop_ready_pages`),
and has a number of its own. Nothing is asked of the database but how the library stands.
"""

import logging
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils.http import parse_etags

from config.chance import Heap, cut, random_bytes
from config.machine.postgresql.away import breaker
from config.middleware import number_of
from config.pages.metrics import READY, tally
from config.pages.stranger import Answer, Application, ask, environ_of_a_stranger
from config.ready.asked import Asked, asked_of
from config.ready.holes import NUMBER, TOKEN, Woven
from config.ready.pages import kind_of
from config.ready.stamp import Watch
from config.ready.store import GOOD, Page, Store, lasting, page_of
from config.ready.tokens import secret_and_token

log = logging.getLogger("unloop.ready")
BROKEN = 500
MEGABYTE = 1024 * 1024
ABOUT_THE_BODY = ("Content-Type", "Content-Encoding", "Content-Language", "Content-Length")
OK = "200 OK"
StartResponse = Callable[..., Any]
Handed = tuple[str, list[tuple[str, str]], bytes]
"""Status, headers and body. An `Answer` is one too, but to make it takes a tenth of all that is done here."""

numbers_of_practices = Heap(lambda count: [told[:22] for told in cut(urlsafe_b64encode(random_bytes(18 * count)), 24)])
"""Letters as in an address, so that nothing has to be cut off at the end: 132 bits of chance."""


def in_front_of(application: Application) -> Application:
    """While a site is written (DEBUG), its pages change without its library."""
    if settings.DEBUG or not settings.READY_MB:
        return application
    return Front(application, Store(settings.READY_MB * MEGABYTE), Watch())


class Front:
    def __init__(self, application: Application, store: Store, watch: Watch) -> None:
        self.application, self.store, self.watch = application, store, watch

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        try:
            answer = None if breaker.is_open else self._ready(environ)
        except Exception:
            log.exception("A ready-made page could not be handed out; it is made as any other.")
            answer = None
        if answer is None:
            return self.application(environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return [body]

    def _ready(self, environ: dict[str, Any]) -> Handed | None:
        asked = asked_of(environ)
        if asked is None or (kind := kind_of(asked.path)) is None or (asked.has_query and kind.reads_a_query):
            return None
        stamp = self.watch.now()
        if stamp is None:
            return None
        page = self.store.find(asked.path, stamp)
        if page is None:
            return self._made(asked, environ, stamp)
        answer = answer_of(page, asked, environ)
        tally.one(answer[0], monotonic())
        return answer

    def _made(self, asked: Asked, environ: dict[str, Any], stamp: Any) -> Handed | None:
        """Made by the whole application, which counts it too. What cannot be kept is asked for again as it came."""
        clean = environ_of_a_stranger(asked.path)
        clean["HTTP_X_REQUEST_ID"] = environ.get("HTTP_X_REQUEST_ID", "")
        answer = ask(self.application, clean)
        if page := page_of(answer):
            self.store.keep(asked.path, page, stamp)
            READY.labels("made").inc()
            return answer_of(page, asked, environ, number=answer.header("X-Request-ID"))
        is_for_anyone = GOOD < answer.code < BROKEN and not answer.header("Set-Cookie")
        return packed_once(answer, asked) if is_for_anyone else None


def answer_of(page: Page, asked: Asked, environ: dict[str, Any], *, number: str = "") -> Handed:
    packed = page.packed(asked.coding)
    own = ("X-Request-ID", number or number_of(environ.get("HTTP_X_REQUEST_ID", "")))
    if asked.has and page.etag and _has(asked.has, page.etag):
        return "304 Not Modified", [*(line for line in packed.head if line[0] not in ABOUT_THE_BODY), own], b""
    headers, fill = [*packed.head, own], {}
    if page.cookie:
        secret, fill[TOKEN] = secret_and_token(asked.secret.encode())
        headers.append(("Set-Cookie", page.cookie.with_secret(secret)))
    if NUMBER in page.woven.kinds:
        fill[NUMBER] = numbers_of_practices.one()
    return OK, headers, b"" if asked.is_head else packed.coded.filled(fill)


def _has(told: str, etag: str) -> bool:
    """Compared weakly, as RFC 9110 has it for a page that is only read."""
    return told.strip() == "*" or etag.removeprefix("W/") in (one.removeprefix("W/") for one in parse_etags(told))


def packed_once(answer: Answer, asked: Asked) -> Handed:
    """What is for anyone and is not kept, such as that a page is not there: as small as this browser takes it."""
    page = Page(woven=Woven(answer.body), headers=lasting(answer), etag=answer.header("ETag"), cookie=None)
    if page.woven.holes or answer.header("Content-Encoding"):
        return answer.status, answer.headers, b"" if asked.is_head else answer.body
    packed = page.packed(asked.coding)
    headers = [*packed.head, ("X-Request-ID", answer.header("X-Request-ID"))]
    return answer.status, headers, b"" if asked.is_head else packed.coded.filled({})
