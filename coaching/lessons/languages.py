"""The languages that a lesson page leads over to, each invited in its own words."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import override

from content.models import Lesson
from content.reading.variants import languages_of

INVITATIONS = {"en": "Read this lesson in English", "es": "Leer esta lección en español"}
"""Said in the language itself, so they are no matter of translation."""


@dataclass(frozen=True, kw_only=True)
class OtherLanguage:
    code: str
    address: str

    @property
    def invitation(self) -> str:
        return INVITATIONS[self.code]


def other_languages(lesson: Lesson, at: datetime) -> tuple[OtherLanguage, ...]:
    """Those in which the lesson can be read, but for the one in which it is shown; one query."""
    codes = ["en", *languages_of(lesson, at)]
    return tuple(_other(lesson, code) for code in codes if code in INVITATIONS and code != lesson.language)


def _other(lesson: Lesson, code: str) -> OtherLanguage:
    with override(code):
        return OtherLanguage(code=code, address=lesson.get_absolute_url())
