"""MistakeReport: what a reader found wrong in a lesson. It says nothing of who found it."""

from django.db import models
from django.db.models import Q

from content.models import Lesson


class MistakeReport(models.Model):
    class Kind(models.TextChoices):
        FACT = "fact", "Something is not true, or is out of date"
        SOURCE = "source", "A source is wrong or cannot be opened"
        WORDS = "words", "Something is unclear, unkind or misspelt"
        PAGE = "page", "Something on the page does not work"

    class State(models.TextChoices):
        NEW = "new", "New"
        MENDED = "mended", "Mended"
        NO_MISTAKE = "no_mistake", "No mistake"

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, to_field="slug", related_name="+")
    size = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    words = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["fact", "source", "words", "page"]), name="mistake_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "mended", "no_mistake"]), name="mistake_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id}: {self.get_kind_display()}"
