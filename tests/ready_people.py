"""People who use one site at once, and what may never be: that a byte of one reaches another.

Each request goes through what stands in front of Django, as a browser sends it. A stranger's answer must be what Django
says to a stranger at that moment, but for the holes; an answer for anybody else must come from Django itself; and in
nobody's answer stands what is another's.
"""

import gzip
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

import brotli  # type: ignore[import-untyped]
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client

from config.drawn import part
from config.drawn.shelf import Shelf
from config.pages.stranger import FOR_A_COPY, Answer, ask, environ_of_a_stranger
from config.ready import stamp, tokens
from config.ready.front import Front
from config.ready.stamp import Watch
from config.ready.store import Store
from content.reading import stamp as of_the_library
from tests.accounts.people import PASSWORD, make_user
from tests.coaching.shell_makers import a_visitor

OWN = ("X-Request-ID", "Set-Cookie", "ETag", "Expires", "Content-Encoding", "Content-Length")
HOLES = re.compile(rb'(name="(?:csrfmiddlewaretoken|client_id)" value=")[A-Za-z0-9_-]+"')
ONCE = re.compile(rb'nonce="[^"]*"|name="(?:id|log_id|started_at)" value="[^"]*"')
"""What differs each time that somebody asks."""

READ = {"gzip": gzip.decompress, "br": brotli.decompress}
WORD = "Heron-of-the-third-pond"
"""What a member wrote into a lesson's notes."""


@contextmanager
def connection_stays() -> Iterator[None]:
    """The test's own stays open when a request, or a look at the library, ends."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    try:
        # No page is made anew in the middle of a test because five minutes are over.
        with patch.object(stamp, "close_old_connections"), patch.object(of_the_library, "LONGEST_KEPT", 10**9):
            yield
    finally:
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)


class Asked(Front):
    """A front that counts how often Django was asked, and looks at the library each time."""

    def __init__(self) -> None:
        self.django, self.count = get_wsgi_application(), 0
        super().__init__(self.counting, Store(24 * 1024 * 1024), Watch())

    def counting(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.count += 1
        return self.django(environ, start_response)

    def get(self, path: str, query: str = "", method: str = "GET", **headers: str) -> Answer:
        self.watch._at = float("-inf")
        return ask(self, asking(path, query, method, **headers))

    def is_ready(self, path: str, query: str = "", **headers: str) -> bool:
        """Whether it is answered without Django, once it was asked for."""
        self.get(path, query, **headers)
        before = self.count
        self.get(path, query, **headers)
        return self.count == before


def asking(path: str, query: str = "", method: str = "GET", **headers: str) -> dict[str, Any]:
    """As a visitor's browser asks; nothing in it says that the site itself does."""
    environ = environ_of_a_stranger(path)
    environ.pop(FOR_A_COPY)
    named = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    return {**environ, "QUERY_STRING": query, "REQUEST_METHOD": method, **named}


def without_own(answer: Answer) -> tuple[str, list[tuple[str, str]], bytes]:
    return answer.status, sorted(line for line in answer.headers if line[0] not in OWN), words_of(answer)


def words_of(answer: Answer) -> bytes:
    """Unpacked, with its holes empty."""
    read = READ.get(answer.header("Content-Encoding"))
    return HOLES.sub(rb'\1"', read(answer.body) if read and answer.body else answer.body)


class Browser:
    """Somebody with the cookies that the site gave them."""

    def __init__(self, front: Asked, name: str, client: Client | None = None) -> None:
        self.front, self.name, self.tags = front, name, dict[str, str]()
        self.cookies = {key: cookie.value for key, cookie in client.cookies.items()} if client else {}

    @property
    def is_stranger(self) -> bool:
        return set(self.cookies) <= {settings.CSRF_COOKIE_NAME}

    @property
    def secrets(self) -> set[bytes]:
        return {value.encode() for value in self.cookies.values() if len(value) >= 16}

    def environ(self, path: str, method: str = "GET", coding: str = "", *, again: bool = False) -> dict[str, Any]:
        parts = urlsplit(path)
        cookie = "; ".join(f"{key}={value}" for key, value in self.cookies.items())
        told = {"cookie": cookie, "accept_encoding": coding}
        told |= {"if_none_match": self.tags[path]} if again and path in self.tags else {}
        told = {name: value for name, value in told.items() if value}
        return asking(parts.path, parts.query, method, **told)

    def get(self, path: str, method: str = "GET", coding: str = "", *, again: bool = False) -> Answer:
        return self._answered(path, self.environ(path, method, coding, again=again))

    def post(self, path: str, **form: str) -> Answer:
        """With the token that a page gave, and the origin, as a browser sends them."""
        secret = self.cookies.get(settings.CSRF_COOKIE_NAME)
        token = tokens.secret_and_token(secret.encode())[1].decode() if secret else ""
        told = {**form, **({"csrfmiddlewaretoken": token} if token else {})}
        body = urlencode(told).encode()
        more = {"CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body))}
        environ = {**self.environ(path, "POST"), **more, "wsgi.input": BytesIO(body)}
        return self._answered(path, {**environ, "HTTP_ORIGIN": settings.SITE_URL})

    def _answered(self, path: str, environ: dict[str, Any]) -> Answer:
        self.front.watch._at = float("-inf")
        answer = ask(self.front, environ)
        for name, value in answer.headers:
            if name == "Set-Cookie":
                self._take(SimpleCookie(value.strip()))
        if tag := answer.header("ETag"):
            self.tags[path] = tag
        return answer

    def _take(self, told: SimpleCookie) -> None:
        for key, cookie in told.items():
            if cookie["max-age"] == 0 or not cookie.value:
                self.cookies.pop(key, None)
            else:
                self.cookies[key] = cookie.value


class Crowd:
    """A member with a bookmark and a note, a visitor, staff, somebody in flare mode, and three strangers."""

    def __init__(self) -> None:
        self.front = Asked()
        make_user("staff@example.org", is_staff=True, is_superuser=True)
        make_user("nadia@example.org")
        visitor, member, staff = Client(), Client(), Client()
        a_visitor(visitor)
        member.login(email="nadia@example.org", password=PASSWORD)
        staff.login(email="staff@example.org", password=PASSWORD)
        clients = {"member": member, "visitor": visitor, "staff": staff}
        names = ("flare", "stranger", "another", "third")
        self.people = {name: Browser(self.front, name, client) for name, client in clients.items()}
        self.people |= {name: Browser(self.front, name) for name in names}
        self.people["member"].get("/help-now/")
        self.people["member"].post("/lessons/breathing/bookmark/", keep="yes")
        self.people["member"].post("/lessons/breathing/notes/", changed=WORD)
        self.people["flare"].get("/help-now/")
        self.people["flare"].post("/help-now/flare/", do="begin")

    def gets(self, name: str, path: str, method: str = "GET", coding: str = "", *, again: bool = False) -> Answer:
        """One page for one of them, and all that must hold of it."""
        who, before = self.people[name], self.front.count
        was_stranger, environ = who.is_stranger, who.environ(path, method, coding)
        answer = who.get(path, method, coding, again=again)
        self.holds_nothing_of_others(who, answer)
        if not was_stranger:
            assert self.front.count == before + 1, f"{name} was answered without Django"
            self.is_the_same_drawn_anew(who, path)
        elif answer.code != 304:
            said = ask(self.front.django, {**environ, "HTTP_ACCEPT_ENCODING": ""})
            told = [without_own(each) for each in (answer, said)]
            # The server leaves out the words for who asks for the head alone.
            told = told if method == "GET" else [each[:2] for each in told]
            assert told[0] == told[1], f"{path} is not what a stranger is told"
        return answer

    def is_the_same_drawn_anew(self, who: Browser, path: str) -> None:
        """With the parts that others drew before, and with every part drawn for this page alone."""
        kept = who.get(path)
        with patch.object(part, "shelf", Shelf(0)):
            anew = who.get(path)
        told = [ONCE.sub(rb"", words_of(each)) for each in (kept, anew)]
        assert told[0] == told[1], f"{path} shows {who.name} what was drawn for somebody else"

    def posts(self, name: str, path: str, **form: str) -> Answer:
        who, before = self.people[name], self.front.count
        answer = who.post(path, **form)
        assert self.front.count == before + 1
        self.holds_nothing_of_others(who, answer)
        return answer

    def holds_nothing_of_others(self, who: Browser, answer: Answer) -> None:
        told = words_of(answer) + b"".join(f"{name}: {value}\n".encode() for name, value in answer.headers)
        for other in self.people.values():
            if other is not who:
                assert not [secret for secret in other.secrets - who.secrets if secret in told], other.name
        if who.name != "member":
            assert WORD.encode() not in told
            assert b"nadia@example.org" not in told
