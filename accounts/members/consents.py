"""What an account agrees to by what it does: that health answers are kept, and that reminders are sent."""

from datetime import datetime

from django.utils.translation import get_language

from accounts.core.consent_words import (
    HEALTH_VERSION,
    HEALTH_WORDS,
    REMINDERS_VERSION,
    REMINDERS_WORDS,
    version_in,
)
from accounts.models import Consent, ConsentKind, Profile, Reminder, User


def words_on_health() -> str:
    """As the sign-up and the first question show them, in the language of the page."""
    return HEALTH_WORDS[_health_version()]


def _health_version() -> str:
    return version_in(get_language() or "", HEALTH_VERSION, HEALTH_WORDS)


def agree_to_health(user: User, *, at: datetime) -> None:
    """Called when answers first come into an account. Twice changes nothing."""
    Consent.objects.give(user, ConsentKind.HEALTH, words=words_on_health(), words_version=_health_version(), at=at)


def keep_wish_for_reminders(profile: Profile, *, at: datetime) -> None:
    """Choosing a reminder is a consent to be written to; choosing none takes it back."""
    if profile.reminder == Reminder.NONE:
        Consent.objects.withdraw(profile.user, ConsentKind.REMINDERS, at=at)
        return
    version = version_in(get_language() or "", REMINDERS_VERSION, REMINDERS_WORDS)
    words = REMINDERS_WORDS[version]
    Consent.objects.give(profile.user, ConsentKind.REMINDERS, words=words, words_version=version, at=at)
