from typing import Self

from django.db import models

from content.core.vocabulary import Level, SafetyStep, Verification
from content.models.fields import RuledCharField
from content.models.proposing import Confirmed
from content.models.row import NamedRow, RowQuerySet


class DangerSignQuerySet(RowQuerySet):
    def of_step(self, step: str) -> Self:
        return self.filter(step=step)


class DangerSign(Confirmed, NamedRow):
    """One question of the safety step, and how soon a yes must be seen."""

    AUTHORED = (
        "question",
        "worry",
        "level",
        "step",
        "sources",
        "source_note",
        "verification",
        "position",
        "advice",
        "question_es",
        "advice_es",
    )

    question = models.CharField(max_length=300, help_text="Plain words. Grade 5 or lower.")
    worry = models.CharField(max_length=120, help_text="What it may point to. Staff see this, readers do not.")
    level = RuledCharField(max_length=6, choices=Level.choices)
    step = RuledCharField(max_length=12, choices=SafetyStep.choices)
    sources = models.ManyToManyField("content.Reference", blank=True, related_name="danger_signs")
    source_note = models.TextField(blank=True)
    verification = RuledCharField(max_length=10, choices=Verification.choices, default=Verification.MEMORY.value)
    position = models.PositiveSmallIntegerField(default=0)
    advice = models.CharField(
        max_length=300, blank=True, help_text="What somebody reads who ticked it. Its own words, grade 5 or lower."
    )
    question_es = models.CharField("question in Spanish", max_length=300, blank=True)
    advice_es = models.CharField("advice in Spanish", max_length=300, blank=True)

    objects = DangerSignQuerySet.as_manager()

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                name="danger_sign_level_is_known",
                condition=models.Q(level__in=[level.value for level in Level]),
            )
        ]

    def __str__(self) -> str:
        return self.question


class CrisisLine(NamedRow):
    """Whom to call in one country."""

    AUTHORED = (
        "country",
        "code",
        "emergency",
        "urgent",
        "corroborated",
        "checked_on",
        "position",
        "lines",
        "services",
        "services_checked_on",
        "country_es",
        "emergency_es",
    )

    country = models.CharField(max_length=80)
    code = models.CharField("country code", max_length=4, blank=True, help_text="Two letters; empty for elsewhere.")
    emergency = models.CharField("emergency number", max_length=80, blank=True, help_text="Empty for elsewhere.")
    urgent = models.CharField("urgent care number", max_length=120, blank=True)
    corroborated = models.TextField(blank=True, help_text="How these numbers were checked so far.")
    checked_on = models.DateField(
        "official page opened on", null=True, blank=True, help_text="Empty until someone opened the official page."
    )
    position = models.PositiveSmallIntegerField(default=0)
    lines = models.JSONField(default=list, blank=True)
    services = models.JSONField(
        "care that is not urgent", default=list, blank=True, help_text="Where to ask for a talking therapy or a physio."
    )
    services_checked_on = models.DateField(
        "services checked on", null=True, blank=True, help_text="Empty until someone opened their official pages."
    )
    country_es = models.CharField("country in Spanish", max_length=80, blank=True)
    emergency_es = models.CharField("emergency number in Spanish", max_length=80, blank=True)

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.country
