"""The names under which mail leaves: who it is from, who reads an answer, and where it goes when it comes back.

A return path of its own for each mail (VERP) tells which mail came back, whatever the server that returns it writes. It
is signed, so that nobody can report that somebody else's mail came back, and the signature holds the address that the
mail went to: whoever has moved since is not taken for the mailbox they left. It is in lower case: some servers change
that.
"""

import re
from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare

from accounts.mail.keyed import keyed

LETTER, OWN, REMINDER = "l", "m", "r"
RETURNED = re.compile(r"\+([lmr])(\d{1,18})-(\d{1,18})-([0-9a-f]{16})@", re.IGNORECASE)
REMINDER_ID = re.compile(r"<reminder-(?P<slot>\d{1,18})-(?P<wish>[\w-]+)@[^<>\s]+>")
SENDER_ID = 15
HANDED_BACK = {"mailjet": "X-MJ-CustomID", "postmark": "X-PM-Metadata-mail"}
"""Some providers name a mail by a number of their own alone, and hand back what stands in this header: 80 signs at
most."""


@dataclass(frozen=True)
class MailName:
    """Which mail it is: a letter by edition and subscriber, one of the site's own mails by its number (and 0), a
    reminder by its wish and its slot."""

    kind: str
    first: int
    second: int = 0

    def __str__(self) -> str:
        return f"{self.kind}{self.first}-{self.second}"


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What a return path names. It is to be believed for an address that `is_signed_for`."""

    mail: MailName
    signature: str

    def is_signed_for(self, to: str) -> bool:
        secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        # Mail of the release before was signed without an address. That goes with the release after this one.
        genuine = (_signature(self.mail, each, known) for each in secrets for known in (to, ""))
        return any(constant_time_compare(self.signature, each) for each in genuine)


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


def reminder_id(slot: int, wish: str) -> str:
    """The Message-ID of a reminder, by its slot and the random id of its wish."""
    return f"<reminder-{slot}-{wish}@{urlsplit(settings.SITE_URL).hostname}>"


def return_path(mail: MailName, *, to: str, otherwise: str) -> str:
    """Where one mail comes back to; without a mailbox for that, its sender."""
    if not settings.BOUNCE_ADDRESS:
        return otherwise
    local, _, domain = bare(settings.BOUNCE_ADDRESS).rpartition("@")
    return f"{local}{signed(mail, to=to)}{domain}"


def signed(mail: MailName, *, to: str) -> str:
    """What a return path names it by, and what `returned` finds wherever it stands."""
    return f"+{mail}-{_signature(mail, settings.SECRET_KEY, to)}@"


def is_handed_back() -> bool:
    return settings.MAIL_PROVIDER in HANDED_BACK


def handed_back(signed_name: str) -> dict[str, str]:
    """For the provider that reports what came back, where it needs that."""
    return {HANDED_BACK[settings.MAIL_PROVIDER]: signed_name} if is_handed_back() else {}


def returned(words: str) -> list[Returned]:
    """Each signed name of a mail that stands in these words; whether it is ours, its signature tells."""
    return [
        Returned(mail=MailName(kind.lower(), int(first), int(second)), signature=signature.lower())
        for kind, first, second, signature in RETURNED.findall(words)
    ]


def _signature(mail: MailName, secret: str, to: str) -> str:
    words = str(mail) + (f" {to.lower()}" if to else "")
    return keyed("accounts.return_path", words, secret).hexdigest()[:16]
