"""How far an edition has gone, and what is wrong, for staff. Counts only: nobody is watched reading."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Max, Min, Q

from accounts.models import MAIL_SERVER, Delivery, DeliveryState, Edition, EditionStatus, SendingGate

STOPPED_WITHIN = timedelta(days=7)
STOPPED_SOON = Q(subscriber__unsubscribed_at__range=(F("sent_at"), F("sent_at") + STOPPED_WITHIN))
SILENCE = timedelta(minutes=10)
NO_WORKER = "Nothing has gone out for a while although letters are due. Is a worker running?"


@dataclass(frozen=True, kw_only=True)
class Progress:
    """`unsubscribed` are those who stopped within a week of getting it; they are among the sent."""

    queued: int = 0
    claimed: int = 0
    sent: int = 0
    failed: int = 0
    unsure: int = 0
    bounced: int = 0
    skipped: int = 0
    unsubscribed: int = 0

    @property
    def left(self) -> int:
        return self.queued + self.claimed

    @property
    def total(self) -> int:
        return self.left + self.sent + self.failed + self.unsure + self.bounced + self.skipped


def progress_of(editions: Iterable[Edition]) -> dict[int, Progress]:
    """By the edition's number, in one query however many they are."""
    wanted = {edition.pk for edition in editions}
    counts = {state.value: Count("pk", filter=Q(state=state)) for state in DeliveryState}
    counts["unsubscribed"] = Count("pk", filter=STOPPED_SOON)
    rows = Delivery.objects.filter(edition__in=wanted).order_by().values("edition_id").annotate(**counts)
    of_edition = {row.pop("edition_id"): Progress(**row) for row in rows}
    return {pk: of_edition.get(pk, Progress()) for pk in wanted}


def problems_of(edition: Edition, *, at: datetime) -> list[str]:
    """What is wrong, in sentences, the gravest first; empty when all is well."""
    said = [edition.pause_reason] if edition.status == EditionStatus.PAUSED else []
    if edition.status == EditionStatus.SENDING:
        said += _server_problems() or _silence(edition, at=at)
    return [*said, *_answers(edition)]


def _server_problems() -> list[str]:
    failing = SendingGate.objects.filter(name=MAIL_SERVER, failures__gt=0)
    return [
        f"{gate.problem} Since {gate.failing_since:%d %B, %H:%M} UTC; tried again at {gate.closed_until:%H:%M:%S}."
        for gate in failing
    ]


def _silence(edition: Edition, *, at: datetime) -> list[str]:
    of_edition = Delivery.objects.filter(edition=edition)
    times = of_edition.aggregate(
        last=Max("closed_at"), due=Min("next_try_at", filter=Q(state=DeliveryState.QUEUED)), n=Count("pk")
    )
    waiting_since = max(filter(None, [times["last"], times["due"], edition.resumed_at]), default=at)
    is_due = times["due"] is not None or (edition.filled_at is None and not edition.is_series_letter)
    return [NO_WORKER] if is_due and at - waiting_since > SILENCE else []


def _answers(edition: Edition) -> list[str]:
    """The commonest answers to letters that did not go, with how many they were."""
    with_problem = Delivery.objects.filter(edition=edition).exclude(problem="").exclude(state=DeliveryState.SKIPPED)
    counted = with_problem.order_by().values_list("problem").annotate(how_many=Count("pk")).order_by("-how_many")[:3]
    return [f"{how_many} letters: {problem}" for problem, how_many in counted]
