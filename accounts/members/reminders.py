"""Choosing a reminder is a consent to be written to; choosing none takes it back."""

from datetime import datetime

from accounts.core.consent_words import REMINDERS_VERSION, REMINDERS_WORDS
from accounts.models import Consent, ConsentKind, Profile, Reminder


def record_wish(profile: Profile, *, at: datetime) -> None:
    if profile.reminder == Reminder.NONE:
        Consent.objects.withdraw(profile.user, ConsentKind.REMINDERS, at=at)
        return
    words = REMINDERS_WORDS[REMINDERS_VERSION]
    Consent.objects.give(profile.user, ConsentKind.REMINDERS, words=words, words_version=REMINDERS_VERSION, at=at)
