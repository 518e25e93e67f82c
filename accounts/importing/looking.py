"""Looking at a list: every row judged and kept with its reason, some hundred at a time, nothing else written.

Any number of workers may do the same at once, and any of them may die: a step counts only if nobody has taken it yet,
and whoever goes on begins behind the last step that counted.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.core.importing.columns import Choice
from accounts.core.importing.files import ImportFileError, lines_of, records
from accounts.core.importing.rows import Here, Judged, Row, judge
from accounts.importing.chunks import text_of
from accounts.models import ImportRow, ImportState, Pace, Subscriber, SubscriberImport, Suppression

AT_ONCE = 500
MOST_ROWS = 500_000
TOO_MANY = f"The list has more than {MOST_ROWS} rows. Bring it in in parts."


def look(brought: SubscriberImport, *, goes_on: Callable[[], bool]) -> None:
    """Until all is looked at, or `goes_on` says no."""
    file, text = text_of(brought)
    rows = records(lines_of(text.readline), brought.separator)
    choice = choice_of(brought)
    try:
        for _ in islice(rows, brought.rows_read + brought.has_headings):
            pass
        while goes_on():
            some = [Row(line=line, cells=cells, choice=choice) for line, cells in islice(rows, AT_ONCE)]
            if not _step(brought, some, bytes_read=file.told):
                return
    except ImportFileError as error:
        _move(brought, state=ImportState.BROKEN, problem=str(error)[:300])


def choice_of(brought: SubscriberImport) -> Choice:
    kept = dict(brought.choice)
    left = {int(place): heading for place, heading in kept.pop("left", {}).items()}
    return Choice(left=left, **kept)


def _step(brought: SubscriberImport, some: Sequence[Row], *, bytes_read: int) -> bool:
    """True when there may be more, and it is ours to go on."""
    if not some:
        _move(brought, state=ImportState.LOOKED, bytes_read=brought.size)
        return False
    if brought.rows_read + len(some) > MOST_ROWS:
        raise ImportFileError(TOO_MANY)
    at = timezone.now()
    judged = list(judge(some, here(brought, some), at=at))
    with transaction.atomic():
        counts = added(brought.counts, judged)
        if not _move(brought, rows_read=brought.rows_read + len(some), bytes_read=bytes_read, counts=counts):
            return False
        ImportRow.objects.bulk_create(_kept(brought, judged))
    return True


def _kept(brought: SubscriberImport, judged: Iterable[Judged]) -> Iterator[ImportRow]:
    for row in judged:
        yield ImportRow(
            brought=brought,
            line=row.line,
            email=row.email,
            verdict=row.verdict.value,
            reason=row.reason[:300],
            values=dict(row.values),
        )


def _move(brought: SubscriberImport, **fields: object) -> bool:
    """A step that somebody else has taken meanwhile does not count twice."""
    as_read = SubscriberImport.objects.filter(
        pk=brought.pk, state=ImportState.LOOKING, rows_read=brought.rows_read, touched_at=brought.touched_at
    )
    is_ours = as_read.update(touched_at=timezone.now(), **fields) == 1
    brought.refresh_from_db()
    return is_ours


def here(brought: SubscriberImport, some: Iterable[Row]) -> Here:
    """What is known of the addresses of some rows, in a few queries."""
    addresses = {row.email for row in some}
    earlier = ImportRow.objects.filter(brought=brought, email__in=addresses).exclude(verdict="refused")
    return Here(
        statuses=dict(Subscriber.objects.filter(email__in=addresses).values_list("email", "status")),
        closed=Suppression.objects.among(addresses),
        paces=set(Pace.values),
        languages={code for code, _ in settings.LANGUAGES},
        lines=dict(earlier.values_list("email", "line")),
    )


def added(counts: Mapping[str, int], judged: Iterable[Judged]) -> dict[str, int]:
    return dict(Counter(counts) + Counter(row.verdict.value for row in judged))
