"""Plan: the suggestions as given on a day, as the person changed them."""

from django.db import models
from django.db.models import Q

from coaching.models.intake import Intake
from coaching.models.person import Person
from content.models import Technique


class PlanQuerySet(models.QuerySet["Plan"]):
    def current(self) -> "PlanQuerySet":
        return self.filter(ended_at=None)


class Plan(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="plans")
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="plans")
    minutes_a_day = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_current_plan_a_person")
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class PlanItem(models.Model):
    """One technique of a plan, or one the person refused."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", "Suggested"
        PINNED = "pinned", "Chosen by the person"
        REFUSED = "refused", "Refused by the person"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    technique = models.ForeignKey(Technique, on_delete=models.PROTECT, to_field="slug", related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUGGESTED)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "technique"], name="a_technique_once_a_plan"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "pinned", "refused"]), name="plan_item_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.technique_id} in plan {self.plan_id}"
