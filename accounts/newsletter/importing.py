"""Taking in a list of people who agreed elsewhere. The rules for each row are in `accounts/core/import_rows.py`.

What is taken in is judged again at that moment, and written so that an address which came here meanwhile by itself
stays as it is: nobody is brought back, and nobody is taken in twice.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.db import transaction

from accounts.core.addresses import normal_address
from accounts.core.import_rows import Here, Judged, Row, Verdict, judge, read_rows
from accounts.models import (
    ConsentWay,
    EventKind,
    Pace,
    Subscriber,
    SubscriberImport,
    SubscriberStatus,
    SubscriptionEvent,
    Suppression,
)

CHUNK = 500
VERSION = "import"
Some = TypeVar("Some")


def examine(text: str, *, at: datetime) -> list[Judged]:
    """Each row with its verdict; nothing is written. Raises ImportFileError."""
    rows = read_rows(text)
    return list(judge(rows, _here(rows), at=at))


@transaction.atomic
def take_in(brought: SubscriberImport, *, at: datetime) -> list[Judged]:
    """The same, and then written; a second time, by whomever, does nothing."""
    claimed = SubscriberImport.objects.filter(pk=brought.pk, done_at=None).update(done_at=at)
    if not claimed:
        return []
    judged = examine(brought.text, at=at)
    for some in _chunks([row for row in judged if row.verdict is Verdict.NEW]):
        _write(some, at=at)
    SubscriberImport.objects.filter(pk=brought.pk).update(text="", counts=counts_of(judged))
    brought.refresh_from_db()
    return judged


def counts_of(judged: Sequence[Judged]) -> dict[str, int]:
    counted = Counter(row.verdict.value for row in judged)
    return {verdict.value: counted[verdict.value] for verdict in Verdict}


def _here(rows: Sequence[Row]) -> Here:
    addresses = {normal_address(row["email"]) for row in rows}
    statuses: dict[str, str] = {}
    closed: set[str] = set()
    for some in _chunks(sorted(addresses)):
        statuses.update(Subscriber.objects.filter(email__in=some).values_list("email", "status"))
        closed |= Suppression.objects.among(some)
    languages = {code for code, _ in settings.LANGUAGES}
    return Here(statuses=statuses, closed=closed, paces=set(Pace.values), languages=languages)


def _write(some: Sequence[Judged], *, at: datetime) -> None:
    made = [_subscriber(row, at=at) for row in some]
    Subscriber.objects.bulk_create(made, ignore_conflicts=True)
    ids = {subscriber.public_id for subscriber in made}
    written = Subscriber.objects.filter(public_id__in=ids)
    SubscriptionEvent.objects.bulk_create(
        SubscriptionEvent(
            subscriber=subscriber,
            kind=EventKind.AGREED,
            at=at,
            way=ConsentWay.IMPORT,
            words=subscriber.consent_words,
        )
        for subscriber in written
    )


def _subscriber(row: Judged, *, at: datetime) -> Subscriber:
    return Subscriber(
        email=row.email,
        status=SubscriberStatus.ACTIVE,
        asked_at=at,
        confirmed_at=at,
        consent_way=ConsentWay.IMPORT,
        consent_version=VERSION,
        **row.values,
    )


def _chunks(rows: Sequence[Some]) -> Iterator[Sequence[Some]]:
    return (rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK))
