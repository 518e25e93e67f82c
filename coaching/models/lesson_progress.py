"""How far a person is in a lesson, and what they keep of it; one record for all three sizes.

A place is the number of a block (`p12` is 12), which is the same in every size that holds it.
The words are sealed, and carry a version, so that of two open tabs the later one cannot wipe
out the other unseen.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from accounts.sealing import seal, unseal
from coaching.models.person import Person
from content.core.vocabulary import Size
from content.models import Lesson
from content.reading.ready_made import ReadyMade


class LessonProgressQuerySet(models.QuerySet["LessonProgress"]):
    def without_words(self) -> "LessonProgressQuerySet":
        return self.defer("sealed_notes")

    def of_lesson(self, person: str, lesson: str) -> "LessonProgress | None":
        return next(iter(OF_LESSON.objects(person=person, lesson=lesson)), None)

    def of_person(self, person: str) -> "list[LessonProgress]":
        """Without the words."""
        return OF_PERSON.objects(person=person)

    def done(self) -> "LessonProgressQuerySet":
        return self.exclude(done_at=None)


class LessonProgress(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="lessons", db_index=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, to_field="slug", related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    block = models.PositiveSmallIntegerField(null=True, blank=True)
    size = models.CharField(max_length=2, blank=True)
    percent = models.PositiveSmallIntegerField("furthest read, of 100", default=0)
    stopped_at = models.DateTimeField(null=True, blank=True)
    bookmarked_at = models.DateTimeField(null=True, blank=True)
    sealed_notes = models.TextField(blank=True)
    notes_version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(auto_now=True)

    objects = LessonProgressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "lesson"], name="one_progress_a_lesson"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="lesson_percent_0_to_100"),
            models.CheckConstraint(
                condition=Q(size__in=["", *(size.value for size in Size)]), name="lesson_size_is_known"
            ),
            models.CheckConstraint(
                condition=Q(block=None) | (Q(stopped_at__isnull=False) & ~Q(size="")), name="a_place_has_size_and_time"
            ),
        ]
        verbose_name_plural = "lesson progress"

    def __str__(self) -> str:
        return f"{self.lesson_id} for person {self.person_id}"

    @property
    def _context(self) -> str:
        return f"coaching.lesson_progress.notes:{self.person_id}:{self.lesson_id}"

    @property
    def notes(self) -> dict[str, Any]:
        """`reflection` and `changed`, each there when something was written."""
        return unseal(self.sealed_notes, self._context) or {}

    @notes.setter
    def notes(self, notes: dict[str, Any]) -> None:
        self.sealed_notes = seal(notes, self._context)


OF_LESSON = ReadyMade(
    lambda person, lesson: LessonProgress.objects.filter(person=person, lesson=lesson), person=str, lesson=str
)
OF_PERSON = ReadyMade(lambda person: LessonProgress.objects.filter(person=person).without_words(), person=str)
