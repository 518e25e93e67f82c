"""How far a person is in a lesson; one record for all three sizes."""

from django.db import models

from coaching.models.person import Person
from content.models import Lesson


class LessonProgress(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="lessons")
    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, to_field="slug", related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "lesson"], name="one_progress_a_lesson")]
        verbose_name_plural = "lesson progress"

    def __str__(self) -> str:
        return f"{self.lesson_id} for person {self.person_id}"
