"""The links in a reminder and to the calendar: each names one wish, and is good for one purpose.

They hold a random id and never the account. The signature is short, so that no mail server folds the header that
holds one: 96 bits, on top of the 128 random ones of the id. Links to stop never expire; the one for later today names
its slot, and is of use on that day alone. The calendar's goes by an id of its own, which can be changed.
"""

from base64 import urlsafe_b64encode
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import ReminderWish
from coaching.models import ReminderSlot

SIGNED_BYTES = 12


class Purpose(StrEnum):
    """The value is also the URL name."""

    STOP = "reminder_stop"
    LATER = "reminder_later"
    CALENDAR = "reminder_calendar"


def stop_link(wish: ReminderWish) -> str:
    return _link(Purpose.STOP, wish.public_id, wish.language)


def later_link(wish: ReminderWish, slot: ReminderSlot) -> str:
    return _link(Purpose.LATER, f"{wish.public_id}.{slot.pk}", wish.language)


def calendar_link(wish: ReminderWish) -> str:
    return _link(Purpose.CALENDAR, wish.calendar_id, "en") if wish.calendar_id else ""


def page_link(name: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(f"coaching:{name}")


def wish_to_stop(token: str) -> ReminderWish | None:
    return _wish(public_id=_named(token, Purpose.STOP))


def slot_to_repeat(token: str) -> tuple[ReminderWish, ReminderSlot] | None:
    public_id, _, key = _named(token, Purpose.LATER).rpartition(".")
    wish = _wish(public_id=public_id)
    slot = ReminderSlot.objects.filter(pk=int(key), user=wish.user).first() if wish and key.isdecimal() else None
    return (wish, slot) if wish and slot else None


def wish_of_calendar(token: str) -> ReminderWish | None:
    return _wish(calendar_id=_named(token, Purpose.CALENDAR))


def _wish(**named: str) -> ReminderWish | None:
    if not all(named.values()):
        return None
    return ReminderWish.objects.filter(**named, user__is_active=True).select_related("user__profile").first()


def _link(purpose: Purpose, value: str, language: str) -> str:
    with translation.override(language):
        return settings.SITE_URL + reverse(f"coaching:{purpose}", args=[token_of(purpose, value)])


def token_of(purpose: Purpose, value: str) -> str:
    return f"{value}.{_signature(purpose, value, settings.SECRET_KEY)}"


def _named(token: str, purpose: Purpose) -> str:
    """What a token names; empty where it is broken, or of another purpose."""
    value, _, signature = token.rpartition(".")
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    good = any(constant_time_compare(signature, _signature(purpose, value, secret)) for secret in secrets)
    return value if good else ""


def _signature(purpose: Purpose, value: str, secret: str) -> str:
    digest = salted_hmac(f"coaching.{purpose}", value, secret=secret, algorithm="sha256").digest()
    return urlsafe_b64encode(digest[:SIGNED_BYTES]).decode()
