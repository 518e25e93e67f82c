"""What an account agrees to by what it does: that health answers are kept, and that reminders are sent."""

from datetime import datetime

from accounts.core.consent_words import HEALTH_VERSION, HEALTH_WORDS, REMINDERS_VERSION, REMINDERS_WORDS
from accounts.models import Consent, ConsentKind, Profile, Reminder, User

WORDS_ON_HEALTH = HEALTH_WORDS[HEALTH_VERSION]
"""As the sign-up and the first question show them."""


def agree_to_health(user: User, *, at: datetime) -> None:
    """Called when answers first come into an account. Twice changes nothing."""
    Consent.objects.give(user, ConsentKind.HEALTH, words=WORDS_ON_HEALTH, words_version=HEALTH_VERSION, at=at)


def keep_wish_for_reminders(profile: Profile, *, at: datetime) -> None:
    """Choosing a reminder is a consent to be written to; choosing none takes it back."""
    if profile.reminder == Reminder.NONE:
        Consent.objects.withdraw(profile.user, ConsentKind.REMINDERS, at=at)
        return
    words = REMINDERS_WORDS[REMINDERS_VERSION]
    Consent.objects.give(profile.user, ConsentKind.REMINDERS, words=words, words_version=REMINDERS_VERSION, at=at)
