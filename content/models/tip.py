from typing import Self

from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse

from content.models.publishable import Publishable, PublishableQuerySet, permissions_to_publish


class TipQuerySet(PublishableQuerySet):
    def on(self, topic: str) -> Self:
        """SQLite cannot search inside a list, so the list is searched as text; topic ids hold no quotes."""
        return self.annotate(topics_text=Cast("topics", models.TextField())).filter(topics_text__contains=f'"{topic}"')

    def newest_first(self) -> Self:
        return self.order_by("-publish_at", "position", "slug")


class Tip(Publishable):
    """A short sourced piece for the site and for letters, with a practice to try."""

    AUTHORED = ("title", "summary", "topics", "practice", "position", *Publishable.REVIEW_FIELDS, "body")

    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=180)
    topics = models.JSONField(default=list)
    practice = models.ForeignKey(
        "content.Technique", models.PROTECT, to_field="slug", null=True, blank=True, related_name="tips"
    )
    position = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(help_text="120 to 220 words, with at least one source.")
    html = models.TextField(editable=False, blank=True)
    notes = models.JSONField(default=list, editable=False)
    plain = models.TextField("what is said, for the search", editable=False, blank=True)

    objects = TipQuerySet.as_manager()

    class Meta(Publishable.Meta):
        permissions = permissions_to_publish("tip")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("content:tip", args=[self.slug])
