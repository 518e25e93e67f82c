"""The rows of the storm: read by name once Django is set up."""

from django.core.management import call_command
from django.utils import timezone

from accounts.letters import editions
from accounts.models import Delivery, Edition, Subscriber

OPEN = ("queued", "claimed")


def make_all(readers: int) -> Edition:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    now = timezone.now()
    proof = {"status": "active", "asked_at": now, "consent_at": now, "confirmed_at": now}
    Subscriber.objects.bulk_create(Subscriber(email=f"reader{n}@example.org", **proof) for n in range(readers))
    return an_edition("first")


def an_edition(slug: str) -> Edition:
    now = timezone.now()
    words = "Hello. Six soft breaths, and you can stop at any time."
    times = {"started_at": now, "resumed_at": now}
    return Edition.objects.create(slug=slug, subject=slug, words=words, status="sending", **times)


def begin_correction(edition: Edition) -> None:
    """For whoever has nothing yet, as an editor would make it: a copy that leaves at once."""
    editions.cancel(edition, at=timezone.now())
    an_edition("correction")


def is_over() -> bool:
    return Edition.objects.filter(slug="correction", status="finished").exists() and not left_open()


def left_open() -> int:
    return Delivery.objects.filter(state__in=OPEN).count()
