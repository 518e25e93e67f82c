"""What a lesson page shows besides the text: what this reader did there, and what they keep of it."""

from dataclasses import dataclass

from coaching.lessons.forms import NotesForm
from coaching.lessons.progress import Resume, progress_in, resume_of
from coaching.models import LessonProgress, Person, PlanItem
from content.models import Lesson


@dataclass(frozen=True, kw_only=True)
class Reader:
    """`is_known` is false for a stranger, whose page is the same as every other stranger's."""

    is_known: bool
    progress: LessonProgress | None
    resume: Resume | None
    notes: NotesForm
    has_task_in_plan: bool = False

    @property
    def is_done(self) -> bool:
        return bool(self.progress and self.progress.done_at)

    @property
    def has_bookmark(self) -> bool:
        return bool(self.progress and self.progress.bookmarked_at)

    @property
    def has_words(self) -> bool:
        return bool(self.progress and self.progress.sealed_notes)


def stranger(lesson: Lesson) -> Reader:
    return Reader(is_known=False, progress=None, resume=None, notes=NotesForm.kept(None, lesson.reflection))


def reader_of(person: Person | None, lesson: Lesson, notes: NotesForm | None = None) -> Reader:
    """`notes` are words that could not be kept yet; they stay on the page."""
    if person is None:
        return Reader(is_known=True, progress=None, resume=None, notes=notes or NotesForm.kept(None, lesson.reflection))
    progress = progress_in(person, lesson)
    return Reader(
        is_known=True,
        progress=progress,
        resume=resume_of(progress, lesson),
        notes=notes or NotesForm.kept(progress, lesson.reflection),
        has_task_in_plan=_is_in_plan(person, lesson.task.get("technique", "")),
    )


def _is_in_plan(person: Person, technique: str) -> bool:
    wanted = PlanItem.objects.filter(plan__person=person, plan__ended_at=None, technique=technique)
    return bool(technique) and wanted.exclude(state=PlanItem.State.REFUSED).exists()
