"""Agreeing that an account keeps health answers: in the words that the sign-up and the first question show."""

from datetime import datetime

from accounts.core.consent_words import HEALTH_VERSION, HEALTH_WORDS
from accounts.models import Consent, ConsentKind, User

WORDS = HEALTH_WORDS[HEALTH_VERSION]


def agree(user: User, *, at: datetime) -> None:
    """Called when answers first come into an account. Twice changes nothing."""
    Consent.objects.give(user, ConsentKind.HEALTH, words=WORDS, words_version=HEALTH_VERSION, at=at)
