"""What staff did with people's rows: who, what, and the numbers of the rows. Never an address, never an answer."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.models import StaffAct

KEPT = timedelta(days=730)
NAMED = 10
"""So many rows are named one by one; of more, how many they are."""


def note(request: HttpRequest, what: str, rows: Iterable[Model] = ()) -> None:
    StaffAct.objects.create(by=request.user.pk or 0, what=what[:120], whom=numbers(rows))


def numbers(rows: Iterable[Model]) -> str:
    """ "account 17", "subscriber 3, 8", "subscriber: 250 rows"; of a visit the first signs of its random id."""
    rows = rows if isinstance(rows, QuerySet) else list(rows)
    named = list(rows[: NAMED + 1])
    if not named:
        return ""
    noun = named[0]._meta.verbose_name
    if len(named) > NAMED:
        return f"{noun}: {rows.count() if isinstance(rows, QuerySet) else len(rows)} rows"
    return f"{noun} {', '.join(str(row.pk)[:6] for row in named)}"


def forget(*, at: datetime) -> None:
    StaffAct.objects.all().forget_before(at - KEPT)
