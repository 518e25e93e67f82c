"""Going on with a list for some seconds, in the request that began it or in a worker."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from accounts.importing import looking, taking
from accounts.models import ImportState, SubscriberImport

UNDER_WAY = (ImportState.LOOKING, ImportState.TAKING)
UNTOUCHED = timedelta(minutes=3)
"""Longer than a slice of work, and than a queue that is busy with others."""


def work(brought: SubscriberImport, *, seconds: float) -> bool:
    """True when nothing is left to do."""
    ends_at = monotonic() + seconds
    _work(brought, goes_on=lambda: monotonic() < ends_at)
    return brought.state not in UNDER_WAY


def _work(brought: SubscriberImport, *, goes_on: Callable[[], bool]) -> None:
    if brought.state == ImportState.LOOKING:
        looking.look(brought, goes_on=goes_on)
    elif brought.state == ImportState.TAKING:
        taking.take(brought, goes_on=goes_on)


def left_behind(*, at: datetime) -> list[int]:
    """Lists that nobody has touched for a while although there is work to do: their worker died."""
    under_way = SubscriberImport.objects.filter(state__in=UNDER_WAY, touched_at__lt=at - UNTOUCHED)
    return list(under_way.values_list("pk", flat=True))
