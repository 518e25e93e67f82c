"""Plan: the suggestions as given on a day, as the person changed them."""

from django.db import models
from django.db.models import Q

from coaching.models.intake import Intake
from coaching.models.person import Person
from coaching.models.sealed_parts import Part, SealedParts, SealedPartsQuerySet, a_seal
from content.models import Technique
from content.reading.ready_made import ReadyMade


class PlanQuerySet(SealedPartsQuerySet):
    def current(self) -> "PlanQuerySet":
        return self.filter(ended_at=None)

    def current_of(self, person: str) -> "Plan | None":
        """The one that stands, with all that is in it: one query, put together once."""
        plan, items = CURRENT.one_with_many("item", person=person)
        for item in items:
            item.plan = plan
        if plan is not None:
            plan.know_items(items)
        return plan

    def _with_items(self) -> "PlanQuerySet":
        joined = self.annotate(item=models.FilteredRelation("items")).select_related("item")
        return joined.order_by("pk", "item__position", "item__id")


class Plan(SealedParts):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="plans")
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="plans")
    minutes_a_day = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.DateTimeField("last looked over", null=True, blank=True)
    sealed_steps = a_seal()
    sure = Part(models.JSONField("how sure of each step", default=dict, blank=True), of="sealed_steps")
    """Technique -> how sure the person is of its step, 0 to 10, and the time when they said so."""

    held = Part(models.JSONField("steps as the person decided", default=dict, blank=True), of="sealed_steps")
    """Technique -> the place on its ladder, from 1, why, and since when; and the place before a flare."""

    # Where they stood readable. These go with the release after this.
    plain_sure = models.JSONField(default=dict, blank=True, editable=False, db_column="sure")
    plain_held = models.JSONField(default=dict, blank=True, editable=False, db_column="held")

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="one_current_plan_a_person")
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"

    def seal_context(self, column: str) -> str:
        """Whoever logs in takes their plan along, so it names the answers that it was made from."""
        return f"coaching.plan.{column}:{self.intake_id}"

    def know_items(self, items: "list[PlanItem]") -> None:
        """They are what `items.all()` gives from now on, as after `prefetch_related`."""
        rows = self.items.all()
        rows._result_cache, rows._prefetch_done = items, True  # type: ignore[attr-defined]
        self._prefetched_objects_cache = {"items": rows}


CURRENT = ReadyMade(lambda person: Plan.objects.filter(person=person).current()._with_items(), person=str)


class PlanItemQuerySet(models.QuerySet["PlanItem"]):
    def in_current_plan(self, person: str, technique: str) -> bool:
        """Whether it is in the plan that the person has now, and not refused."""
        return bool(IN_CURRENT_PLAN.objects(person=person, technique=technique))


class PlanItem(models.Model):
    """One technique of a plan, or one the person refused."""

    class State(models.TextChoices):
        SUGGESTED = "suggested", "Suggested"
        PINNED = "pinned", "Chosen by the person"
        REFUSED = "refused", "Refused by the person"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items", db_index=False)
    technique = models.ForeignKey(Technique, on_delete=models.PROTECT, to_field="slug", related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SUGGESTED)
    position = models.PositiveSmallIntegerField(default=0)
    probability = models.FloatField("chance with which it was chosen", default=1.0)
    """1 where nothing was left to chance, as today; kept so that what was learned can be judged fairly later."""

    objects = PlanItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "technique"], name="a_technique_once_a_plan"),
            models.CheckConstraint(
                condition=Q(state__in=["suggested", "pinned", "refused"]), name="plan_item_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1), name="plan_item_probability_above_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.technique_id} in plan {self.plan_id}"


IN_CURRENT_PLAN = ReadyMade(
    lambda person, technique: PlanItem.objects.filter(
        plan__person=person, plan__ended_at=None, technique=technique
    ).exclude(state=PlanItem.State.REFUSED),
    person=str,
    technique=str,
)


class PlanChange(models.Model):
    """What came into a plan, or left it, and why. Nothing changes without one."""

    class Why(models.TextChoices):
        SAFETY = "safety", "For safety"
        ANSWERS = "answers", "New answers"
        ASKED = "asked", "The person asked"
        REVIEW = "review", "The weekly look, as the person chose"

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    why = models.CharField(max_length=10, choices=Why.choices)
    taken = models.ForeignKey(Technique, models.PROTECT, to_field="slug", null=True, blank=True, related_name="+")
    given = models.ForeignKey(Technique, models.PROTECT, to_field="slug", null=True, blank=True, related_name="+")
    probability = models.FloatField("chance with which it was chosen", default=1.0)
    """1 where nothing was left to chance, as today; it cannot be added later."""

    class Meta:
        ordering = ["-at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken__isnull=False) | Q(given__isnull=False), name="a_plan_change_changes_something"
            ),
            models.CheckConstraint(
                condition=Q(why__in=["safety", "answers", "asked", "review"]), name="plan_change_reason_is_known"
            ),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1), name="plan_change_probability_above_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.why}: {self.taken_id or 'nothing'} for {self.given_id or 'nothing'}"
