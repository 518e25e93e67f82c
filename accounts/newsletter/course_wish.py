"""Whether an account holder wants letters about the course: a consent of its own, as they look at what was done."""

from datetime import datetime

from accounts.core.consent_words import COURSE_LETTERS_VERSION, COURSE_LETTERS_WORDS
from accounts.models import Consent, ConsentKind, Subscriber

KIND = ConsentKind.COURSE_LETTERS


def stands(subscriber: Subscriber) -> bool:
    return (
        subscriber.user_id is not None and Consent.objects.standing().filter(user=subscriber.user, kind=KIND).exists()
    )


def give(subscriber: Subscriber, *, at: datetime) -> None:
    if subscriber.user:
        words = COURSE_LETTERS_WORDS[COURSE_LETTERS_VERSION]
        Consent.objects.give(subscriber.user, KIND, words=words, words_version=COURSE_LETTERS_VERSION, at=at)


def withdraw(subscriber: Subscriber, *, at: datetime) -> None:
    if subscriber.user:
        Consent.objects.withdraw(subscriber.user, KIND, at=at)
