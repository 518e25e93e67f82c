"""What is kept of the links that somebody handed out: to take along as plain values, and to hand over."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import Q

from accounts.members.extent import WHOLE, Extent
from accounts.sealing import CannotOpen
from accounts.work.slices import GoesOn, change_in_batches, for_ever
from coaching.models import LinkOpening, Person, SharedLink


def export_links(person: Person, extent: Extent = WHOLE) -> list[dict[str, Any]]:
    """Each link with what it showed and when it was opened. Its address and its code are kept nowhere."""
    rows = person.shared_links.prefetch_related("openings").order_by("made_at", "id")
    return extent.oldest_first(rows, partial(_link, extent=extent))


LINK = ("kind", "language", "made_at", "expires_at", "revoked_at", "opened", "attempts_left")


def _link(row: SharedLink, extent: Extent) -> dict[str, Any]:
    openings = extent.came_along(row.openings.all(), _opening)
    return {**{name: getattr(row, name) for name in LINK}, "content": _content(row), "openings": openings}


def _opening(one: LinkOpening) -> dict[str, Any]:
    return {"at": one.at, "browser": one.browser, "name": one.name}


def _content(row: SharedLink) -> dict[str, Any]:
    try:
        return row.content
    except CannotOpen:
        return {}


def hand_over_links(waiting: Person, person: Person) -> None:
    """A seal names its link and not its owner, so nothing is sealed anew."""
    waiting.shared_links.update(person=person)


def forget_ended(at: datetime, goes_on: GoesOn = for_ever) -> int:
    """What an ended link showed is forgotten; that it was there, and when it was opened, its person can still see."""
    ended = SharedLink.objects.filter(Q(expires_at__lte=at) | Q(attempts_left=0) | Q(revoked_at__lte=at))
    return change_in_batches(ended.exclude(sealed_content=""), goes_on, sealed_content="")
