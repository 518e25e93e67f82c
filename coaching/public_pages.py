"""Pages that are the same for every stranger: rendered once, kept, and answered with 304 to who has them.

A stranger is a visitor whose browser sends no cookie that a page could depend on. What is kept holds
nothing of a visitor (no token, no name), and is dropped when the library changes, which each
process asks at most once a second. Each process keeps its own; the tag is made from the bytes, so that all
processes agree on it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from content.reading.stamp import span

MOST_BYTES = 8 * 1024 * 1024
"""Of each process: all lessons in each size, in both languages, and half again. An address may choose one practice in
more ways than anybody could keep."""

FRESH_SECONDS = 30
"""How long a browser shows it without asking. A mark that a reader makes sets a cookie, which ends that at once."""


@dataclass(frozen=True, kw_only=True)
class KeptPage:
    body: bytes
    etag: str


_kept: dict[tuple, KeptPage] = {}


def is_stranger(request: HttpRequest) -> bool:
    """The cookie that protects forms says nothing of a visitor; any other may change the page."""
    return set(request.COOKIES) <= {settings.CSRF_COOKIE_NAME}


def public_page(request: HttpRequest, key: tuple, stamp: tuple, render: Callable[[], HttpResponse]) -> HttpResponse:
    """`key` names the page and all that its address chooses; `render` is called when it is not kept."""
    whole = (key, get_language(), stamp, span())
    page = _kept.get(whole)
    if page is None:
        page = _keep(whole, render().content)
    response = HttpResponse(page.body)
    response.headers["ETag"] = page.etag
    response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    patch_vary_headers(response, ["Cookie"])
    return get_conditional_response(request, etag=page.etag, response=response) or response


def _keep(whole: tuple, body: bytes) -> KeptPage:
    # What was kept of an older library goes, each kind of page having a stamp of its own; then the oldest make room.
    old = [other for other in list(_kept) if other[0][0] == whole[0][0] and other[2:] != whole[2:]]
    for other in old:
        _kept.pop(other, None)
    kept = list(_kept.items())
    weighs = len(body) + sum(len(page.body) for _, page in kept)
    for other, page in kept:
        if weighs <= MOST_BYTES:
            break
        _kept.pop(other, None)
        weighs -= len(page.body)
    page = _kept[whole] = KeptPage(body=body, etag=f'"{sha256(body).hexdigest()[:32]}"')
    return page


def forget() -> None:
    """Keep nothing any more: for whoever changes rows around their models."""
    _kept.clear()
