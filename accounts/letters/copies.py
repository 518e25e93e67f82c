"""The copy of a letter for one subscriber, as the bytes that leave."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from accounts.core.letters.mould import Mould, fill, make
from accounts.core.letters.slots import slot
from accounts.letters.parts import parts_of
from accounts.mail import dkim_signature
from accounts.mail.keyed import keyed
from accounts.mail.links import Standing, standing_link_of, stop_link
from accounts.mail.sender import Parcel
from accounts.mail.sender_names import (
    LETTER,
    MailName,
    bare,
    feedback_id,
    handed_back,
    is_handed_back,
    reply_to,
    return_path,
    signed,
    written,
)
from accounts.models import Edition


@dataclass(frozen=True, kw_only=True)
class Copy(Parcel):
    message_id: str


class Reader(Protocol):
    @property
    def subscriber_id(self) -> int: ...
    @property
    def public_id(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What is the same for all who get it."""

    edition_id: int
    sender: str
    host: str
    mould: Mould


def letter_of(edition: Edition) -> Letter:
    parts, host = parts_of(edition), str(urlsplit(settings.SITE_URL).hostname)
    headers = {
        "From": written(settings.LETTERS_FROM_EMAIL),
        "To": slot("to"),
        "Subject": parts.subject,
        "Date": slot("date"),
        "Message-ID": slot("message_id"),
        "List-Id": f"Unloop letters <letters.{host}>",
        "List-Unsubscribe": f"<{slot('unsubscribe_link')}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
        "Auto-Submitted": "auto-generated",
        **reply_to(),
        **feedback_id(str(edition.pk), edition.kind),
        **handed_back(slot("signed_name")),
    }
    mould = make(headers, text=parts.text, html=parts.html)
    return Letter(edition_id=edition.pk, sender=bare(settings.LETTERS_FROM_EMAIL), host=host, mould=mould)


def copy_for(letter: Letter, to: Reader, *, at: datetime) -> Copy:
    values = {
        "to": to.email,
        "date": _written(at.replace(microsecond=0)),
        "message_id": message_id(letter, to),
        "unsubscribe_link": stop_link(to.public_id),
        "preferences_link": standing_link_of(to.public_id, Standing.PREFERENCES),
        "why_link": standing_link_of(to.public_id, Standing.WHY),
    }
    name = MailName(LETTER, letter.edition_id, to.subscriber_id)
    if is_handed_back():
        values["signed_name"] = signed(name, to=to.email)
    content = dkim_signature.sign(fill(letter.mould, values))
    sender = return_path(name, to=to.email, otherwise=letter.sender)
    return Copy(sender=sender, to=to.email, content=content, is_signed=True, message_id=values["message_id"])


@lru_cache(maxsize=4)
def _written(at: datetime) -> str:
    """Many leave within a second."""
    return format_datetime(at)


class Copies:
    """The copies of a few rows, each made while the mail server reads the one before."""

    def __init__(self, letter: Letter, readers: Iterable[Reader], clock: Callable[[], datetime]) -> None:
        self.letter, self.clock = letter, clock
        self.coming = iter(list(readers))
        self.made: dict[int, Copy] = {}

    def make_next(self) -> None:
        """One that cannot be made is left to be found out when it is wanted."""
        reader = next(self.coming, None)
        if reader is not None:
            with suppress(ValueError):
                made = self.made[reader.subscriber_id] = copy_for(self.letter, reader, at=self.clock())
                made.words  # noqa: B018 (kept with it, so that they are there when they are sent)

    def of(self, reader: Reader) -> Copy:
        return self.made.pop(reader.subscriber_id, None) or copy_for(self.letter, reader, at=self.clock())


def message_id(letter: Letter, to: Reader) -> str:
    """The same for every try, so that a receiver can fold a repeat; keyed, so that it tells neither of the two."""
    both = f"{letter.edition_id}:{to.subscriber_id}"
    digest = keyed("accounts.letters.message_id", both, settings.SECRET_KEY).hexdigest()
    return f"<{digest[:40]}@{letter.host}>"
