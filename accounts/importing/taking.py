"""Taking in a list that was looked at: each row is judged once more at that moment, and written.

An address that came here meanwhile by itself stays as it is: nobody is brought back, and nobody is taken in twice.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from accounts.core.importing.rows import Here, Verdict, known_here
from accounts.importing.looking import AT_ONCE
from accounts.models import (
    ConsentWay,
    EventKind,
    ImportRow,
    ImportState,
    Subscriber,
    SubscriberImport,
    SubscriberStatus,
    SubscriptionEvent,
    Suppression,
    SuppressionReason,
)
from accounts.newsletter import subscriptions

VERSION = "import"
ACTED_ON = (Verdict.NEW.value, Verdict.LEFT.value, Verdict.KEPT_AWAY.value)
A_DAY = timedelta(days=1)


def take(brought: SubscriberImport, *, goes_on: Callable[[], bool]) -> None:
    while goes_on() and _step(brought, at=timezone.now()):
        pass


def _step(brought: SubscriberImport, *, at: datetime) -> bool:
    rows = list(brought.rows.filter(pk__gt=brought.taken_to, verdict__in=ACTED_ON).order_by("pk")[:AT_ONCE])
    if not rows:
        if _move(brought, state=ImportState.TAKEN, done_at=at):
            brought.chunks.all().delete()
        return False
    with transaction.atomic():
        if not _move(brought, taken_to=rows[-1].pk, rows_done=F("rows_done") + len(rows)):
            return False
        _act(brought, rows, at=at)
    return True


def _move(brought: SubscriberImport, **fields: object) -> bool:
    as_read = SubscriberImport.objects.filter(pk=brought.pk, state=ImportState.TAKING, taken_to=brought.taken_to)
    is_ours = as_read.update(touched_at=timezone.now(), **fields) == 1
    brought.refresh_from_db()
    return is_ours


def _act(brought: SubscriberImport, rows: Sequence[ImportRow], *, at: datetime) -> None:
    kinds = {kind: [row for row in rows if row.verdict == kind] for kind in ACTED_ON}
    _keep_away([row.email for row in kinds["kept away"]], at=at)
    _write(brought, _still_new(brought, kinds["new"]), at=at)
    complained = [row.email for row in kinds["left"] if row.values.get("complained")]
    left = [row.email for row in kinds["left"] if not row.values.get("complained")]
    _suppress_unknown(complained, SuppressionReason.COMPLAINED)
    _suppress_unknown(left, SuppressionReason.UNSUBSCRIBED)


def _still_new(brought: SubscriberImport, rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Without those who came here, or were closed, since the look. They are counted as what they are."""
    addresses = [row.email for row in rows]
    statuses = dict(Subscriber.objects.filter(email__in=addresses).values_list("email", "status"))
    now = Here(statuses=statuses, closed=Suppression.objects.among(addresses), paces=set(), languages=set())
    late = [row for row in rows if known_here(row.email, now)]
    for row in late:
        row.verdict, row.reason, row.values = Verdict.SKIPPED.value, known_here(row.email, now), {}
    ImportRow.objects.bulk_update(late, ["verdict", "reason", "values"])
    if late:
        counts = dict(brought.counts)
        counts["new"] = counts.get("new", 0) - len(late)
        counts["skipped"] = counts.get("skipped", 0) + len(late)
        SubscriberImport.objects.filter(pk=brought.pk).update(counts=counts)
        brought.refresh_from_db()
    return [row for row in rows if row.verdict == Verdict.NEW.value]


def _write(brought: SubscriberImport, rows: Sequence[ImportRow], *, at: datetime) -> None:
    begins = series_begin(brought, at=at)
    made = [_subscriber(row, at=at, series_from=_turn(brought, begins, place)) for place, row in enumerate(rows)]
    Subscriber.objects.bulk_create(made, ignore_conflicts=True)
    written = Subscriber.objects.filter(public_id__in=[each.public_id for each in made])
    SubscriptionEvent.objects.bulk_create(_event(subscriber, at=at) for subscriber in written)


def series_begin(brought: SubscriberImport, *, at: datetime) -> datetime:
    """Behind the last who is still to begin, of this list or an earlier one: so many a day, however many lists."""
    if not brought.gets_series:
        return at
    last = Subscriber.objects.filter(series_from__gt=at).aggregate(last=Max("series_from"))["last"]
    return last + A_DAY / brought.series_per_day if last else at


def _turn(brought: SubscriberImport, begins: datetime, place: int) -> datetime | None:
    return begins + place * A_DAY / brought.series_per_day if brought.gets_series else None


def _subscriber(row: ImportRow, *, at: datetime, series_from: datetime | None) -> Subscriber:
    values = dict(row.values)
    paused = values.pop("paused_until", "")
    return Subscriber(
        email=row.email,
        status=SubscriberStatus.ACTIVE,
        asked_at=at,
        confirmed_at=at,
        consent_way=ConsentWay.IMPORT,
        consent_version=VERSION,
        consent_at=datetime.fromisoformat(str(values.pop("consent_at"))),
        paused_until=date.fromisoformat(str(paused)) if paused else None,
        gets_series=series_from is not None,
        series_from=series_from,
        **values,
    )


def _event(subscriber: Subscriber, *, at: datetime) -> SubscriptionEvent:
    words = subscriber.consent_words
    return SubscriptionEvent(subscriber=subscriber, kind=EventKind.AGREED, at=at, way=ConsentWay.IMPORT, words=words)


def _suppress_unknown(addresses: Iterable[str], reason: SuppressionReason) -> None:
    """Whoever signed up here by themselves meanwhile keeps that."""
    addresses = set(addresses)
    known = set(Subscriber.objects.filter(email__in=addresses).values_list("email", flat=True))
    Suppression.objects.add_addresses(addresses - known, reason)


def _keep_away(addresses: Sequence[str], *, at: datetime) -> None:
    for subscriber in Subscriber.objects.filter(email__in=addresses):
        subscriptions.unsubscribe(subscriber, at=at)
    Suppression.objects.add_addresses(addresses, SuppressionReason.UNSUBSCRIBED)
