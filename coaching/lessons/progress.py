"""What a person has read and keeps of it: one record a lesson, whatever its size."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F
from django.db.models.functions import Greatest

from accounts.sealing import CannotOpen
from coaching.models import LessonProgress, Person
from content.core.texts.blocks import opening_words, percent_read
from content.core.vocabulary import Size
from content.models import Lesson
from content.reading.pages import html_of
from content.reading.usage import Usage

Notes = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Resume:
    """Where a person stopped: the words there, and the address that leads to them."""

    words: str
    address: str
    percent: int


def progress_of(person: Person | None) -> dict[str, LessonProgress]:
    """The records of all lessons that a person has touched, by the lesson's slug, without the sealed words."""
    if person is None:
        return {}
    return {progress.lesson_id: progress for progress in LessonProgress.objects.of_person(person.pk)}


def progress_in(person: Person | None, lesson: Lesson) -> LessonProgress | None:
    return LessonProgress.objects.of_lesson(person.pk, lesson.slug) if person else None


def done_lessons(person: Person | None) -> set[str]:
    """The slugs of the lessons this person has finished."""
    return {slug for slug, progress in progress_of(person).items() if progress.done_at}


def mark_done(person: Person, lesson: Lesson, at: datetime) -> None:
    """Twice changes nothing: the first time is kept."""
    _record(person, lesson)
    LessonProgress.objects.filter(person=person, lesson=lesson, done_at=None).update(done_at=at)


def mark_undone(person: Person, lesson: Lesson) -> None:
    LessonProgress.objects.filter(person=person, lesson=lesson).update(done_at=None)


def keep_place(person: Person, lesson: Lesson, size: Size, block: int, at: datetime) -> bool:
    """Remember where somebody stopped. False when the lesson has no such place in this size."""
    percent = percent_read(html_of(lesson, size), block)
    if not percent:
        return False
    record = _record(person, lesson)
    furthest = Greatest(F("percent"), percent)
    place = {"block": block, "size": size.value, "stopped_at": at, "percent": furthest}
    LessonProgress.objects.filter(pk=record.pk).update(**place)
    return True


def resume_of(progress: LessonProgress | None, lesson: Lesson) -> Resume | None:
    """Where to carry on; None when the lesson is done, or its text has no such place any more."""
    if progress is None or progress.done_at or progress.block is None:
        return None
    words = opening_words(html_of(lesson, Size(progress.size)), progress.block)
    if not words:
        return None
    address = f"{lesson.get_absolute_url()}?size={progress.size}#p{progress.block}"
    return Resume(words=words, address=address, percent=progress.percent)


def set_bookmark(person: Person, lesson: Lesson, at: datetime) -> None:
    _record(person, lesson)
    LessonProgress.objects.filter(person=person, lesson=lesson, bookmarked_at=None).update(bookmarked_at=at)


def take_bookmark_away(person: Person, lesson: Lesson) -> None:
    LessonProgress.objects.filter(person=person, lesson=lesson).update(bookmarked_at=None)


def notes_of(progress: LessonProgress | None) -> Notes:
    """What was written; nothing when a lost key has closed it, so that the lesson still opens."""
    try:
        return progress.notes if progress else {}
    except CannotOpen:
        return {}


def save_notes(person: Person, lesson: Lesson, notes: Notes, seen_version: int) -> bool:
    """False when another tab wrote something else since `seen_version` was shown. No words: they are deleted."""
    record = _record(person, lesson)
    before = notes_of(record)
    record.notes = notes
    unchanged = LessonProgress.objects.filter(pk=record.pk, notes_version=seen_version)
    if unchanged.update(sealed_notes=record.sealed_notes, notes_version=F("notes_version") + 1):
        return True
    return before == notes


def _record(person: Person, lesson: Lesson) -> LessonProgress:
    return LessonProgress.objects.get_or_create(person=person, lesson=lesson)[0]


@transaction.atomic
def hand_over_reading(waiting: Person, person: Person) -> None:
    """Give one person's records to another. Where both have one, nothing of either is lost."""
    known = {progress.lesson_id: progress for progress in person.lessons.all()}
    for theirs in waiting.lessons.all():
        notes = notes_of(theirs)
        ours = known.get(theirs.lesson_id)
        if ours:
            _join(ours, theirs)
        else:
            # The seal names its owner, so the words are sealed anew.
            theirs.person = person
            theirs.notes = notes
            theirs.save()


def _join(ours: LessonProgress, theirs: LessonProgress) -> None:
    ours.done_at = _first(ours.done_at, theirs.done_at)
    ours.bookmarked_at = _first(ours.bookmarked_at, theirs.bookmarked_at)
    if theirs.stopped_at and (ours.stopped_at is None or theirs.stopped_at > ours.stopped_at):
        ours.block, ours.size, ours.stopped_at = theirs.block, theirs.size, theirs.stopped_at
    ours.percent = max(ours.percent, theirs.percent)
    written = notes_of(theirs)
    if written:
        kept = notes_of(ours)
        ours.notes = {name: _both(kept.get(name), written.get(name)) for name in {*kept, *written}}
        ours.notes_version += 1
    ours.save()


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(filter(None, (one, other)), default=None)


def _both(one: str | None, other: str | None) -> str:
    return "\n\n".join(dict.fromkeys(filter(None, (one, other))))


def count_lessons() -> dict[str, Usage]:
    """How many people have begun and finished each lesson, by its slug: counts alone, for the pages of staff."""
    rows = LessonProgress.objects.order_by().values_list("lesson").annotate(begun=Count("pk"), done=Count("done_at"))
    return {slug: Usage(begun=begun, finished=done) for slug, begun, done in rows}
