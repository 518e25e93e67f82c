"""What waited on a device, and whose it is.

A device writes a label on what it keeps: who was signed in when it was made. The label says nothing of the
account. What carries one account's label is taken for that account alone, so a practice of one person can
never land with another who signs in on the same device later.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from accounts.core.typed import HALF_A_LETTER
from accounts.models import User
from coaching.models import Person
from coaching.practice.forms import LONGEST_DAY, read_report
from coaching.practice.practices import Report, record
from coaching.practice.questions import RATINGS
from content.models import Guide
from content.reading.stamp import library_stamp

NOBODY = ""
"""The label of whoever is not signed in."""

MOST_BYTES = 192 * 1024
MOST_ITEMS = 50
"""In one go. A device sends the rest in the next."""


class BatchRefused(Exception):
    """The whole of what was sent cannot be taken; `args` holds the one sentence that says why."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    owner: str
    items: list[Any]


@dataclass(frozen=True, kw_only=True)
class Done:
    """One practice of a batch, read: the guide it was done with and the report."""

    guide: Guide
    report: Report


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """`why` is said to the person, and may come with something that was kept, too."""

    verdict: Literal["kept", "known", "refused"]
    why: str = ""

    def as_words(self) -> dict[str, str]:
        return {"is": self.verdict, "why": self.why}


def refused(why: str) -> Outcome:
    return Outcome(verdict="refused", why=why)


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
        told = _in_whole_letters(json.loads(body))
    except (ValueError, RecursionError):
        raise BatchRefused(_("That could not be read.")) from None
    if not (isinstance(told, dict) and isinstance(told.get("owner"), str) and isinstance(told.get("items"), list)):
        raise BatchRefused(_("That could not be read."))
    if len(told["items"]) > MOST_ITEMS:
        raise BatchRefused(_("That is too much at once."))
    return Batch(owner=told["owner"], items=told["items"])


def _in_whole_letters(told: Any) -> Any:
    """Half of a letter is shown as a mark in its place, as in what a form sends: no page could show it else."""
    if isinstance(told, str):
        return HALF_A_LETTER.sub("\ufffd", told)
    if isinstance(told, list):
        return [_in_whole_letters(one) for one in told]
    if isinstance(told, dict):
        return {_in_whole_letters(name): _in_whole_letters(one) for name, one in told.items()}
    return told


def guides_of(batch: Batch) -> dict[str, Guide]:
    """The guides that a batch names."""
    asked = {told["guide"] for told in batch.items if isinstance(told, dict) and isinstance(told.get("guide"), str)}
    known = _every_guide(library_stamp(timezone.now()))
    # One may have come a moment ago.
    late = [slug for slug in asked if slug not in known and "\0" not in slug]
    come = Guide.objects.only("slug", "technique").in_bulk(late, field_name="slug") if late else {}
    return {slug: known[slug] for slug in asked if slug in known} | come


@lru_cache(maxsize=1)
def _every_guide(_stamp: tuple[Any, ...]) -> dict[str, Guide]:
    """Also one that was taken from the site since: it was practised all the same."""
    return {guide.slug: guide for guide in Guide.objects.only("slug", "technique")}


def read_practice(told: Any, guides: dict[str, Guide], *, hides_pain: bool) -> Done | Outcome:
    """One practice by itself: one that cannot be read costs the others nothing."""
    if not isinstance(told, dict):
        return refused(_("This practice could not be read."))
    guide = guides.get(told["guide"]) if isinstance(told.get("guide"), str) else None
    if guide is None:
        return refused(_("There is no such practice here any more."))
    report = read_report(_as_typed(told), hides_pain=hides_pain)
    if report is None:
        return refused(_("This practice could not be read."))
    return Done(guide=guide, report=report)


def _as_typed(told: dict[str, Any]) -> dict[str, str]:
    """As the form would have it. A time or a length that makes no sense costs nobody their practice."""
    plain = {name: told[name] for name in (*RATINGS, "client_id", "started_at") if told.get(name) is not None}
    return {**{name: str(value) for name, value in plain.items()}, "seconds": str(_length(told.get("seconds")))}


def _length(seconds: Any) -> int:
    is_length = isinstance(seconds, int | float) and 0 <= seconds < float("inf")
    return int(min(seconds, LONGEST_DAY)) if is_length else 0


def keep_practice(person: Person, done: Done, at: datetime) -> Outcome:
    """Keep one practice, once."""
    practice, is_new = record(person, done.guide, done.report, at)
    if not is_new:
        return Outcome(verdict="known")
    is_timely = practice.started_at == done.report.started_at
    return Outcome(verdict="kept", why="" if is_timely else _("Its time could not be right, so it counts for now."))


def owner_label(request: HttpRequest) -> dict[str, Callable[[], str]]:
    """Whose work this device keeps while it has no network. Worked out only by a page that says it."""
    return {"owner_label": lambda: labels_of(getattr(request, "user", AnonymousUser()))[0]}
