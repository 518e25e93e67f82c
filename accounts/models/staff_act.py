"""StaffAct: what somebody on the staff did that touches people. Lines are added, and none is changed or taken away.

It holds numbers, never an address: of who did it, and of which row. What is older than two years goes. Triggers in the
database hold to that, whatever the code does (`accounts/migrations/0024_acts_stay_as_they_are.py`).
"""

from datetime import datetime
from typing import Any

from django.db import models


class CannotBeChanged(TypeError):
    """A line of the log of staff's acts stands as it was written."""


class StaffActQuerySet(models.QuerySet["StaffAct"]):
    def update(self, **fields: Any) -> int:
        raise CannotBeChanged

    def delete(self) -> tuple[int, dict[str, int]]:
        raise CannotBeChanged

    def forget_before(self, moment: datetime) -> None:
        super(StaffActQuerySet, self.filter(at__lt=moment)).delete()


class StaffAct(models.Model):
    at = models.DateTimeField(auto_now_add=True)
    by = models.PositiveBigIntegerField("account of staff")
    what = models.CharField(max_length=120)
    whom = models.CharField("which rows", max_length=200, blank=True)

    objects = StaffActQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = "act of staff"
        verbose_name_plural = "acts of staff"

    def __str__(self) -> str:
        return f"{self.what}, {self.at:%d %B %Y}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise CannotBeChanged
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        raise CannotBeChanged
