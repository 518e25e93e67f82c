"""Letters of an edition that wait for the rate of their mail domain, for staff to see why it takes its time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Value
from django.db.models.functions import StrIndex, Substr

from accounts.models import Delivery, DeliveryState, Edition

DOMAINS_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Queue:
    domain: str
    letters: int
    until: datetime


def asleep(edition: Edition, *, at: datetime) -> tuple[int, datetime | None]:
    """How many letters wait for the hours in which one may come to their reader, and until when the last does."""
    waiting = Delivery.objects.filter(edition=edition, state=DeliveryState.QUEUED, awaits_turn=False, tries=0)
    counted = waiting.filter(next_try_at__gt=at).aggregate(letters=Count("pk"), until=Max("next_try_at"))
    return counted["letters"], counted["until"]


def queues_of(edition: Edition, *, at: datetime) -> list[Queue]:
    """The longest first; `until` is about when the last of them may leave."""
    awaiting = Delivery.objects.filter(edition=edition, state=DeliveryState.QUEUED, awaits_turn=True)
    address = "subscriber__email"
    domain = Substr(address, StrIndex(address, Value("@")) + 1)
    counted = awaiting.order_by().values(domain=domain).annotate(letters=Count("pk"), until=Max("next_try_at"))
    return [Queue(**row) for row in counted.order_by("-letters", "domain")[:DOMAINS_SHOWN]]
