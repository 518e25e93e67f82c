"""CheckIn: what somebody gave on one day about the time since the last: some scales, two taps and a line, sealed.

A row is a day of the person's own calendar, and holds what was given on it alone. What is given again on that day
takes the place of what stood; a day that is over is never changed, and none is made up for.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import models

from accounts.sealing import seal, unseal
from coaching.models.person import Person


class CheckIn(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="check_ins", db_index=False)
    day = models.DateField()
    version = models.CharField("version of the questions", max_length=20)
    sealed_answers = models.TextField(blank=True)
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["day", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_check_in_a_day")]

    def __str__(self) -> str:
        return f"check-in {self.pk}"

    @property
    def _context(self) -> str:
        return f"coaching.check_in.answers:{self.person_id}"

    @property
    def answers(self) -> dict[str, Any]:
        return unseal(self.sealed_answers, self._context) or {}

    @answers.setter
    def answers(self, answers: dict[str, Any]) -> None:
        self.sealed_answers = seal(answers, self._context)

    @property
    def given(self) -> Mapping[str, Any]:
        """The same to read alone: opened once, however often a page looks at it."""
        kept: tuple[str, Mapping[str, Any]] | None = vars(self).get("_opened")
        if kept is None or kept[0] != self.sealed_answers:
            kept = vars(self)["_opened"] = self.sealed_answers, MappingProxyType(self.answers)
        return kept[1]
