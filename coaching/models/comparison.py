"""Comparison: "which of these two helps me?", asked by a person, with each day drawn by chance before the first.

The days are rows, drawn at the start and never drawn again; each holds the chance with which it got its technique. What
is measured, for how long and how it is read is written down when it begins, so that no look can change it.
"""

from django.db import models
from django.db.models import Q

from coaching.models.person import Person
from coaching.models.sealed_parts import Part, SealedParts, a_number, a_seal
from content.models import Technique

WEEKS = (2, 3, 4)


class ComparisonQuerySet(models.QuerySet["Comparison"]):
    def running(self) -> "ComparisonQuerySet":
        return self.filter(ended_at=None)


class Comparison(models.Model):
    class Outcome(models.TextChoices):
        PAIN = "pain", "Pain today, on average"
        TENSION = "tension", "Tension or worry today"
        SLEEP = "sleep", "Sleep last night"
        ABLE = "able", "How much I could do today"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="comparisons")
    first = models.ForeignKey(Technique, on_delete=models.PROTECT, to_field="slug", related_name="+")
    second = models.ForeignKey(Technique, on_delete=models.PROTECT, to_field="slug", related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    weeks = models.PositiveSmallIntegerField()
    power = models.FloatField("chance to see a difference of one point, as said at the start")
    began_on = models.DateField()
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    was_stopped = models.BooleanField("stopped before its last day", default=False)

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_running_comparison_a_person"
            ),
            models.CheckConstraint(condition=~Q(first=models.F("second")), name="a_comparison_is_of_two"),
            models.CheckConstraint(condition=Q(weeks__in=WEEKS), name="a_comparison_takes_2_to_4_weeks"),
            models.CheckConstraint(
                condition=Q(outcome__in=["pain", "tension", "sleep", "able"]), name="comparison_outcome_is_known"
            ),
            models.CheckConstraint(condition=Q(power__gte=0, power__lte=1), name="comparison_power_0_to_1"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} or {self.second_id}"


class ComparisonDay(SealedParts):
    """One day of it. `rating` is 0 to 10, and may be missing, as a day may."""

    comparison = models.ForeignKey(Comparison, on_delete=models.CASCADE, related_name="days", db_index=False)
    on = models.DateField()
    is_first = models.BooleanField("the first of the two was drawn")
    probability = models.FloatField("chance with which it was drawn")
    sealed_rating = a_seal()
    rating = Part(a_number(), of="sealed_rating")
    # Where it stood readable. It goes with the release after this.
    plain_rating = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, db_column="rating")

    class Meta:
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(fields=["comparison", "on"], name="a_day_is_drawn_once"),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1), name="comparison_probability_above_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} of {self.comparison_id}"

    def seal_context(self, column: str) -> str:
        return f"coaching.comparison_day.{column}:{self.comparison_id}:{self.on}"
