"""A lesson as it is read from the library: once for each language and size, whoever reads it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language

from coaching.lessons.finding import Finder
from coaching.lessons.forms import NotesForm
from coaching.lessons.languages import OtherLanguage, other_languages
from coaching.said import read_once
from content.core.vocabulary import Size
from content.models import Lesson, Technique
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


@dataclass(frozen=True, kw_only=True, eq=False)
class LessonCard:
    """A lesson as a list shows it."""

    lesson: Lesson
    number: int

    @property
    def drawn_by(self) -> tuple[str, int]:
        return (self.lesson.slug, self.number)


@dataclass(frozen=True, kw_only=True, eq=False)
class ListedLessons:
    """All that are published, without their text, in their order."""

    cards: tuple[LessonCard, ...]
    number: int

    @property
    def drawn_by(self) -> tuple[int]:
        return (self.number,)

    @property
    def course(self) -> list[Lesson]:
        return [card.lesson for card in self.cards if card.lesson.course]

    @property
    def techniques(self) -> list[Technique]:
        by_slug = {card.lesson.technique_id: card.lesson.technique for card in self.cards if card.lesson.technique}
        return sorted(by_slug.values(), key=lambda technique: technique.position)

    @property
    def finder(self) -> Finder:
        """Of somebody who looks for nothing so far."""
        return Finder({})


def listed_lessons(at: datetime) -> ListedLessons:
    def read(number: int) -> ListedLessons:
        rows = Lesson.objects.published(at).select_related("technique").without_text()
        return ListedLessons(cards=tuple(LessonCard(lesson=row, number=number) for row in rows), number=number)

    return read_once("lessons of a list", read) or read(0)


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

    return read_once(("lesson", slug, language), read)
