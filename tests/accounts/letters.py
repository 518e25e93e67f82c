"""Makers of editions and their library, with sensible defaults."""

from email import message_from_bytes
from typing import Any

from accounts.models import Edition, EditionStatus
from content.models import Guide, Tip
from tests.content.makers import a_reference, a_technique, a_tip, published, words

WORDS = "Hello. Here is one small thing for your week. It takes a minute, and you can stop at any time."


def an_edition(slug: str = "a-minute-of-calm", **fields: Any) -> Edition:
    defaults = {
        "subject": "A minute of calm",
        "preheader": "One small thing to try today.",
        "words": WORDS,
        "practice": "breathing",
    }
    return Edition.objects.create(slug=slug, **defaults | fields)


def a_guide(slug: str = "breathing", **fields: Any) -> Guide:
    technique = a_technique(slug)
    defaults = {
        "title": "Breathe with me",
        "technique": technique,
        "skin": "breath",
        "summary": "A minute of slow breath.",
        "ready": "Sit down.",
        "stop": "Stop if you feel dizzy.",
        "minutes": 5,
        **published(),
    }
    return Guide.objects.create(slug=slug, **defaults | fields)


__all__ = ["WORDS", "Edition", "EditionStatus", "Tip", "a_guide", "a_reference", "a_tip", "an_edition", "words"]


def codings_of(content: bytes) -> set[str | None]:
    """How each part of a mail is coded, whatever words are in it."""
    return {part["Content-Transfer-Encoding"] for part in message_from_bytes(content).walk()}
