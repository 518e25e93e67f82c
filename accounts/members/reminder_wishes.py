"""Wishes for reminders: kept, changed, stopped, and when the next one is due.

Every function is safe to run twice. Whatever changes a wish works out anew when the next reminder comes, so that no
sweep has to look at anybody but those who are due.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from accounts.core.consent_words import (
    REMINDERS_BY_CHANCE_VERSION,
    REMINDERS_BY_CHANCE_WORDS,
    REMINDERS_VERSION,
    REMINDERS_WORDS,
    version_in,
)
from accounts.core.reminding.slots import next_slot
from accounts.models import Consent, ConsentKind, ReminderWish, User
from accounts.models.reminder_wish import HALF, profile_of
from accounts.models.subscriber import new_public_id

Way, Stopped = ReminderWish.Way, ReminderWish.Stopped
EVERY_DAY = "0123456"


def wish_of(user: User) -> ReminderWish | None:
    return ReminderWish.objects.filter(user=user).select_related("user__profile").first()


@transaction.atomic
def keep(user: User, told: Mapping[str, Any], *, by_chance: bool, language: str, at: datetime) -> ReminderWish:
    """What the page of reminders says: `days`, `hour`, `quiet_from`, `quiet_until`, `way` and `names_step`.

    A break or a stop ends with it. The consents follow: to be reminded, and to have half of them left out by chance.
    """
    wish = ReminderWish.objects.select_for_update().filter(user=user).first() or ReminderWish(user=user)
    for name, value in told.items():
        setattr(wish, name, value)
    _let_chance(wish, by_chance, at)
    wish.paused_until, wish.stopped, wish.language = None, "", language
    reckon(wish, at)
    wish.changed_at = at
    wish.save()
    _keep_consents(wish, at)
    return wish


def _let_chance(wish: ReminderWish, by_chance: bool, at: datetime) -> None:  # noqa: FBT001 (the wish itself)
    """What was seen before somebody agreed, or before reminders stopped as harmful, is not counted."""
    if by_chance and (wish.stopped or not wish.is_by_chance):
        wish.chance, wish.chance_since = HALF, at
    if not by_chance:
        wish.chance, wish.chance_since = 1.0, None


def _keep_consents(wish: ReminderWish, at: datetime) -> None:
    asked = (
        (wish.is_on, ConsentKind.REMINDERS, REMINDERS_WORDS, REMINDERS_VERSION),
        (
            wish.is_on and wish.is_by_chance,
            ConsentKind.REMINDERS_BY_CHANCE,
            REMINDERS_BY_CHANCE_WORDS,
            REMINDERS_BY_CHANCE_VERSION,
        ),
    )
    for is_given, kind, words, newest in asked:
        version = version_in(wish.language, newest, words)
        if is_given:
            Consent.objects.give(wish.user, kind, words=words[version], words_version=version, at=at)
        else:
            Consent.objects.withdraw(wish.user, kind, at=at)


def reckon(wish: ReminderWish, at: datetime) -> None:
    """Set when the next one is due; whoever calls saves it."""
    slot = next_slot(at, wish.hours(profile_of(wish.user))) if wish.is_on else None
    wish.next_reminder_at, wish.reckoned_at = (slot.opens, at) if slot else (None, None)


def reckon_all(wishes: Iterable[ReminderWish], at: datetime) -> None:
    """The same for many, each kept. People who share an hour share a statement."""
    together: dict[datetime | None, list[int]] = {}
    for wish in wishes:
        reckon(wish, at)
        together.setdefault(wish.next_reminder_at, []).append(wish.pk)
    for due_at, keys in together.items():
        told = {"next_reminder_at": due_at, "reckoned_at": at if due_at else None}
        ReminderWish.objects.filter(pk__in=keys).update(**told)


@transaction.atomic
def follow_clock(user: User, at: datetime) -> None:
    """Whoever lives by another clock now is reminded by that."""
    wishes = ReminderWish.objects.select_for_update(of=("self",)).filter(user=user).select_related("user__profile")
    for wish in wishes:
        reckon(wish, at)
        wish.changed_at = at
        wish.save(update_fields=["next_reminder_at", "reckoned_at", "changed_at"])


@transaction.atomic
def stop(wish: ReminderWish, why: str, at: datetime) -> bool:
    """No more reminders; whether there were any. The link to the calendar ends too, but where chance said that they
    do harm: nobody can say that of a calendar."""
    mine = ReminderWish.objects.filter(pk=wish.pk, stopped="")
    ended: dict[str, Any] = {"stopped": why, "next_reminder_at": None, "reckoned_at": None, "changed_at": at}
    if why != Stopped.HARM:
        ended["calendar_id"] = ""
    if not mine.update(**ended):
        return False
    for kind in (ConsentKind.REMINDERS, ConsentKind.REMINDERS_BY_CHANCE):
        Consent.objects.withdraw(wish.user, kind, at=at)
    return True


@transaction.atomic
def pause(wish: ReminderWish, until: date | None, at: datetime) -> None:
    """A break; the first may come on `until`. None ends it."""
    held = ReminderWish.objects.select_for_update(of=("self",)).select_related("user__profile").get(pk=wish.pk)
    held.paused_until, held.changed_at = until, at
    reckon(held, at)
    held.save(update_fields=["paused_until", "changed_at", "next_reminder_at", "reckoned_at"])


def open_calendar(user: User, language: str, at: datetime) -> ReminderWish:
    """A new secret link; an old one opens nothing from now on. Who chose no days has all of them in it."""
    told = {"calendar_id": new_public_id(), "language": language, "changed_at": at}
    wish, _ = ReminderWish.objects.update_or_create(
        user=user, defaults=told, create_defaults={**told, "way": Way.NONE, "days": EVERY_DAY}
    )
    if not wish.days:
        wish.days = EVERY_DAY
        wish.save(update_fields=["days"])
    return wish


def close_calendar(user: User, at: datetime) -> None:
    ReminderWish.objects.filter(user=user).update(calendar_id="", changed_at=at)
