from typing import Self

from django.db import models

from content.core.signals import Asked, Signal
from content.core.vocabulary import Family, Slot
from content.models.fields import RuledCharField
from content.models.row import NamedRow, RowQuerySet


class TechniqueQuerySet(RowQuerySet):
    def startable(self) -> Self:
        return self.filter(startable=True)


class Technique(NamedRow):
    """A skill or measure one can use, or be told about."""

    AUTHORED = (
        "name",
        "short",
        "family",
        "summary",
        "minutes",
        "daily_minutes",
        "position",
        "card",
        "first_step",
        "startable",
        "outcome",
        "asked",
        "fair_trial",
    )

    name = models.CharField(max_length=120)
    short = models.CharField("name inside a sentence", max_length=80)
    family = RuledCharField(max_length=12, choices=Family.choices)
    summary = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField("usual minutes of one go", default=0)
    daily_minutes = models.PositiveSmallIntegerField("least useful minutes a day", default=0)
    position = models.PositiveSmallIntegerField(default=0)
    card = models.ForeignKey(
        "content.EvidenceCard", models.PROTECT, to_field="slug", null=True, blank=True, related_name="techniques"
    )
    first_step = models.TextField(blank=True, help_text="One sentence: how to begin today.")
    startable = models.BooleanField("can be practised here", default=False)

    outcome = RuledCharField("what it is judged by", max_length=12, choices=Signal.choices, default=Signal.NONE.value)
    asked = RuledCharField("when to ask", max_length=12, choices=Asked.choices, default=Asked.NEVER.value)
    fair_trial = models.PositiveSmallIntegerField(
        "goes before it is judged",
        default=0,
        help_text="Nobody is told before that whether it helps them. At least 5; more where it takes weeks.",
    )

    objects = TechniqueQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                name="technique_family_is_known",
                condition=models.Q(family__in=[family.value for family in Family]),
            ),
            models.CheckConstraint(
                name="technique_signal_is_known",
                condition=models.Q(outcome__in=[signal.value for signal in Signal]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def slot(self) -> Slot | None:
        return Family(self.family).slot
