"""A record handed out by a SMART Health Link: locked with a key that stands in the link alone.

The link is one of `coaching/sharing`: it has a code, ends, counts its openings, and dies at once when it is revoked.
What it holds is the summary that a browser shows, and the locked record that a clinic's software fetches. The key is
worked out from the chance of the page on which the link was asked for, and is kept nowhere.
"""

import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.sealing import CannotOpen
from coaching.core.progress.scales import readings_of
from coaching.core.record.bundle import told_by_day
from coaching.core.record.health_link import HealthLink
from coaching.core.record.scales import ASKED, PEG
from coaching.core.summary.choice import Choice, Part
from coaching.core.summary.plain import as_plain
from coaching.core.summary.summary import Material, Summary, summary_of
from coaching.models import Person, SharedLink
from coaching.plan.knowledge import knowledge
from coaching.record.locking import lock
from coaching.record.making import RecordChoice, chosen_days, record_for
from coaching.sharing.links import Secret, make_link, secret_of_page
from coaching.summary.material import named
from coaching.week.weeks import today_in

LOCATION_SECONDS = 600
"""The specification takes an hour at most. It is asked for by a program, at once."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person asked for on one page, and when. `page` is the chance that the page was made with."""

    choice: RecordChoice
    days: int
    page: str
    language: str
    zone: ZoneInfo
    at: datetime

    @property
    def told(self) -> str:
        return f"{self.days}\n{sorted(self.choice.scales)}\n{self.choice.weeks}\n{self.choice.who}"


@dataclass(frozen=True, kw_only=True)
class HandedOut:
    """`written` and the code are told once, and kept nowhere."""

    link: SharedLink
    secret: Secret
    written: str


def hand_out(person: Person, asked: Asked) -> HandedOut:
    """The same link for the same page, however often it is sent. TooMany where too many are open."""
    secret = secret_of_page(person, asked.page, f"record\n{asked.told}")
    key = _key(person, asked)
    content = {
        "summary": as_plain(_summary(person, asked)),
        "locked": lock(record_for(person, asked.choice, zone=asked.zone, at=asked.at), key),
    }
    kind = SharedLink.Kind.RECORD
    link = make_link(person, kind, content, secret, at=asked.at, days=asked.days, language=asked.language)
    return HandedOut(link=link, secret=secret, written=_written(link, secret, key, _label(asked)))


def _key(person: Person, asked: Asked) -> str:
    value = f"{person.pk}\n{asked.page}\n{asked.told}"
    return (
        urlsafe_b64encode(salted_hmac("coaching.record.key", value, algorithm="sha256").digest()).decode().rstrip("=")
    )


def _summary(person: Person, asked: Asked) -> Summary:
    """What a clinic without such software sees in a browser: made of what the record tells, and of nothing else."""
    given = chosen_days(person, asked.choice, zone=asked.zone, at=asked.at)
    told = told_by_day(given, asked.choice.scales)
    with override(asked.language):
        series = {named(scale): readings_of(scale, told) for scale in knowledge().scales}
    return summary_of(Material(series=series), _of_summary(asked), today=today_in(asked.zone, asked.at))


def _of_summary(asked: Asked) -> Choice:
    parts = {Part.SCORES} | ({Part.PAIN} if PEG.slug in asked.choice.scales else set())
    who = asked.choice.who
    return Choice(
        parts=frozenset(parts), weeks=asked.choice.weeks, name=who.name, born=who.born, language=asked.language
    )


def _label(asked: Asked) -> str:
    """What a clinic's software calls it: the scales that were ticked, by names that are the same everywhere."""
    names = ", ".join(slug.upper() for slug in ASKED if slug in asked.choice.scales)
    with override(asked.language):
        return _("%(scales)s, self-reported (Unloop)") % {"scales": names}


def _written(link: SharedLink, secret: Secret, key: str, label: str) -> str:
    return HealthLink(
        url=_address("coaching:manifest", secret.token),
        key=key,
        label=label,
        flag="P",
        expires=int(link.expires_at.timestamp()),
    ).written(_address("coaching:shared", secret.token))


def _address(page: str, token: str) -> str:
    """The same in every language: what a link shows has the language of the link."""
    with override(settings.LANGUAGE_CODE):
        return settings.SITE_URL + reverse(page, args=[token])


# --- What a clinic's software asks for --------------------------------------------------


def locked_of(link: SharedLink) -> str:
    """Empty once it was revoked, and for what no key opens any more."""
    try:
        locked = link.content.get("locked", "")
    except CannotOpen:
        return ""
    return locked if isinstance(locked, str) else ""


def location_for(link: SharedLink) -> str:
    """An address for one use, within minutes."""
    ticket = secrets.token_urlsafe(32)
    cache.set(_name(ticket), link.pk, LOCATION_SECONDS)
    return _address("coaching:record_location", ticket)


def fetch(ticket: str, at: datetime) -> str:
    """What is behind such an address, the first time. Of two that ask at once, one gets it."""
    key = cache.get(_name(ticket))
    if key is None or not cache.delete(_name(ticket)):
        return ""
    link = SharedLink.objects.alive(at).filter(pk=key).first()
    return locked_of(link) if link else ""


def manifest_of(link: SharedLink, longest: int | None) -> dict[str, Any]:
    """One file: in the answer itself where the asker takes that much there, else behind an address."""
    locked = locked_of(link)
    if not locked:
        return {"files": []}
    file = {
        "contentType": "application/fhir+json",
        "lastUpdated": link.made_at.isoformat(timespec="seconds"),
        "status": "finalized",
        "fhirVersion": "4.0.1",
    }
    if longest is None or len(locked) > longest:
        return {"files": [{**file, "location": location_for(link)}]}
    return {"files": [{**file, "embedded": locked}]}


def _name(ticket: str) -> str:
    return f"record:{sha256(ticket.encode()).hexdigest()}"
