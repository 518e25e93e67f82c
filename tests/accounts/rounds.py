"""Makers of letters to many, and a worker that sends what is due."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Delivery, Edition, EditionStatus, Subscriber
from accounts.sending.drain import drain
from accounts.sending.ledger import Gone
from tests.accounts.people import NOON, make_subscriber


def make_edition(slug: str = "first", *, status: str = EditionStatus.SENDING, **fields: Any) -> Edition:
    times = {"started_at": NOON, "resumed_at": NOON} if status == EditionStatus.SENDING else {}
    letter = {"subject": "A calmer back", "words": "Hello. **Six** soft breaths, [here](/practice/breathing/)."}
    return Edition.objects.create(slug=slug, status=status, **{**letter, **times, **fields})


def make_subscribers(count: int, **fields: Any) -> list[Subscriber]:
    return [make_subscriber(f"reader{number}@example.org", **fields) for number in range(count)]


class Clock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)


def send_due(
    clock: Any = timezone.now, *, worker: str = "worker-1", most: int = 1_000_000, gone: list[Gone] | None = None
) -> None:
    """What a worker sends when it is stopped after so many looks at whether to go on."""
    looks = iter(range(most))
    drain(worker, clock=clock, goes_on=lambda: next(looks, None) is not None, gone=gone)


def states(edition: Edition) -> dict[str, int]:
    found: dict[str, int] = {}
    for state in Delivery.objects.filter(edition=edition).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found
