"""Makers of people who asked for reminders, and a worker that looks for whoever is due."""

from datetime import UTC, datetime
from email.message import Message
from typing import Any

from django.core import mail

from accounts.members import reminder_wishes
from accounts.models import Profile, ReminderWish, User
from coaching.reminders import sweep
from tests.accounts.people import make_user

EVERY_DAY = "0123456"
SIX_IN_LISBON = datetime(2026, 11, 23, 18, 5, tzinfo=UTC)
"""A Monday."""

LONG_AGO = datetime(2026, 11, 1, tzinfo=UTC)
TOLD: dict[str, Any] = {
    "days": EVERY_DAY,
    "hour": 18,
    "quiet_from": 22,
    "quiet_until": 7,
    "way": "mail",
    "names_step": False,
}


def a_wish(
    user: User | None = None,
    *,
    zone: str = "Europe/Lisbon",
    at: datetime = LONG_AGO,
    by_chance: bool = False,
    language: str = "en",
    **told: Any,
) -> ReminderWish:
    user = user or make_user(f"person{User.objects.count()}@example.org")
    Profile.objects.update_or_create(user=user, defaults={"time_zone": zone})
    user = User.objects.get(pk=user.pk)
    return reminder_wishes.keep(user, {**TOLD, **told}, by_chance=by_chance, language=language, at=at)


def sweep_at(at: datetime, worker: str = "a worker") -> int:
    """How many mails left."""
    before = len(mail.outbox)
    sweep.drain(worker, clock=lambda: at, goes_on=lambda: True)
    return len(mail.outbox) - before


def last_mail() -> Message:
    return mail.outbox[-1].message()


def words_of(message: Message) -> str:
    part = message.get_payload(0)
    assert isinstance(part, Message)
    payload = part.get_payload(decode=True)
    assert isinstance(payload, bytes)
    return payload.decode().replace("\r\n", "\n")
