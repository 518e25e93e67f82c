"""The names under which mail leaves: who it is from, who reads an answer, and where it goes when it comes back.

A return path of its own for each mail (VERP) tells which mail came back, whatever the server that returns it writes. It
is signed, so that nobody can report that somebody else's mail came back. It is in lower case: some servers change that.
"""

import re
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare

from accounts.mail.keyed import keyed

LETTER, OWN = "l", "m"
RETURNED = re.compile(r"\+([lm])(\d+)-(\d+)-([0-9a-f]{16})@", re.IGNORECASE)
SENDER_ID = 15


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A letter by edition and subscriber, or one of the site's own mails by its number (and 0)."""

    kind: str
    first: int
    second: int


def bare(address: str) -> str:
    """hello@example.org of "Unloop <hello@example.org>"."""
    return parseaddr(address)[1]


def written(address: str) -> str:
    """With its name, as a header may hold it."""
    return formataddr(parseaddr(address))


def reply_to() -> dict[str, str]:
    """A reader who answers reaches somebody, if there is somebody."""
    return {"Reply-To": written(settings.REPLY_TO)} if settings.REPLY_TO else {}


def feedback_id(campaign: str, kind: str) -> dict[str, str]:
    """By which large providers count complaints: what, of which kind, and whose (5 to 15 signs)."""
    host = re.sub(r"[^a-z0-9]", "", str(urlsplit(settings.SITE_URL).hostname)) + "letters"
    return {"Feedback-ID": f"{campaign}:{kind}:letters:{host[:SENDER_ID]}"}


def return_path(kind: str, first: int, second: int, *, otherwise: str) -> str:
    """Where one mail comes back to; without a mailbox for that, its sender."""
    if not settings.BOUNCE_ADDRESS:
        return otherwise
    local, _, domain = bare(settings.BOUNCE_ADDRESS).rpartition("@")
    return f"{local}+{kind}{first}-{second}-{_signature(kind, first, second, settings.SECRET_KEY)}@{domain}"


def returned(address: str) -> Returned | None:
    """Which mail such an address names; None when it names none, or is not signed by us."""
    found = RETURNED.search(address)
    if not found:
        return None
    kind, first, second = found[1].lower(), int(found[2]), int(found[3])
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    signed = any(constant_time_compare(found[4].lower(), _signature(kind, first, second, each)) for each in secrets)
    return Returned(kind=kind, first=first, second=second) if signed else None


def _signature(kind: str, first: int, second: int, secret: str) -> str:
    words = f"{kind}{first}-{second}"
    return keyed("accounts.return_path", words, secret).hexdigest()[:16]
