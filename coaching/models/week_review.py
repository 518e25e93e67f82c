"""WeekReview: how a week went, as the person told it, what was proposed for the next one, and what they decided."""

from django.db import models
from django.db.models import Q

from coaching.models.sealed_parts import Part, SealedParts, a_number, a_seal
from coaching.models.week import Week
from content.models import Technique


class WeekReview(SealedParts):
    class Move(models.TextChoices):
        UP = "up", "One step up"
        DOWN = "down", "One step down"
        SWAP = "swap", "Something else"
        KEEP = "keep", "As it is"

    week = models.OneToOneField(Week, on_delete=models.CASCADE, related_name="review")
    at = models.DateTimeField()
    done = models.PositiveSmallIntegerField()
    planned = models.PositiveSmallIntegerField()
    sealed_told = a_seal()
    in_the_way = Part(models.JSONField("what got in the way", default=list, blank=True), of="sealed_told")
    confidence = Part(a_number(), of="sealed_told")
    """How sure of the next week, 0 to 10."""

    move = models.CharField("what was proposed", max_length=10, choices=Move.choices)
    technique = models.ForeignKey(
        Technique, on_delete=models.PROTECT, to_field="slug", null=True, blank=True, related_name="+"
    )
    instead = models.ForeignKey(
        Technique, on_delete=models.PROTECT, to_field="slug", null=True, blank=True, related_name="+"
    )
    rule = models.SlugField("the rule that spoke", max_length=60, blank=True, db_index=False)
    words = models.TextField("the reason as it was given", blank=True)
    decided = models.CharField(max_length=10, choices=Move.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    probability = models.FloatField("chance with which it was proposed", default=1.0)
    """1 where nothing was left to chance, as today; it cannot be added later."""

    # Where these stood readable. They go with the release after this.
    plain_in_the_way = models.JSONField(default=list, blank=True, editable=False, db_column="in_the_way")
    plain_confidence = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, db_column="confidence")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(move__in=["up", "down", "swap", "keep"], decided__in=["", "up", "down", "swap", "keep"]),
                name="week_review_moves_are_known",
            ),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1), name="week_review_probability_above_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"review of week {self.week_id}"

    def seal_context(self, column: str) -> str:
        return f"coaching.week_review.{column}:{self.week_id}"
