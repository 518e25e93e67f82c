"""What a person has read: one record a lesson, whatever its size."""

from datetime import datetime

from coaching.models import LessonProgress, Person
from content.models import Lesson


def mark_done(person: Person, lesson: Lesson, at: datetime) -> None:
    """Twice changes nothing: the first time is kept."""
    progress, _ = LessonProgress.objects.get_or_create(person=person, lesson=lesson)
    LessonProgress.objects.filter(pk=progress.pk, done_at=None).update(done_at=at)


def mark_undone(person: Person, lesson: Lesson) -> None:
    LessonProgress.objects.filter(person=person, lesson=lesson).update(done_at=None)


def done_lessons(person: Person | None) -> set[str]:
    """The slugs of the lessons this person has finished."""
    if person is None:
        return set()
    return {progress.lesson_id for progress in person.lessons.exclude(done_at=None)}


def next_lesson(person: Person | None, at: datetime) -> Lesson | None:
    """The first lesson of the course not yet done."""
    done = done_lessons(person)
    return Lesson.objects.published(at).course().without_text().exclude(slug__in=done).first()
