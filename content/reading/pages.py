"""What a page of the library shows, gathered in few queries; the reader and the preview show the same."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, OuterRef, Q, Value
from django.utils.safestring import SafeString, mark_safe

from content.core.texts.blocks import sections_of
from content.core.vocabulary import Certainty, Size
from content.models import EvidenceCard, Lesson, Reference, Tip


@dataclass(frozen=True, kw_only=True)
class Footnote:
    """One numbered source. `trust` says what was seen of it; a likely source is called that."""

    number: int
    key: str
    citation: str
    link: str
    short: str
    trust: str
    is_likely: bool
    finding: str
    certainty: str
    note: str


@dataclass(frozen=True, kw_only=True)
class SizeChoice:
    size: Size
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class LessonPage:
    lesson: Lesson
    size: Size
    html: SafeString
    footnotes: tuple[Footnote, ...]
    card: EvidenceCard | None
    card_sources: tuple[Footnote, ...]
    check: dict[str, Any]
    task: dict[str, Any]
    reflection: str
    previous: Lesson | None
    following: Lesson | None
    related: tuple[Lesson, ...]

    @property
    def minutes(self) -> int:
        return int(self.size)

    @property
    def sections(self) -> tuple[tuple[SafeString, int], ...]:
        """The text in parts, each with the number of its last block: after each, somebody may stop."""
        return tuple((_safe(section.html), section.last) for section in sections_of(self.html))

    @property
    def sizes(self) -> tuple[SizeChoice, ...]:
        return tuple(SizeChoice(size=size, is_current=size is self.size) for size in Size)


@dataclass(frozen=True, kw_only=True)
class TipPage:
    tip: Tip
    html: SafeString
    footnotes: tuple[Footnote, ...]


def size_asked(query: Mapping[str, str]) -> Size:
    """The size that an address asks for; four minutes when it names none that there is."""
    return next((size for size in Size if size.value == query.get("size")), Size.FOUR)


def lesson_page(lesson: Lesson, size: Size, *, at: datetime) -> LessonPage:
    """Two queries, when the lesson came with its card (`Lesson.objects.for_page()`)."""
    references = _references(lesson.notes.get(size.value, []), lesson.card)
    course, related = _neighbours(lesson, at)
    return LessonPage(
        lesson=lesson,
        size=size,
        html=html_of(lesson, size),
        footnotes=_footnotes(lesson.notes.get(size.value, []), references),
        card=_card_in_words(lesson),
        card_sources=_footnotes([key for key, row in references.items() if row.is_of_card], references),
        check=lesson.check_question,
        task=lesson.task,
        reflection=lesson.reflection,
        previous=_beside(lesson, course, -1),
        following=_beside(lesson, course, 1),
        related=related,
    )


def _card_in_words(lesson: Lesson) -> EvidenceCard | None:
    """The card as the language of the lesson words it: to be shown, never to be saved."""
    card = copy(lesson.card)
    for name, words in lesson.card_words.items() if card else ():
        setattr(card, name, words)
    return card


def tip_page(tip: Tip) -> TipPage:
    """One query, when the tip came with its practice."""
    references = _references(tip.notes, None)
    return TipPage(tip=tip, html=_safe(tip.html), footnotes=_footnotes(tip.notes, references))


def footnotes_of(keys: Sequence[str]) -> tuple[Footnote, ...]:
    """The sources that a text cites, in the order of their numbers; one query."""
    return _footnotes(keys, _references(keys, None))


def html_of(lesson: Lesson, size: Size) -> SafeString:
    if size is Size.ONE:
        return _safe(lesson.brief_html)
    return _safe(lesson.body_html + (lesson.deeper_html if size is Size.TWELVE else ""))


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 (these columns are written by content/reading/rendering.py alone)


def _references(keys: Sequence[str], card: EvidenceCard | None) -> dict[str, Any]:
    of_card = Exists(EvidenceCard.sources.through.objects.filter(reference=OuterRef("pk"), evidencecard=card))
    wanted = Q(slug__in=keys)
    if card is None:
        rows = Reference.objects.filter(wanted).annotate(is_of_card=Value(False, output_field=BooleanField()))
    else:
        rows = Reference.objects.annotate(is_of_card=of_card).filter(wanted | Q(is_of_card=True))
    return {row.slug: row for row in rows.defer("loaded", "conflicts")}


def _footnotes(keys: Sequence[str], references: dict[str, Any]) -> tuple[Footnote, ...]:
    return tuple(_footnote(number, references[key]) for number, key in enumerate(keys, start=1) if key in references)


def _footnote(number: int, reference: Reference) -> Footnote:
    return Footnote(
        number=number,
        key=reference.slug,
        citation=reference.citation,
        short=reference.byline,
        link=reference.link,
        trust=reference.trust,
        is_likely=reference.is_likely,
        finding=reference.finding,
        certainty=Certainty(reference.certainty).label,
        note=reference.note,
    )


def _neighbours(lesson: Lesson, at: datetime) -> tuple[list[Lesson], tuple[Lesson, ...]]:
    """The published course around a lesson, and what else to read, in one query."""
    related = Lesson.related.through.objects.filter(from_lesson=lesson.pk, to_lesson=OuterRef("pk"))
    rows = (
        Lesson.objects.published(at)
        .annotate(is_related=Exists(related))
        .filter(Q(course__isnull=False) | Q(is_related=True))
        .only("slug", "title", "summary", "course")
    )
    neighbours: list[Any] = list(rows)
    course = sorted((row for row in neighbours if row.course), key=lambda row: row.course or 0)
    return course, tuple(row for row in neighbours if row.is_related)


def _beside(lesson: Lesson, course: Sequence[Lesson], step: int) -> Lesson | None:
    if not lesson.course:
        return None
    return next((row for row in course if row.course == lesson.course + step), None)
