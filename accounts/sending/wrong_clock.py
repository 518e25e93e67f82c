"""What waits for a time that a wrong clock wrote: pulled back to now, and said.

A clock that is a year ahead for a minute leaves claims, pauses and closed gates that would hold for a year. Each kind
of row has a longest wait of its own; what waits longer (and an hour more, for clocks that differ) met such a clock.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from accounts.core.sending.backoff import LONGEST_CLOSED, PAUSES
from accounts.mail.outgoing import LEASE
from accounts.models import Delivery, DeliveryState, MailStatus, OutgoingMail, SendingGate
from accounts.work.slices import GoesOn, change_in_batches, for_ever

log = logging.getLogger("unloop.worker")
SLACK = timedelta(hours=1)
A_NIGHT = timedelta(days=1)
"""The longest that a letter waits for the hours of its reader."""

A_QUEUE = timedelta(days=7)
"""Longer than any queue of letters for one mail domain."""


@dataclass(frozen=True, kw_only=True)
class Wait:
    """Rows of one kind that wait, the field that says until when, and the longest that it can be from now."""

    what: str
    rows: QuerySet[Any]
    field: str
    longest: timedelta


def pull_back(*, at: datetime, goes_on: GoesOn = for_ever) -> int:
    """How many rows waited for a time that cannot be."""
    pulled = 0
    for wait in _waits():
        astray = wait.rows.filter(**{f"{wait.field}__gt": at + wait.longest + SLACK})
        count = change_in_batches(astray, goes_on, **{wait.field: at})
        pulled += count
        if count:
            log.warning("%d %s waited for a time that a wrong clock wrote. They wait no more.", count, wait.what)
    return pulled


def _waits() -> Iterator[Wait]:
    mail = OutgoingMail.objects.filter(status__in=[MailStatus.WAITING, MailStatus.SENDING])
    yield Wait(what="mails", rows=mail, field="due_at", longest=max(LEASE, *PAUSES))
    claimed = Delivery.objects.filter(state=DeliveryState.CLAIMED)
    lease = timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    yield Wait(what="claimed letters", rows=claimed, field="lease_until", longest=lease)
    queued = Delivery.objects.filter(state=DeliveryState.QUEUED)
    yield Wait(what="letters", rows=queued.filter(awaits_turn=False), field="next_try_at", longest=A_NIGHT)
    yield Wait(what="letters in a queue", rows=queued, field="next_try_at", longest=A_QUEUE)
    gates = SendingGate.objects.all()
    yield Wait(what="closed gates", rows=gates, field="closed_until", longest=LONGEST_CLOSED)
    yield Wait(what="gates", rows=gates, field="next_at", longest=timedelta(0))
    yield Wait(what="queues", rows=gates, field="queue_until", longest=A_QUEUE)
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    yield Wait(what="running tasks", rows=running, field="started_at", longest=timedelta(0))
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY).exclude(run_after=get_date_max())
    yield Wait(what="tasks", rows=ready, field="run_after", longest=max(LEASE, *PAUSES))
