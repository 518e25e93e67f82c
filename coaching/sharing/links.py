"""A link that a person hands out: made, opened with a code, and ended.

Whoever holds the address and the code sees what was fixed when the link was made. The address is 256 bits of chance and
the code six digits, so wrong codes count down a limit for the link's whole life. One conditional update says whether an
attempt counts: a right code opens only while the limit holds, so that however many guesses come at once, no more than
the limit are ever answered.

A form that is sent twice leads to one link: address and code are worked out from what only this server and that page
know, and neither is kept.
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from accounts.core.typed import code_as_meant
from accounts.sealing import CannotOpen
from coaching.models import LinkOpening, Person, SharedLink
from coaching.models.shared_link import MOST_ATTEMPTS
from coaching.sharing.browsers import OpenedWith

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
CODE_DIGITS = 6
DAYS = (1, 7, 30)
USUAL_DAYS = 7
MOST_ALIVE = 20
"""Links of one person that can be open at once."""


class TooMany(Exception):
    """There are so many open links that one has to end first."""


@dataclass(frozen=True, kw_only=True)
class Secret:
    """`token` is the end of the address, `code` the six digits: told to the person once, and kept nowhere."""

    token: str
    code: str = ""


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """`left`: how many wrong codes the link still takes."""

    is_open: bool
    left: int


def secret_of_page(person: Person, page: str, told: str) -> Secret:
    """The same for the same form. `page` is the chance that its page was made with, `told` all that it sent."""
    value = f"{person.pk}\n{page}\n{sha256(told.encode()).hexdigest()}"
    token = salted_hmac("coaching.sharing.token", value, algorithm="sha256").digest()
    code = salted_hmac("coaching.sharing.code", value, algorithm="sha256").digest()
    number = int.from_bytes(code[:16], "big") % 10**CODE_DIGITS
    return Secret(token=urlsafe_b64encode(token).decode().rstrip("="), code=f"{number:0{CODE_DIGITS}}")


@transaction.atomic
def make_link(
    person: Person, kind: str, content: Mapping[str, Any], secret: Secret, *, at: datetime, days: int, language: str
) -> SharedLink:
    """The link of this secret: made now, or the one that stands already. TooMany where too many are open."""
    Person.objects.hold(person)
    token_hash = hash_of(secret.token)
    known = SharedLink.objects.filter(token_hash=token_hash, person=person).first()
    if known:
        return known
    if person.shared_links.alive(at).count() >= MOST_ALIVE:
        raise TooMany
    link = SharedLink(person=person, kind=kind, token_hash=token_hash, made_at=at, language=language)
    link.expires_at, link.attempts_left = at + timedelta(days=days), MOST_ATTEMPTS
    link.content = dict(content)
    link.verifier = _verifier(token_hash, secret.code) if secret.code else ""
    link.save()
    return link


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def find_link(token: str, at: datetime) -> SharedLink | None:
    """None for what was never made, and for what has ended: nobody is told which."""
    if not TOKEN.fullmatch(token):
        return None
    return SharedLink.objects.alive(at).filter(token_hash=hash_of(token)).first()


@transaction.atomic
def attempt(link: SharedLink, code: str, *, at: datetime, opened_with: OpenedWith) -> Attempt:
    """Open it with this code, or count one wrong code down. Nothing is told by a link that has ended meanwhile."""
    is_right = _is_right(link, code)
    change = {"opened": F("opened") + 1} if is_right else {"attempts_left": F("attempts_left") - 1}
    counts = SharedLink.objects.alive(at).filter(pk=link.pk).update(**change)
    if counts and is_right:
        LinkOpening.objects.create(link=link, at=at, browser=opened_with.browser, name=opened_with.name)
    left = SharedLink.objects.filter(pk=link.pk).values_list("attempts_left", flat=True).first()
    return Attempt(is_open=bool(counts) and is_right, left=left or 0)


def _is_right(link: SharedLink, code: str) -> bool:
    if not link.has_code:
        return True
    try:
        kept = link.verifier
    except CannotOpen:
        # What no key opens any more, no code opens either.
        return False
    return compare_digest(kept, _verifier(link.token_hash, code_as_meant(code)))


def _verifier(token_hash: str, code: str) -> str:
    # A code may be half a letter: it is wrong, and no fault of the page.
    return sha256(f"{token_hash}:{code}".encode(errors="surrogatepass")).hexdigest()


def revoke(person: Person, key: int, at: datetime) -> bool:
    """At once, and once: whether it stood until now. What it showed is forgotten with it."""
    return bool(person.shared_links.filter(pk=key, revoked_at=None).update(revoked_at=at, sealed_content=""))
