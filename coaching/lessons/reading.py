"""A lesson as it is read from the library: once for each language and size, whoever reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from coaching.lessons.forms import NotesForm
from coaching.lessons.languages import OtherLanguage, other_languages
from content.core.vocabulary import Size
from content.models import Lesson
from content.reading.once import readings
from content.reading.pages import LessonPage, lesson_page
from content.reading.variants import in_language

NOT_SHOWN = ("brief", "body", "deeper", "plain", "loaded", "proposal", "conflicts")
"""What no reader sees as it stands in its row."""


@dataclass(frozen=True, kw_only=True, eq=False)
class ReadLesson:
    lesson: Lesson
    page: LessonPage
    languages: tuple[OtherLanguage, ...]
    number: int
    """Of the reading of the library that it is from."""

    @property
    def drawn_by(self) -> tuple[str, Size, str, int]:
        return (self.lesson.slug, self.page.size, self.lesson.language, self.number)

    @property
    def blank_notes(self) -> NotesForm:
        """For words of one's own, before there are any."""
        return NotesForm.kept(None, self.lesson.reflection)


class LessonOnShelf:
    """One lesson in one language, with its pages in each size that was asked for."""

    def __init__(self, lesson: Lesson, number: int) -> None:
        self.lesson, self._number = lesson, number
        self._pages: dict[Size, ReadLesson] = {}

    def in_size(self, size: Size, at: datetime) -> ReadLesson:
        if size not in self._pages:
            self._pages[size] = ReadLesson(
                lesson=self.lesson,
                page=lesson_page(self.lesson, size, at=at),
                languages=other_languages(self.lesson, at),
                number=self._number,
            )
        return self._pages[size]


def lesson_called(slug: str, at: datetime) -> LessonOnShelf | None:
    """In the language of the address, as far as it is written."""
    language = get_language() or ""

    def read(number: int) -> LessonOnShelf | None:
        row = Lesson.objects.published(at).for_page().defer(*NOT_SHOWN).filter(slug=slug).first()
        return LessonOnShelf(in_language(row, language, at=at), number) if row else None

    return readings.of(("lesson", slug, language), read)
