"""The copy of a letter for one subscriber, as the bytes that leave."""

from datetime import datetime
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.crypto import salted_hmac

from accounts.core.letter_slots import slot
from accounts.core.mould import Mould, fill, make
from accounts.letters.parts import parts_of
from accounts.models import Edition
from accounts.newsletter_links import Standing, standing_link_of, stop_link
from accounts.sender import Parcel, bare


def mould_of(edition: Edition) -> Mould:
    parts, host = parts_of(edition), urlsplit(settings.SITE_URL).hostname
    headers = {
        "From": formataddr(parseaddr(settings.LETTERS_FROM_EMAIL)),
        "To": slot("to"),
        "Subject": parts.subject,
        "Date": slot("date"),
        "Message-ID": slot("message_id"),
        "List-Id": f"Unloop letters <letters.{host}>",
        "List-Unsubscribe": f"<{slot('unsubscribe_link')}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Precedence": "bulk",
        "Auto-Submitted": "auto-generated",
    }
    return make(headers, text=parts.text, html=parts.html)


def copy(mould: Mould, *, to: str, public_id: str, message_id: str, at: datetime) -> Parcel:
    values = {
        "to": to,
        "date": format_datetime(at),
        "message_id": message_id,
        "unsubscribe_link": stop_link(public_id),
        "preferences_link": standing_link_of(public_id, Standing.PREFERENCES),
        "why_link": standing_link_of(public_id, Standing.WHY),
    }
    return Parcel(sender=bare(settings.LETTERS_FROM_EMAIL), to=to, content=fill(mould, values))


def message_id(edition_id: int, subscriber_id: int) -> str:
    """The same for every try, so that a receiver can fold a repeat; keyed, so that it tells neither of the two."""
    digest = salted_hmac("accounts.letters.message_id", f"{edition_id}:{subscriber_id}", algorithm="sha256").hexdigest()
    return f"<{digest[:40]}@{urlsplit(settings.SITE_URL).hostname}>"
