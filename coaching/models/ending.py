"""Ending: leaving well. What helped, what is kept, the plan for a bad time, and three letters before silence."""

from typing import Any

from django.db import models
from django.db.models import Q

from accounts.sealing import seal, unseal
from coaching.models.person import Person
from coaching.models.sealed_parts import Part, SealedParts, a_number, a_seal

MONTHS = (1, 3, 6)


class EndingQuerySet(models.QuerySet["Ending"]):
    def standing(self) -> "EndingQuerySet":
        """Of whoever has left and not come back."""
        return self.filter(returned_at=None)


class Ending(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="endings")
    at = models.DateTimeField()
    kept = models.JSONField("practices that the person keeps", default=list, blank=True)
    needs_it_less = models.BooleanField(null=True, blank=True)
    """Needing this less is the success; None where it was not said."""

    was_planned = models.BooleanField("at the planned end, or after it", default=False, db_default=False)
    wants_letters = models.BooleanField(default=False)
    had_reminders = models.CharField("reminders as they were", max_length=10, blank=True)
    sealed_words = models.TextField(blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)

    objects = EndingQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(returned_at=None), name="one_standing_ending_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"ending of person {self.person_id}"

    @property
    def _context(self) -> str:
        return f"coaching.ending.words:{self.person_id}"

    @property
    def words(self) -> dict[str, Any]:
        """`helped`, `signs`, `first`, `people` and `note`, as they were typed."""
        return unseal(self.sealed_words, self._context) or {}

    @words.setter
    def words(self, words: dict[str, Any]) -> None:
        self.sealed_words = seal({name: said for name, said in words.items() if said}, self._context)


class Booster(SealedParts):
    """One letter after the ending, and the two-minute look that goes with it."""

    ending = models.ForeignKey(Ending, on_delete=models.CASCADE, related_name="boosters", db_index=False)
    month = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Doing what matters, calm and confidence, each 0 to 10.
    sealed_look = a_seal()
    doing = Part(a_number(), of="sealed_look")
    calm = Part(a_number(), of="sealed_look")
    confidence = Part(a_number(), of="sealed_look")
    probability = models.FloatField("chance with which the letter was chosen", default=1.0)
    """1 where nothing was left to chance, as today; it cannot be added later."""

    # Where these stood readable. They go with the release after this.
    plain_doing = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, db_column="doing")
    plain_calm = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, db_column="calm")
    plain_confidence = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, db_column="confidence")

    class Meta:
        ordering = ["due_on"]
        indexes = [models.Index(fields=["due_on"], condition=Q(sent_at=None), name="booster_due")]
        constraints = [
            models.UniqueConstraint(fields=["ending", "month"], name="a_booster_once_a_month"),
            models.CheckConstraint(condition=Q(month__in=[1, 3, 6]), name="booster_month_is_known"),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1), name="booster_probability_above_0_to_1"
            ),
        ]

    def __str__(self) -> str:
        return f"booster after {self.month} months"

    def seal_context(self, column: str) -> str:
        return f"coaching.booster.{column}:{self.ending_id}:{self.month}"
