"""What a lesson page shows besides the text: what this reader did there, and what they keep of it."""

from dataclasses import dataclass

from coaching.lessons.forms import NotesForm
from coaching.lessons.progress import Resume, progress_in, resume_of
from coaching.models import LessonProgress, Person, PlanItem
from content.models import Lesson

PRAISES = ("Yes.", "Yes,", "Yes:", "Sí.", "Sí,", "Exactly", "Right")


@dataclass(frozen=True, kw_only=True)
class Answer:
    """One of those to the check question of a lesson, which is drawn by its place beside the lesson itself."""

    index: int
    feedback: str
    right: bool

    @property
    def drawn_by(self) -> tuple[int]:
        return (self.index,)

    @property
    def praises_itself(self) -> bool:
        """Many writers begin with a "Yes." of their own: it is said once."""
        return self.feedback.startswith(PRAISES)


@dataclass(frozen=True, kw_only=True)
class Reader:
    """`is_known` is false for a stranger, whose page is the same as every other stranger's."""

    may_keep = True
    """Something of this lesson. A preview has no reader, and so offers nothing of it."""

    is_known: bool
    progress: LessonProgress | None
    resume: Resume | None
    notes: NotesForm | None
    """None for whoever has no words of their own here: their form is as empty as everybody's."""

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


STRANGER = Reader(is_known=False, progress=None, resume=None, notes=None)


def reader_of(person: Person | None, lesson: Lesson, notes: NotesForm | None = None) -> Reader:
    """`notes` are words that could not be kept yet; they stay on the page."""
    if person is None:
        return Reader(is_known=True, progress=None, resume=None, notes=notes)
    progress = progress_in(person, lesson)
    return Reader(
        is_known=True,
        progress=progress,
        resume=resume_of(progress, lesson),
        notes=notes or _kept(progress, lesson),
        has_task_in_plan=_is_in_plan(person, lesson.task.get("technique", "")),
    )


def _kept(progress: LessonProgress | None, lesson: Lesson) -> NotesForm | None:
    """Words that were deleted leave a version behind, which the next ones have to name."""
    is_blank = progress is None or not (progress.sealed_notes or progress.notes_version)
    return None if is_blank else NotesForm.kept(progress, lesson.reflection)


def _is_in_plan(person: Person, technique: str) -> bool:
    return bool(technique) and PlanItem.objects.in_current_plan(person.pk, technique)
