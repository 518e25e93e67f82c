"""What leaves when and to how many, and what happened since somebody last looked: for the week of an editor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from accounts.core.sending.reach import Reach
from accounts.letters.progress import Progress, progress_of
from accounts.models import Delivery, DeliveryState, Edition, EditionKind, EditionStatus, Subscriber
from accounts.readers.reach import leaving, reach_at

BACK, AHEAD = timedelta(days=28), timedelta(days=56)
COUNTED = 12
"""So many of the next editions are counted before they leave; each count looks at all people once."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An edition in the calendar. Before it leaves it has a `reach`, except those that are far down the list; it is
    counted for that time, or for now if it is late."""

    edition: Edition
    at: datetime
    counted_for: datetime
    progress: Progress
    reach: Reach | None


@dataclass(frozen=True, kw_only=True)
class News:
    sent: int
    bounced: int
    failed: int
    joined: int
    left: int


def entries(*, at: datetime) -> list[Entry]:
    """In the order in which they leave or left."""
    span = (at - BACK, at + AHEAD)
    begun = Q(started_at__range=span)
    to_come = Q(started_at=None, send_at__range=span, status__in=[EditionStatus.SCHEDULED, EditionStatus.PAUSED])
    editions = sorted(Edition.objects.filter(begun | to_come, kind=EditionKind.EDITION), key=leaving)
    counted = [each.pk for each in editions if each.status == EditionStatus.SCHEDULED][:COUNTED]
    progress = progress_of(editions)
    return [
        Entry(
            edition=each,
            at=leaving(each),
            counted_for=max(at, leaving(each)),
            progress=progress[each.pk],
            reach=reach_at(each, leaves_at=max(at, leaving(each))) if each.pk in counted else None,
        )
        for each in editions
    ]


def series_sent(*, since: datetime) -> list[tuple[Edition, int]]:
    """How many of each letter of a series went out since then."""
    letters = Edition.objects.filter(kind=EditionKind.SERIES).order_by("place__series", "place__position")
    went = Delivery.objects.filter(edition__in=letters.order_by(), state=DeliveryState.SENT, closed_at__gte=since)
    counts = dict(went.order_by().values_list("edition").annotate(Count("pk")))
    return [(letter, counts[letter.pk]) for letter in letters if letter.pk in counts]


def news(*, since: datetime) -> News:
    ended = Delivery.objects.filter(closed_at__gte=since).order_by().values_list("state").annotate(Count("pk"))
    by_state = dict(ended)
    return News(
        sent=by_state.get(DeliveryState.SENT, 0),
        bounced=by_state.get(DeliveryState.BOUNCED, 0),
        failed=by_state.get(DeliveryState.FAILED, 0),
        joined=Subscriber.objects.filter(confirmed_at__gte=since).count(),
        left=Subscriber.objects.filter(unsubscribed_at__gte=since).count(),
    )


def last_used(slugs: Iterable[str]) -> dict[str, datetime]:
    """When each of these tips last left in an edition."""
    used_at: dict[str, datetime] = {}
    for edition in Edition.objects.in_archive().only("tips", "started_at").order_by("started_at"):
        used_at |= {slug: edition.started_at for slug in edition.tips if edition.started_at}
    return {slug: used_at[slug] for slug in slugs if slug in used_at}
