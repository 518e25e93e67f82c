from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property

from content.core.steps import Step, read_steps
from content.core.vocabulary import Skin
from content.core.ways import Question, questions_of
from content.models.fields import RuledCharField
from content.models.publishable import Publishable, permissions_to_publish


class Guide(Publishable):
    """A guided practice: timed steps that a player can run, a page can print and a voice can read."""

    AUTHORED = (
        "title",
        "technique",
        "skin",
        "summary",
        "ready",
        "stop",
        "demands",
        "pattern",
        "minutes",
        "own_length",
        "steps",
        "position",
        *Publishable.REVIEW_FIELDS,
    )

    title = models.CharField(max_length=120)
    technique = models.ForeignKey("content.Technique", models.PROTECT, to_field="slug", related_name="guides")
    skin = RuledCharField("player", max_length=8, choices=Skin.choices)
    summary = models.TextField()
    ready = models.TextField("before you begin")
    stop = models.TextField("when to stop")
    demands = models.JSONField("what it asks of the body", default=list, blank=True)
    pattern = models.JSONField(default=dict, blank=True, help_text="Seconds in, hold, out and rest of one breath.")
    minutes = models.PositiveSmallIntegerField(default=5)
    own_length = models.JSONField("what is said for a length of one's own", default=dict, blank=True)
    steps = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta(Publishable.Meta):
        permissions = permissions_to_publish("guide")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.title

    @cached_property
    def timed_steps(self) -> tuple[Step, ...]:
        return read_steps(self.steps)

    @cached_property
    def asks(self) -> tuple[Question, ...]:
        """In which ways it may be done."""
        return questions_of(self.timed_steps)

    def get_absolute_url(self) -> str:
        return reverse("coaching:practice", args=[self.slug])
