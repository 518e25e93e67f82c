"""What an account agrees to by what it does: that health answers are kept."""

from datetime import datetime

from django.utils.translation import get_language

from accounts.core.consent_words import HEALTH_VERSION, HEALTH_WORDS, version_in
from accounts.models import Consent, ConsentKind, User


def words_on_health() -> str:
    """As the sign-up and the first question show them, in the language of the page."""
    return HEALTH_WORDS[_health_version()]


def _health_version() -> str:
    return version_in(get_language() or "", HEALTH_VERSION, HEALTH_WORDS)


def agree_to_health(user: User, *, at: datetime) -> None:
    """Called when answers first come into an account. Twice changes nothing."""
    Consent.objects.give(user, ConsentKind.HEALTH, words=words_on_health(), words_version=_health_version(), at=at)
