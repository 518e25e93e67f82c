from django.db import models
from django.urls import reverse

from content.models.publishable import Publishable, permissions_to_publish


class Ladder(Publishable):
    """How to begin with a technique and how to go on: rungs from a two-minute win to what the studies used.

    `content/core/files/ladders.py` says what a rung holds; `coaching/core/practice/rung.py` chooses a person's.
    """

    AUTHORED = ("title", "technique", "rungs", "basis", "sources", *Publishable.REVIEW_FIELDS)

    title = models.CharField(max_length=120)
    technique = models.OneToOneField("content.Technique", models.PROTECT, to_field="slug", related_name="ladder")
    rungs = models.JSONField(default=list, blank=True)
    basis = models.TextField("where the steps come from", help_text="What a source says, and what is our choice.")
    sources = models.ManyToManyField("content.Reference", blank=True, related_name="ladders")

    class Meta(Publishable.Meta):
        permissions = permissions_to_publish("ladder")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("coaching:practice", args=[self.technique_id])
