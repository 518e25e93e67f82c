"""Rows of the ledger: put in, claimed, closed. Every step is a conditional update, so that any number of workers
may do the same at once and each row goes out once.

A worker claims a few rows for a lease; before the words of a letter leave it reads again whether the row is still its
own and the person still wants it (`is_still_wanted`), and by then it has said that the letter before has gone. A worker
that dies leaves its rows to the others when the lease lapses: at most the one letter that was on its way goes twice.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Case, DateTimeField, QuerySet, Value

from accounts.core.sending.hours import day_there
from accounts.letters import editions
from accounts.models import Delivery, DeliveryState, Edition, EditionStatus, Subscriber, SubscriberStatus
from accounts.models.delivery import DeliveryQuerySet, may_become
from accounts.models.letter_hours import hours_of_site, moment_for_each
from accounts.readers.audience import audience_of

FILL_AT_ONCE = 5000
INSERT = (
    "INSERT INTO accounts_delivery (subscriber_id, edition_id, state, next_try_at, awaits_turn, claimed_by, tries,"
    " problem, message_id) {} ON CONFLICT DO NOTHING"
)
# These run once for each letter, where the time to build a query would be a good part of the whole.
STILL_WANTED = (
    "SELECT s.paused_until FROM accounts_delivery d"
    " JOIN accounts_edition e ON e.id = d.edition_id JOIN accounts_subscriber s ON s.id = d.subscriber_id"
    " WHERE d.id = %s AND d.state = %s AND d.claimed_by = %s AND e.status = %s AND s.status = %s AND s.email = %s"
)
FREED: dict[str, Any] = {"awaits_turn": False, "claimed_by": "", "lease_until": None}
MARK_SENT = (
    "UPDATE accounts_delivery SET state = %s, sent_at = %s, closed_at = %s, message_id = %s, problem = '',"
    " claimed_by = '', lease_until = NULL WHERE id = %s AND state IN (%s, %s)"
)
SENT_AND_WANTED = f"WITH gone AS ({MARK_SENT}) {STILL_WANTED}"


@dataclass(frozen=True, kw_only=True)
class Claimed:
    pk: int
    edition_id: int
    subscriber_id: int
    public_id: str
    email: str
    tries: int
    time_zone: str
    confirmed_at: datetime
    series_from: datetime | None


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A letter that was handed over, and perhaps not marked as sent yet."""

    pk: int
    message_id: str
    at: datetime


# --- Filling ----------------------------------------------------------------------------


def fill(edition: Edition, *, at: datetime) -> bool:
    """Put in the next people of the audience, by their number. False when there is nothing to put in now."""
    if edition.is_series_letter or edition.filled_at or (edition.fill_at and edition.fill_at > at):
        return False
    if _is_a_cancelled_one_on_its_way():
        return False
    is_first = bool(edition.first_batch) and edition.fill_at is None
    size = edition.first_batch if is_first else FILL_AT_ONCE
    people = audience_of(edition, at=at).filter(pk__gt=edition.filled_to).order_by("pk")
    last = people.values_list("pk", flat=True)[size - 1 : size].first()
    step = _step(edition, last, is_first=is_first, at=at)
    with transaction.atomic():
        as_read = Edition.objects.filter(pk=edition.pk, filled_to=edition.filled_to, filled_at=None)
        if not as_read.filter(status=EditionStatus.SENDING).update(**step):
            return False
        comes_at = Value(at, output_field=DateTimeField()) if edition.any_hour else moment_for_each(at)
        count = put_in(edition, people if last is None else people.filter(pk__lte=last), comes_at)
        if last is None and not count and not Delivery.objects.filter(edition=edition).exists():
            editions.pause_for_nobody(edition)
    return True


def _is_a_cancelled_one_on_its_way() -> bool:
    """While a letter of a cancelled edition is on its way, nobody knows whether its reader gets it. That lasts a lease
    at most; after it, whoever did not get one can be put into the audience of this edition."""
    claimed = Delivery.objects.filter(state=DeliveryState.CLAIMED)
    return claimed.filter(edition__status=EditionStatus.CANCELLED).exists()


def _step(edition: Edition, last: int | None, *, is_first: bool, at: datetime) -> dict[str, object]:
    if last is None:
        return {"filled_at": at}
    return {"filled_to": last, "fill_at": at + edition.first_batch_pause if is_first else edition.fill_at}


def put_in(edition: Edition, people: QuerySet[Subscriber], comes_at: Value | Case) -> int:
    """One statement, whatever their number; who is in the ledger already stays as they are."""
    row = {
        "edition_": Value(edition.pk),
        "state_": Value(DeliveryState.QUEUED.value),
        "next_try_at_": comes_at,
        "awaits_turn_": Value(False),
        "claimed_by_": Value(""),
        "tries_": Value(0),
        "problem_": Value(""),
        "message_id_": Value(""),
    }
    try:
        select, values = people.annotate(**row).values_list("pk", *row).query.sql_with_params()
    except EmptyResultSet:
        # Nobody by construction, as for an occasion that holds for no one: there is no such statement.
        return 0
    with connection.cursor() as cursor:
        cursor.execute(INSERT.format(select), values)
        return cursor.rowcount


# --- Claiming ---------------------------------------------------------------------------


def return_lapsed(*, at: datetime) -> int:
    """Rows whose lease has lapsed, as their worker died, go back into the queue with their tries and Message-ID."""
    lapsed = Delivery.objects.filter(state=DeliveryState.CLAIMED, lease_until__lte=at)
    return lapsed.move(DeliveryState.QUEUED, next_try_at=at, claimed_by="", lease_until=None)


def due_count(edition: Edition, most: int, *, at: datetime) -> int:
    return len(_waiting(edition, at).values_list("pk")[:most])


def claim(edition: Edition, worker: str, most: int, *, at: datetime) -> list[Claimed]:
    lease_until = at + timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    with transaction.atomic():
        waiting = _waiting(edition, at)
        if connection.features.has_select_for_update_skip_locked:
            waiting = waiting.select_for_update(skip_locked=True)
        keys = list(waiting.values_list("pk", flat=True)[:most])
        mine = Delivery.objects.filter(pk__in=keys, state=DeliveryState.QUEUED)
        mine.move(DeliveryState.CLAIMED, claimed_by=worker, lease_until=lease_until)
        return _as_claimed(keys, worker)


def _as_claimed(keys: list[int], worker: str) -> list[Claimed]:
    of_person = [f"subscriber__{name}" for name in ("public_id", "email", "time_zone", "confirmed_at", "series_from")]
    names = ["pk", "edition_id", "subscriber_id", "tries", *of_person]
    rows = Delivery.objects.filter(pk__in=keys, state=DeliveryState.CLAIMED, claimed_by=worker).order_by("next_try_at")
    fields = [name.removeprefix("subscriber__") for name in names]
    return [Claimed(**dict(zip(fields, row, strict=True))) for row in rows.values_list(*names)]


def _waiting(edition: Edition, at: datetime) -> DeliveryQuerySet:
    return Delivery.objects.filter(edition=edition).waiting(at).order_by("next_try_at")


# --- One letter -------------------------------------------------------------------------


@contextmanager
def letter_cursor() -> Iterator[CursorWrapper]:
    """For the statements of every letter: PostgreSQL plans each of them once, which takes longer than to run it. A
    session that is lent for one transaction keeps no plan."""
    with connection.cursor() as usual:
        if not getattr(connection, "has_its_own_session", False):
            yield usual
            return
        from psycopg import Cursor  # noqa: PLC0415 (a site on SQLite need not load it)

        connection.connection.prepare_threshold = 0
        with CursorWrapper(Cursor(connection.connection), connection) as planned:
            yield planned


def is_still_wanted(
    cursor: CursorWrapper, row: Claimed, worker: str, *, at: datetime, gone: list[Gone] | None = None
) -> bool:
    """Read right before it is sent: still ours, the edition still under way, the person still there and willing.

    The letters in `gone`, which left before it, are marked as sent first; the list is empty afterwards.
    """
    claimed, sending, active = DeliveryState.CLAIMED.value, EditionStatus.SENDING.value, SubscriberStatus.ACTIVE.value
    asked: list[Any] = [row.pk, claimed, worker, sending, active, row.email]
    if gone and connection.vendor == "postgresql":
        # Both in one go: the way to the database and back takes as long as what it does there.
        say_what_went(gone[:-1], cursor)
        cursor.execute(SENT_AND_WANTED, [*_values_of_sent(gone[-1]), *asked])
        gone.clear()
    else:
        say_what_went(gone or [], cursor)
        cursor.execute(STILL_WANTED, asked)
    # To the end, so that no reading is left open while the letter is on its way.
    return any(_is_over(rests_until, row, at=at) for (rests_until,) in cursor.fetchall())


def _is_over(rests_until: date | str | None, row: Claimed, *, at: datetime) -> bool:
    """Whether no break holds on this day, as it is where they live. SQLite gives the day as text."""
    return not rests_until or str(rests_until) <= day_there(at, row.time_zone, hours_of_site()).isoformat()


def _values_of_sent(gone: Gone) -> list[Any]:
    """For MARK_SENT. It asks for no `claimed_by`: the letter has left, even if another worker holds the row by now."""
    at = connection.ops.adapt_datetimefield_value(gone.at)
    return [DeliveryState.SENT.value, at, at, gone.message_id, gone.pk, *may_become(DeliveryState.SENT)]


def say_what_went(gone: list[Gone], cursor: CursorWrapper) -> None:
    """Mark these letters as sent. Each stays in the list until the database has it: if the database is away just now,
    it is told as soon as it is back, before anybody sends the letter again."""
    while gone:
        cursor.execute(MARK_SENT, _values_of_sent(gone[0]))
        del gone[0]


def put_back(row: Claimed, worker: str, *, problem: str, next_try_at: datetime, tries: int) -> None:
    _give_up_claim([row], worker, DeliveryState.QUEUED, problem=problem, next_try_at=next_try_at, tries=tries)


def note_doubt(row: Claimed, worker: str, message_id: str) -> None:
    """It may have arrived: from now on nothing may say that it did not."""
    _mine([row], worker).update(message_id=message_id)


def await_hours(row: Claimed, worker: str, *, opens_at: datetime) -> None:
    _give_up_claim([row], worker, DeliveryState.QUEUED, next_try_at=opens_at)


def await_turn(row: Claimed, worker: str, *, about: datetime) -> None:
    _give_up_claim([row], worker, DeliveryState.QUEUED, next_try_at=about, awaits_turn=True)


def release(rows: Iterable[Claimed], worker: str) -> None:
    """Give rows back that were not tried: they wait as before, and no try is counted."""
    _give_up_claim(rows, worker, DeliveryState.QUEUED)


def close(rows: Iterable[Claimed], worker: str, state: DeliveryState, *, problem: str, at: datetime) -> None:
    """What may have arrived is never called given up."""
    rows = list(rows)
    if state == DeliveryState.FAILED:
        in_doubt = _mine(rows, worker).exclude(message_id="")
        in_doubt.move(DeliveryState.UNSURE, **{**FREED, "problem": problem, "closed_at": at})
    _give_up_claim(rows, worker, state, problem=problem, closed_at=at)


def _give_up_claim(rows: Iterable[Claimed], worker: str, to: DeliveryState, **fields: object) -> None:
    _mine(rows, worker).move(to, **{**FREED, **fields})


def _mine(rows: Iterable[Claimed], worker: str) -> DeliveryQuerySet:
    return Delivery.objects.filter(pk__in=[row.pk for row in rows], state=DeliveryState.CLAIMED, claimed_by=worker)
