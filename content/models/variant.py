from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import override

from content.models.lesson_text import LessonText
from content.models.publishable import Publishable, permissions_to_publish

LANGUAGE = RegexValidator(
    r"\A[a-z]{2}(-[a-z0-9]{2,8})?\Z", "A language is two small letters, and perhaps a region: es-mx."
)


class LessonVariant(LessonText):
    """A lesson in another language, or for people of one place or culture. What it does not hold is the lesson's own.

    `content/reading/variants.py` chooses between a lesson and its variants.
    """

    AUTHORED = (
        "lesson",
        "language",
        "label",
        "title",
        "summary",
        *Publishable.REVIEW_FIELDS,
        *LessonText.PARTS,
        "card_words",
    )
    SAID = ("title", "summary", *LessonText.PARTS, "card_words")
    RENDERED = ("brief_html", "body_html", "deeper_html", "notes")

    slug = models.CharField("file name", max_length=75, unique=True, editable=False)
    lesson = models.ForeignKey("content.Lesson", models.PROTECT, to_field="slug", related_name="variants")
    language = models.CharField(max_length=11, validators=[LANGUAGE], help_text="Such as es, or es-mx for one country.")
    label = models.CharField("for whom", max_length=80, blank=True, help_text="Such as: for readers in Mexico.")
    card_words = models.JSONField(
        "evidence card", default=dict, blank=True, help_text="The words of the lesson's card, figures unchanged."
    )

    class Meta(Publishable.Meta):
        verbose_name = "lesson in another language"
        verbose_name_plural = "lessons in other languages"
        ordering = ["slug"]
        permissions = permissions_to_publish("lessonvariant")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(name="variant_once_a_language", fields=["lesson", "language"]),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"

    def get_absolute_url(self) -> str:
        with override(self.language):
            return reverse("coaching:lesson", args=[self.lesson_id])


def variant_slug(lesson: str, language: str) -> str:
    """As its file is called, without the ending: breathing.es"""
    return f"{lesson}.{language}"
