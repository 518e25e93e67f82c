"""Week: what one person means to do on which day, and every change in it with its reason.

A week keeps what was planned: a step that is put aside stays as a row that says why.
"""

from django.db import models
from django.db.models import F, Q

from accounts.sealing import seal, unseal
from coaching.models.person import Person
from content.models import Technique


class Week(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="weeks", db_index=False)
    begins_on = models.DateField()
    ends_on = models.DateField("day of looking back")
    made_at = models.DateTimeField()
    committed_at = models.DateTimeField(null=True, blank=True)
    eased_at = models.DateTimeField("said that it was too much", null=True, blank=True)

    class Meta:
        ordering = ["-begins_on"]
        constraints = [
            models.UniqueConstraint(fields=["person", "begins_on"], name="a_week_begins_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("begins_on")), name="a_week_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"week from {self.begins_on}"


class WeekStep(models.Model):
    """One go that is meant for one day, at its rung, its time and its place."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        PAUSED = "paused", "Paused by the person"
        TAKEN_OUT = "taken_out", "Taken out, with a reason"

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="steps")
    technique = models.ForeignKey(Technique, on_delete=models.PROTECT, to_field="slug", related_name="+")
    day = models.DateField()
    at = models.TimeField("time of day", null=True, blank=True)
    sealed_place = models.TextField(blank=True)
    minutes = models.PositiveSmallIntegerField()
    rung = models.PositiveSmallIntegerField("place on its ladder", default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    why = models.CharField("why it is as it is now", max_length=10, blank=True)
    """One of `WeekChange.Why`, empty while it is as it was laid."""

    done_at = models.DateTimeField("ticked by the person", null=True, blank=True)
    probability = models.FloatField("chance with which it was chosen", default=1.0)
    """1 where nothing was left to chance, as today; it cannot be added later."""

    class Meta:
        ordering = ["day", F("at").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "paused", "taken_out"]), name="week_step_state_is_known"
            ),
            models.CheckConstraint(condition=Q(minutes__range=(1, 60)), name="week_step_takes_1_to_60_minutes"),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1), name="week_step_probability_above_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.technique_id} on {self.day}"

    @property
    def _context(self) -> str:
        return f"coaching.week_step.place:{self.week.person_id}"

    @property
    def place(self) -> str:
        return unseal(self.sealed_place, self._context) or ""

    @place.setter
    def place(self, place: str) -> None:
        self.sealed_place = seal(place, self._context)


class WeekChange(models.Model):
    """What changed in a week and why. Nothing changes without one."""

    class What(models.TextChoices):
        MOVED = "moved", "Moved to another day"
        SWAPPED = "swapped", "Something else in its place"
        LIGHTER = "lighter", "Made lighter"
        PAUSED = "paused", "Paused"
        RESUMED = "resumed", "Taken up again"
        TAKEN_OUT = "taken_out", "Taken out"
        UP = "up", "One step up"
        DOWN = "down", "One step down"

    class Why(models.TextChoices):
        ASKED = "asked", "The person asked"
        TOO_MUCH = "too_much", "The week was too much"
        REVIEW = "review", "Decided at the review"
        FLARE = "flare", "A flare"
        FLARE_OVER = "flare_over", "The flare is over"
        SAFETY = "safety", "For safety"
        LIBRARY = "library", "No longer in the library"
        PLAN = "plan", "No longer in the plan"

    week = models.ForeignKey(Week, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    what = models.CharField(max_length=10, choices=What.choices)
    why = models.CharField(max_length=10, choices=Why.choices)
    technique = models.ForeignKey(
        Technique, on_delete=models.PROTECT, to_field="slug", null=True, blank=True, related_name="+"
    )
    instead = models.ForeignKey(
        Technique, on_delete=models.PROTECT, to_field="slug", null=True, blank=True, related_name="+"
    )
    day = models.DateField("the day it was meant for", null=True, blank=True)
    to_day = models.DateField("the day it is meant for now", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("minutes of one go now", null=True, blank=True)
    words = models.TextField("the reason in the words of a rule", blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    what__in=["moved", "swapped", "lighter", "paused", "resumed", "taken_out", "up", "down"],
                    why__in=["asked", "too_much", "review", "flare", "flare_over", "safety", "library", "plan"],
                ),
                name="week_change_is_known",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what}, {self.why}"
