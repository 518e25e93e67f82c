"""Whether an account holder wants letters about the course: a consent of its own, as they look at what was done."""

from datetime import datetime

from django.utils.translation import get_language

from accounts.core.consent_words import COURSE_LETTERS_VERSION, COURSE_LETTERS_WORDS, version_in
from accounts.models import Consent, ConsentKind, Subscriber

KIND = ConsentKind.COURSE_LETTERS


def stands(subscriber: Subscriber) -> bool:
    return (
        subscriber.user_id is not None and Consent.objects.standing().filter(user=subscriber.user, kind=KIND).exists()
    )


def give(subscriber: Subscriber, *, at: datetime) -> None:
    if subscriber.user:
        version = version_in(get_language() or "", COURSE_LETTERS_VERSION, COURSE_LETTERS_WORDS)
        words = COURSE_LETTERS_WORDS[version]
        Consent.objects.give(subscriber.user, KIND, words=words, words_version=version, at=at)


def withdraw(subscriber: Subscriber, *, at: datetime) -> None:
    if subscriber.user:
        Consent.objects.withdraw(subscriber.user, KIND, at=at)
