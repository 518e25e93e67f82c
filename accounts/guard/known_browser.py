"""A browser in which somebody has logged in before. It is known by a signed cookie, and counts its own wrong tries: so
strangers who guess, however many, do not keep the owner out of an account.

The cookie holds a random number and the keyed hashes of the last few addresses: who has it learns nothing from it.
"""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.guard.marks import address_mark

COOKIE = "__Host-known" if settings.IS_HTTPS else "known"
SECONDS = 365 * 24 * 3600
MOST_ADDRESSES = 4
"""Of a browser that a family shares."""

SALT = "accounts.known_browser"


def known_as(request: HttpRequest, address: str) -> str | None:
    """The number of this browser, if the owner of the address has logged in with it."""
    browser, marks = _number_and_marks(request)
    return browser if address_mark(address) in marks else None


def remember(request: HttpRequest, response: HttpResponse, address: str) -> None:
    browser, marks = _number_and_marks(request)
    mark = address_mark(address)
    others = [each for each in marks if each != mark][: MOST_ADDRESSES - 1]
    value = signing.dumps([browser or secrets.token_urlsafe(12), mark, *others], salt=SALT)
    response.set_cookie(COOKIE, value, max_age=SECONDS, secure=settings.IS_HTTPS, httponly=True, samesite="Lax")


def forget(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def _number_and_marks(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        browser, *marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return str(browser), marks
