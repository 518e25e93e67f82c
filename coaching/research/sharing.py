"""Saying yes to research, and taking it back. Each is the person's own press; nothing else leads into a study."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from accounts.core.consent_words import RESEARCH_VERSION, RESEARCH_WORDS, version_in
from accounts.models import Consent, ConsentKind, User
from coaching.core.research.study import LONGEST_SHIFT
from coaching.models import Person, ResearchShare

NUMBER_BYTES = 6


def words_on_research() -> str:
    return RESEARCH_WORDS[_version()]


def _version() -> str:
    return version_in(get_language() or "", RESEARCH_VERSION, RESEARCH_WORDS)


def is_sharing(user: User) -> bool:
    return ResearchShare.objects.filter(person__user=user).exists()


@transaction.atomic
def agree(user: User, person: Person, *, at: datetime) -> None:
    """Twice changes nothing."""
    Person.objects.hold(person)
    Consent.objects.give(user, ConsentKind.RESEARCH, words=words_on_research(), words_version=_version(), at=at)
    if not ResearchShare.objects.filter(person=person).exists():
        share = ResearchShare(person=person, number=secrets.token_hex(NUMBER_BYTES), agreed_at=at)
        share.shift = (1 + secrets.randbelow(LONGEST_SHIFT)) * secrets.choice((-1, 1))
        share.save()


@transaction.atomic
def take_back(user: User, *, at: datetime) -> None:
    """Gone from the next export. What was handed out before cannot be called back, as the words said."""
    ResearchShare.objects.filter(person__user=user).delete()
    Consent.objects.withdraw(user, ConsentKind.RESEARCH, at=at)


def export_share(person: Person) -> dict[str, Any]:
    """Their number in a study, so that they can name it to whoever holds a file. The shift stays secret."""
    share = ResearchShare.objects.filter(person=person).first()
    return {"number": share.number, "agreed_at": share.agreed_at} if share else {}
