"""What a row said after each change, and who made it. Versions are added and never changed.

The table is our own: a row already gives all it says as plain values, its relations by
name (`working_values`), which is also what files, merges and forms speak. So one table
serves every kind of row; comparing is comparing two values, restoring is writing one.
A package would keep a table a model and follow every `save()`, the loader's too.
"""

from typing import Any, Self

from django.conf import settings
from django.db import models

from content.core.vocabulary import Change, Status
from content.models.fields import RuledCharField


class VersionQuerySet(models.QuerySet[Any]):
    def of(self, noun: str, key: str) -> Self:
        return self.filter(noun=noun, key=key)


class Version(models.Model):
    noun = models.CharField("kind", max_length=20)
    key = models.CharField("name", max_length=130)
    number = models.PositiveIntegerField()
    change = RuledCharField("what happened", max_length=12, choices=Change.choices)
    values = models.JSONField("what it says")
    stage = RuledCharField(max_length=12, choices=Status.choices, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["noun", "key", "number"]
        permissions = [("load_pack", "Can bring in a whole library as one zip")]
        constraints = [
            models.UniqueConstraint(name="version_numbered_once_a_row", fields=["noun", "key", "number"]),
            models.CheckConstraint(
                name="version_change_is_known", condition=models.Q(change__in=[change.value for change in Change])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.key}, version {self.number}"
