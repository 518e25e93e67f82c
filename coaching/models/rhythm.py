"""Rhythm: how one person keeps their weeks.

Since when, on which day they look back, when it is planned to end, and the small step they set themselves, in their own
words and sealed. Days are those of the person's own time zone.
"""

from typing import Any

from django.db import models
from django.db.models import F, Q

from accounts.sealing import seal, unseal
from coaching.models.person import Person

SUNDAY = 6


class Rhythm(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="rhythm")
    began_on = models.DateField()
    ends_on = models.DateField("planned end")
    review_day = models.PositiveSmallIntegerField("day of looking back", default=SUNDAY)
    """0 is Monday, 6 is Sunday."""

    enough_on = models.DateField("said that it was enough for that day", null=True, blank=True)
    log_stopped_at = models.DateTimeField("asked not to log any more", null=True, blank=True)
    left_at = models.DateTimeField("left, and has not come back", null=True, blank=True)
    sealed_step = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(review_day__lte=SUNDAY), name="rhythm_review_day_is_a_weekday"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("began_on")), name="rhythm_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return f"rhythm of person {self.person_id}"

    @property
    def _context(self) -> str:
        return f"coaching.rhythm.step:{self.person_id}"

    @property
    def step(self) -> dict[str, Any]:
        """The small step: `words`, `when` and `where`, each as it was typed."""
        return unseal(self.sealed_step, self._context) or {}

    @step.setter
    def step(self, step: dict[str, Any]) -> None:
        self.sealed_step = seal({name: words for name, words in step.items() if words}, self._context)
