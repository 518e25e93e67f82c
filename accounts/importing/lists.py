"""A list on its way in: what staff decide, and what is said of it.

The request that begins it works for a moment, so that a short list is there at once; a worker does the rest, a slice
at a time, and whatever a worker that died left behind is taken up again within some minutes.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction

from accounts.core.importing.columns import Choice
from accounts.core.importing.files import Layout
from accounts.importing import taking, working
from accounts.importing.chunks import check_layout
from accounts.importing.tasks import go_on_with_list
from accounts.models import ImportRow, ImportState, Occasion, SeriesLetter, SubscriberImport

AT_ONCE = 2.0
"""Seconds for which a page may wait."""
OPEN = (ImportState.BROUGHT, ImportState.LOOKED, ImportState.BROKEN)


@transaction.atomic
def read_anew(brought: SubscriberImport, layout: Layout, *, at: datetime) -> bool:
    """In another alphabet, with another separator: what was judged before was judged of other cells, and goes.

    Raises ImportFileError, and then nothing is changed.
    """
    check_layout(brought, layout)
    still_open = SubscriberImport.objects.filter(pk=brought.pk, state__in=OPEN)
    fresh = {"state": ImportState.BROUGHT, "choice": {}, "counts": {}, "problem": "", "touched_at": at}
    moved = still_open.update(**asdict(layout), rows_read=0, bytes_read=0, **fresh)
    if moved:
        ImportRow.objects.filter(brought=brought).delete()
    brought.refresh_from_db()
    return moved == 1


@transaction.atomic
def choose(brought: SubscriberImport, choice: Choice, *, series_per_day: int, at: datetime) -> bool:
    """Look at every row with these columns, and write nothing else. 0 a day: no welcome series for them."""
    fresh = {"rows_read": 0, "bytes_read": 0, "counts": {}, "problem": "", "touched_at": at}
    moved = SubscriberImport.objects.filter(pk=brought.pk, state__in=OPEN).update(
        state=ImportState.LOOKING,
        choice=asdict(choice),
        gets_series=series_per_day > 0,
        series_per_day=series_per_day,
        **fresh,
    )
    if moved:
        ImportRow.objects.filter(brought=brought).delete()
    brought.refresh_from_db()
    return moved == 1


@transaction.atomic
def begin_taking(brought: SubscriberImport, *, at: datetime) -> bool:
    """A second time, by whomever, does nothing."""
    moved = SubscriberImport.objects.filter(pk=brought.pk, state=ImportState.LOOKED)
    is_ours = moved.update(state=ImportState.TAKING, touched_at=at) == 1
    brought.refresh_from_db()
    return is_ours


def begin_work(brought: SubscriberImport) -> None:
    if not working.work(brought, seconds=AT_ONCE):
        go_on_with_list.enqueue(brought.pk)


def series_ends(brought: SubscriberImport, *, at: datetime) -> datetime:
    """When the last of the new people begins the welcome series."""
    waits = max(0, brought.counts.get("new", 0) - 1) * timedelta(days=1) / brought.series_per_day
    return taking.series_begin(brought, at=at) + waits


def has_series() -> bool:
    """Whether any letter goes out because somebody confirmed."""
    return SeriesLetter.objects.filter(when=Occasion.AFTER_CONFIRMATION, series__begun_at__isnull=False).exists()


def report(brought: SubscriberImport) -> Iterator[tuple[int, str, str, str]]:
    """Line, address, verdict and reason of every row, in the order of the file."""
    rows = brought.rows.order_by("pk").values_list("line", "email", "verdict", "reason")
    return iter(rows.iterator(chunk_size=2000))
