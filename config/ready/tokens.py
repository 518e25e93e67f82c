"""The token of a form and its cookie, as Django's middleware makes them: for any page, and for one made before.

Whoever brings the cookie gets a token of its secret, whoever brings none gets both anew; the token is masked afresh on
each page. Only a cookie exactly as Django sets it is taken; with any other, Django itself answers. Django's own
functions take 85 microseconds for both, these less than one, as they make many at a time. A test asks Django whether it
takes what is made here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from time import time
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import CSRF_ALLOWED_CHARS, CSRF_SECRET_LENGTH
from django.utils.functional import SimpleLazyObject
from django.utils.http import http_date

from config.chance import Heap, cut, random_bytes

LETTERS = CSRF_ALLOWED_CHARS.encode()
ALL = len(LETTERS)
PLACES = bytes(LETTERS.find(letter) & 0xFF for letter in range(256))
LETTER_OF = bytes(LETTERS[byte % ALL] for byte in range(256))
"""By its place, or by the sum of two: that is a byte too, so that all places are added up at once, as one number."""

UNFAIR = bytes(range(256 - 256 % ALL, 256))
"""Bytes that are left out: with them the first letters would come more often than the last."""

EXPIRES = re.compile(r"expires=[^;]+")


def new_letters(count: int) -> bytes:
    """Each of all words of so many letters is as likely as the next. One byte in 32 is left out."""
    made = b""
    while len(made) < count:
        made += random_bytes(count + count // 16 + 16).translate(LETTER_OF, UNFAIR)
    return made[:count]


def masked(secrets: bytes, masks: bytes) -> bytes:
    """One secret or many in a row, each with its own mask."""
    sums = int.from_bytes(secrets.translate(PLACES)) + int.from_bytes(masks.translate(PLACES))
    return sums.to_bytes(len(masks)).translate(LETTER_OF)


def _words(count: int) -> list[bytes]:
    return cut(new_letters(count * CSRF_SECRET_LENGTH), CSRF_SECRET_LENGTH)


def _pairs(count: int) -> list[tuple[bytes, bytes]]:
    secrets, masks = _words(count), _words(count)
    hidden = cut(masked(b"".join(secrets), b"".join(masks)), CSRF_SECRET_LENGTH)
    return [(secret, mask + rest) for secret, mask, rest in zip(secrets, masks, hidden, strict=True)]


masks, pairs = Heap(_words), Heap(_pairs)


def secret_and_token(kept: bytes) -> tuple[bytes, bytes]:
    """The secret that was kept, or else a new one, and a token of it that nobody has had."""
    if not kept:
        return pairs.one()
    mask = masks.one()
    return kept, mask + masked(kept, mask)


def form_token(request: HttpRequest) -> dict[str, Any]:
    """For every page, in the place of Django's, which asks the system for each letter. Made where a form is drawn."""
    return {"csrf_token": SimpleLazyObject(lambda: _token_for(request))}


def _token_for(request: HttpRequest) -> str:
    """Django's middleware sets the cookie that is named here, and renews the one that is there."""
    told = request.META
    secret, token = secret_and_token(told.get("CSRF_COOKIE", "").encode())
    told.update(CSRF_COOKIE=secret.decode(), CSRF_COOKIE_NEEDS_UPDATE=True)
    return token.decode()


@lru_cache(maxsize=4)
def _date(second: int) -> str:
    return http_date(second)


@dataclass(frozen=True, kw_only=True)
class CookieLine:
    """Django's own header, taken apart: its name, and all that follows the value but for the date."""

    name: str
    before_date: str
    after_date: str
    age: int
    """Seconds from now to that date."""

    def with_secret(self, secret: bytes) -> str:
        date = _date(int(time()) + self.age)
        return f"{self.name}={secret.decode()}{self.before_date}expires={date}{self.after_date}"


def cookie_line(header: str) -> CookieLine | None:
    """None where it is another cookie, or not what Django makes of this one."""
    name, _, rest = header.strip().partition("=")
    value, _, attributes = rest.partition(";")
    dates = EXPIRES.findall(attributes)
    if name != settings.CSRF_COOKIE_NAME or len(value) != CSRF_SECRET_LENGTH or len(dates) != 1:
        return None
    before, after = attributes.split(dates[0])
    return CookieLine(name=name, before_date=f";{before}", after_date=after, age=settings.CSRF_COOKIE_AGE)
