from typing import Self

from django.db import models

from content.core.demands import Demand
from content.core.vocabulary import Action, Condition, Verification
from content.models.fields import RuledCharField
from content.models.proposing import Confirmed
from content.models.row import NamedRow, RowQuerySet

SAID = ("condition", "action", "words", "limits", "sources", "source_note", "verification", "words_es")
ACTION_IS_KNOWN = models.Q(action__in=[action.value for action in Action])


class AnyCaution(Confirmed):
    """When something must be left out, or shown with care, and the words for it."""

    condition = RuledCharField(max_length=20, choices=Condition.choices)
    action = RuledCharField(max_length=8, choices=Action.choices)
    words = models.TextField(help_text="What the person reads. Grade 5 or lower.")
    limits = models.JSONField(default=list, blank=True, help_text="What the practice must then do or not do.")
    sources = models.ManyToManyField("content.Reference", blank=True, related_name="%(class)ss")
    source_note = models.TextField(blank=True)
    verification = RuledCharField(max_length=10, choices=Verification.choices, default=Verification.MEMORY.value)
    words_es = models.TextField("words in Spanish", blank=True)

    class Meta:
        abstract = True


class Caution(AnyCaution):
    """What holds for a technique, whatever guide it is practised with."""

    AUTHORED = ("technique", *SAID)

    technique = models.ForeignKey("content.Technique", models.PROTECT, to_field="slug", related_name="cautions")

    class Meta:
        ordering = ["technique", "condition"]
        constraints = [
            models.UniqueConstraint(name="caution_once_per_technique_and_condition", fields=["technique", "condition"]),
            models.CheckConstraint(name="caution_action_is_known", condition=ACTION_IS_KNOWN),
        ]

    def __str__(self) -> str:
        return f"{self.technique} · {self.get_condition_display()} · {self.get_action_display()}"

    @property
    def key(self) -> str:
        return f"{self.technique_id}/{self.condition}"


class DemandCaution(AnyCaution):
    """What holds for every guide that asks for one thing of the body or the mind."""

    AUTHORED = ("demand", *SAID)

    demand = RuledCharField(max_length=20, choices=Demand.choices)

    class Meta:
        verbose_name = "caution on a demand"
        verbose_name_plural = "cautions on demands"
        ordering = ["demand", "condition"]
        constraints = [
            models.UniqueConstraint(
                name="demand_caution_once_per_demand_and_condition", fields=["demand", "condition"]
            ),
            models.CheckConstraint(name="demand_caution_action_is_known", condition=ACTION_IS_KNOWN),
        ]

    def __str__(self) -> str:
        return f"{self.get_demand_display()} · {self.get_condition_display()} · {self.get_action_display()}"

    @property
    def key(self) -> str:
        return f"{self.demand}/{self.condition}"


class ConditionTextQuerySet(RowQuerySet):
    def asked(self) -> Self:
        return self.filter(asked=True)


class ConditionText(Confirmed, NamedRow):
    """How the intake asks about one condition. Its slug is the condition's id."""

    AUTHORED = ("label", "group", "help", "position", "asked", "label_es")

    label = models.CharField(max_length=120)
    group = models.CharField(max_length=80, blank=True)
    help = models.CharField(max_length=240, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    asked = models.BooleanField("asked at intake", default=True)
    label_es = models.CharField("label in Spanish", max_length=120, blank=True)

    objects = ConditionTextQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.label
