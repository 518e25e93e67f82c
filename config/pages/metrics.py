"""Figures for Prometheus at /metrics, for whoever has METRICS_TOKEN: about the site, and nothing about persons.

Requests are counted by the kind of their answer alone, by no address. Several processes of one machine count together
in files of VAR_DIR/metrics (`machine/counting.py`); what the database knows is asked for when somebody looks.
"""

import atexit
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import Error
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import REGISTRY, Collector

from accounts.models import Delivery, DeliveryState, MailStatus, OutgoingMail
from config.machine.counting import FOLDER, at_rest
from config.machine.postgresql.away import breaker
from config.pages.health import idle_seconds, oldest_task_seconds, room_is_left

ANSWERS = Counter("unloop_answers", "Requests that were answered, by the kind of the answer.", ["kind"])
SECONDS = Histogram(
    "unloop_answer_seconds", "How long an answer took that was made.", buckets=(0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
)
AWAY = Counter("unloop_answers_while_the_database_was_away", "Requests that came while the database was away.")
READY = Counter("unloop_ready_pages", "Strangers' pages: kept, or made because none was kept.", ["kind"])
GetResponse = Callable[[HttpRequest], HttpResponse]


def counted(get_response: GetResponse) -> GetResponse:
    def answer(request: HttpRequest) -> HttpResponse:
        begun = monotonic()
        response = get_response(request)
        ANSWERS.labels(f"{response.status_code // 100}xx").inc()
        SECONDS.observe(monotonic() - begun)
        if breaker.is_open:
            AWAY.inc()
        return response

    return answer


class Tally:
    """Ready-made pages that were handed out, counted in heaps: each count is a write to a file that processes share."""

    HEAP, SECOND = 64, 1.0

    def __init__(self) -> None:
        self._waiting: deque[str] = deque()
        self._poured_at = 0.0

    def one(self, status: str, at: float) -> None:
        """`at`: when it was asked for, on the clock that only goes on. Rare ones are not kept waiting for a heap."""
        self._waiting.append(status)
        if len(self._waiting) >= self.HEAP or at - self._poured_at >= self.SECOND:
            self._poured_at = at
            self.pour()

    def pour(self) -> None:
        told: dict[str, int] = {}
        with suppress(IndexError):  # Another thread may be pouring too: each takes what the other has not.
            while True:
                kind = f"{self._waiting.popleft()[0]}xx"
                told[kind] = told.get(kind, 0) + 1
        for kind, count in told.items():
            ANSWERS.labels(kind).inc(count)
            READY.labels("kept").inc(count)


tally = Tally()
atexit.register(tally.pour)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """To nobody without the token is it there at all."""
    told = request.headers.get("Authorization", "")
    if not settings.METRICS_TOKEN or not constant_time_compare(told, f"Bearer {settings.METRICS_TOKEN}"):
        raise Http404
    known = CollectorRegistry()
    known.register(OfTheDatabase())
    return HttpResponse(_counts() + generate_latest(known), content_type=CONTENT_TYPE_LATEST)


def _counts() -> bytes:
    """Of all processes of this machine together, those that are gone among them."""
    tally.pour()
    folder = os.environ.get(FOLDER)
    if not folder:
        return generate_latest(REGISTRY)
    counts = CollectorRegistry()
    MultiProcessCollector(counts)
    with at_rest(Path(folder)):
        return generate_latest(counts)


class OfTheDatabase(Collector):
    """What is known now. While the database is away, that alone is said."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield _figure("unloop_database_away", "1 while the database is away from this process.", breaker.is_open)
        yield _figure("unloop_disk_full", "1 where little room is left in VAR_DIR.", not room_is_left())
        with suppress(Error):
            at = timezone.now()
            yield _figure("unloop_queue_oldest_seconds", "How long a task has waited at most.", oldest_task_seconds(at))
            yield _figure("unloop_worker_idle_seconds", "How long no worker came; -1: never.", _idle(idle_seconds(at)))
            yield _by_state("unloop_tasks", "Tasks of the queue.", DBTaskResult.objects.all(), "status")
            open_states = [DeliveryState.QUEUED, DeliveryState.CLAIMED]
            letters = Delivery.objects.filter(state__in=open_states)
            yield _by_state("unloop_letters", "Letters that have not left yet.", letters, "state")
            mail = OutgoingMail.objects.exclude(status=MailStatus.SENT)
            yield _by_state("unloop_mail", "Mail that has not left, reminders among it.", mail, "status")


def _idle(seconds: int | None) -> int:
    return -1 if seconds is None else seconds


def _figure(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, words, value=float(value))


def _by_state(name: str, words: str, rows: QuerySet[Any], field: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=["state"])
    for state, count in rows.order_by().values_list(field).annotate(count=Count("pk")):
        family.add_metric([str(state).lower()], count)
    return family
