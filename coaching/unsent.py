"""Practices that waited on a device, and whose they are.

A device writes a label on what it keeps: who was signed in when it was made. The label says nothing of the
account. What carries one account's label is taken for that account alone, so a practice of one person can
never land with another who signs in on the same device later.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.models import User
from coaching.forms import LONGEST_DAY, PracticeForm
from coaching.models import Person
from coaching.practices import Report, believable, record
from content.models import Guide

NOBODY = ""
"""The label of whoever is not signed in."""

MOST_BYTES = 64 * 1024
MOST_PRACTICES = 50
"""In one go. A device sends the rest in the next."""

RATINGS = ("tension_before", "tension_after", "pain_before", "pain_after")


class BatchRefused(Exception):
    """The whole of what was sent cannot be taken; `args` holds the one sentence that says why."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    owner: str
    practices: list[Any]


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What one practice of a batch says: the guide it was done with and the report, or why it is refused."""

    guide: Guide | None = None
    report: Report | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`why` is one sentence for the person, and may come with a practice that was kept, too."""

    verdict: Literal["kept", "known", "refused"]
    why: str = ""

    def as_words(self) -> dict[str, str]:
        return {"is": self.verdict, "why": self.why}


def labels_of(user: User | AnonymousUser) -> tuple[str, ...]:
    """The label for new work first, then those made under earlier secrets."""
    if not user.is_authenticated:
        return (NOBODY,)
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return tuple(_label(user.pk, secret) for secret in secrets)


def _label(key: int, secret: str) -> str:
    return salted_hmac("coaching.unsent", str(key), secret=secret, algorithm="sha256").hexdigest()[:24]


def read_batch(body: bytes) -> Batch:
    if len(body) > MOST_BYTES:
        raise BatchRefused(_("That is too much at once."))
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        raise BatchRefused(_("That could not be read.")) from None
    if not (isinstance(told, dict) and isinstance(told.get("owner"), str) and isinstance(told.get("practices"), list)):
        raise BatchRefused(_("That could not be read."))
    if len(told["practices"]) > MOST_PRACTICES:
        raise BatchRefused(_("That is too much at once."))
    return Batch(owner=told["owner"], practices=told["practices"])


def read_practices(batch: Batch, *, hides_pain: bool) -> list[Sent]:
    """Each practice by itself: one that cannot be read costs the others nothing."""
    asked = {told["guide"] for told in batch.practices if isinstance(told, dict) and isinstance(told.get("guide"), str)}
    # Also one that was taken from the site since: it was practised all the same.
    guides = Guide.objects.only("slug", "technique").in_bulk(
        [slug for slug in asked if "\0" not in slug], field_name="slug"
    )
    return [_read(told, guides, hides_pain=hides_pain) for told in batch.practices]


def _read(told: Any, guides: dict[str, Guide], *, hides_pain: bool) -> Sent:
    if not isinstance(told, dict):
        return Sent(why=_("This practice could not be read."))
    guide = guides.get(told["guide"]) if isinstance(told.get("guide"), str) else None
    if guide is None:
        return Sent(why=_("There is no such practice here any more."))
    form = PracticeForm(_as_typed(told), hides_pain=hides_pain)
    if not form.is_valid():
        return Sent(why=_("This practice could not be read."))
    return Sent(guide=guide, report=form.report())


def _as_typed(told: dict[str, Any]) -> dict[str, str]:
    """As the form would have it. A time or a length that makes no sense costs nobody their practice."""
    plain = {name: told[name] for name in (*RATINGS, "client_id", "started_at") if told.get(name) is not None}
    return {**{name: str(value) for name, value in plain.items()}, "seconds": str(_length(told.get("seconds")))}


def _length(seconds: Any) -> int:
    is_length = isinstance(seconds, int | float) and 0 <= seconds < float("inf")
    return int(min(seconds, LONGEST_DAY)) if is_length else 0


def keep(person: Person, sent: Sent, at: datetime) -> Outcome:
    """Keep one practice, once."""
    if sent.guide is None or sent.report is None:
        return Outcome(verdict="refused", why=sent.why)
    _practice, is_new = record(person, sent.guide, sent.report, at)
    if not is_new:
        return Outcome(verdict="known")
    is_timely = believable(sent.report.started_at, at) == sent.report.started_at
    return Outcome(verdict="kept", why="" if is_timely else _("Its time could not be right, so it counts for now."))
