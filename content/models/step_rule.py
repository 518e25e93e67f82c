from django.db import models
from django.urls import reverse

from content.models.publishable import Publishable, permissions_to_publish


class StepRule(Publishable):
    """When a weekly review proposes to go up, down, or to swap. `content/core/files/step_rules.py` says what it holds.

    The words are what the person reads as the reason.
    """

    AUTHORED = ("title", "order", "move", "when", "words", "basis", "sources", *Publishable.REVIEW_FIELDS)

    title = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(help_text="Rules are asked in this order; the first that fits speaks.")
    move = models.CharField(max_length=10)
    when = models.JSONField("when it speaks", default=list, blank=True)
    words = models.TextField("the reason", help_text="Said to the person, after the name of the practice.")
    basis = models.TextField("where the rule comes from", help_text="What a source says, and what is our choice.")
    sources = models.ManyToManyField("content.Reference", blank=True, related_name="step_rules")

    class Meta(Publishable.Meta):
        permissions = permissions_to_publish("steprule")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("coaching:step_rules")
