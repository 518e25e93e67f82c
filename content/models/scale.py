from django.db import models
from django.db.models import Q

from content.core.vocabulary import Verification
from content.models.fields import RuledCharField
from content.models.proposing import Confirmed
from content.models.row import NamedRow


class Scale(Confirmed, NamedRow):
    """What counts as a change on one scale of the check-in, how far a reading swings, and what happens anyway.

    Which questions a scale has is written in the code, as its wording is licensed; what is said of it rests here.
    """

    AUTHORED = (
        "name",
        "name_es",
        "important",
        "swing_tenths",
        "every",
        "steady_every",
        "anyway",
        "anyway_es",
        "sources",
        "source_note",
        "verification",
        "position",
    )

    name = models.CharField(max_length=120)
    name_es = models.CharField("name in Spanish", max_length=120, blank=True)
    important = models.PositiveSmallIntegerField(
        "change that matters",
        null=True,
        blank=True,
        help_text="In points of the sum of all answers. Empty where none is established.",
    )
    swing_tenths = models.PositiveSmallIntegerField(
        "swing of one reading", help_text="Standard deviation, in tenths of a point of the sum. 36 is 3.6 points."
    )
    every = models.PositiveSmallIntegerField("asked again after", help_text="Days, at the earliest.")
    steady_every = models.PositiveSmallIntegerField("offered after, once steady", help_text="Days.")
    anyway = models.TextField(
        "what happens anyway", blank=True, help_text="What people saw without a programme, with its source. Or empty."
    )
    anyway_es = models.TextField("what happens anyway, in Spanish", blank=True)
    sources = models.ManyToManyField("content.Reference", blank=True, related_name="scales")
    source_note = models.TextField(blank=True)
    verification = RuledCharField(max_length=10, choices=Verification.choices, default=Verification.MEMORY.value)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(name="scale_swings", condition=Q(swing_tenths__gte=1)),
            models.CheckConstraint(name="scale_is_not_asked_each_day", condition=Q(every__gte=7)),
        ]

    def __str__(self) -> str:
        return self.name
