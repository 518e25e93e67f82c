from typing import ClassVar, Self

from django.db import models
from django.urls import reverse

from content.models.lesson_text import LessonText
from content.models.publishable import Publishable, PublishableQuerySet, permissions_to_publish


class LessonQuerySet(PublishableQuerySet):
    def course(self) -> Self:
        return self.filter(course__isnull=False).order_by("course")

    def for_page(self) -> Self:
        return self.select_related("technique", "card")

    def without_text(self) -> Self:
        """For lists: everything but the long columns."""
        long = ["brief", "body", "deeper", "brief_html", "body_html", "deeper_html", "plain", "loaded", "proposal"]
        return self.defer(*long)


class Lesson(LessonText):
    """A page that teaches, in three sizes."""

    AUTHORED = (
        "title",
        "summary",
        "course",
        "technique",
        "card",
        "needs",
        "related",
        "position",
        *Publishable.REVIEW_FIELDS,
        *LessonText.PARTS,
    )

    language = "en"
    card_words: ClassVar[dict[str, str]] = {}
    """Another one on a copy that `content/reading/variants.py` made to be shown."""

    course = models.PositiveSmallIntegerField(
        "place in the course", null=True, blank=True, help_text="1 to 6. Empty for a lesson outside the course."
    )
    technique = models.ForeignKey(
        "content.Technique", models.PROTECT, to_field="slug", null=True, blank=True, related_name="lessons"
    )
    card = models.ForeignKey(
        "content.EvidenceCard", models.PROTECT, to_field="slug", null=True, blank=True, related_name="lessons"
    )
    needs = models.JSONField(default=list, blank=True)
    related = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    plain = models.TextField("what is said, for the search", editable=False, blank=True)

    objects = LessonQuerySet.as_manager()

    class Meta(Publishable.Meta):
        permissions = permissions_to_publish("lesson")
        ordering = [models.F("course").asc(nulls_last=True), "position", "slug"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                name="lesson_course_is_one_to_six",
                condition=models.Q(course__isnull=True) | models.Q(course__range=(1, 6)),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("coaching:lesson", args=[self.slug])
