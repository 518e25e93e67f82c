"""Which words of a lesson a reader gets: those of their language, or the lesson's own.

A region comes first, then its language, then the lesson: es-mx, es, English. What a variant leaves
empty (a home task, say) is the lesson's own, so that a reader never loses a part of the page.
"""

from copy import copy
from datetime import datetime

from content.models import Lesson, LessonVariant


def in_language(lesson: Lesson, language: str, at: datetime) -> Lesson:
    """The lesson as this language has it, and `language` on it says which that is; one query unless it is English.

    The result is for showing: its address, its place in the course and its progress stay those of the lesson.
    """
    wanted = _from_near_to_far(language)
    if not wanted:
        return lesson
    by_language = {
        row.language: row for row in LessonVariant.objects.published(at).filter(lesson=lesson, language__in=wanted)
    }
    variant = next((by_language[name] for name in wanted if name in by_language), None)
    return said_by(lesson, variant) if variant else lesson


def said_by(lesson: Lesson, variant: LessonVariant) -> Lesson:
    shown = copy(lesson)
    for name in (*LessonVariant.SAID, *LessonVariant.RENDERED, "reviewed_by", "reviewed_on", "next_review", "changes"):
        said = getattr(variant, name)
        # A review of the English text says nothing of another one, so those four are never the lesson's.
        if said or name not in LessonVariant.SAID:
            setattr(shown, name, said)
    shown.language = variant.language
    return shown


def languages_of(lesson: Lesson, at: datetime) -> list[str]:
    """The languages in which readers may have it, besides English; one query."""
    rows = LessonVariant.objects.published(at).filter(lesson=lesson).order_by("language")
    return list(rows.values_list("language", flat=True))


def _from_near_to_far(language: str) -> list[str]:
    language = language.lower()
    near = [language, language.partition("-")[0]] if "-" in language else [language]
    return [] if near[-1] in ("en", "") else near
