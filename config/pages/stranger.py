"""A page as a stranger gets it: asked for by the site itself, with nothing in the request that a visitor sent.

The copies for when the database is away (`standby.py`) and the ready-made pages (`config/ready`) are made of it.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings

Application = Callable[..., Iterable[bytes]]

FOR_A_COPY = "unloop.standby"
"""Stands in the environment of a request that only makes a copy: it is answered by the page itself, never by a copy."""


class Answer(NamedTuple):
    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def code(self) -> int:
        return int(self.status.partition(" ")[0])

    def header(self, name: str) -> str:
        """The last of this name, or nothing."""
        return dict(self.headers).get(name, "")


def environ_of_a_stranger(path: str) -> dict[str, Any]:
    site = urlsplit(settings.SITE_URL)
    environ: dict[str, Any] = {
        "PATH_INFO": path,
        "HTTP_HOST": site.netloc,
        "HTTP_X_FORWARDED_PROTO": site.scheme,
        "wsgi.url_scheme": site.scheme,
        FOR_A_COPY: True,
    }
    setup_testing_defaults(environ)
    return environ


def ask(application: Application, environ: dict[str, Any]) -> Answer:
    told: dict[str, Any] = {}

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        told.update(status=status, headers=list(headers))

    answered = application(environ, start_response)
    try:
        body = b"".join(answered)
    finally:
        getattr(answered, "close", lambda: None)()
    return Answer(body=body, **told)
