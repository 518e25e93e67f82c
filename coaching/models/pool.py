"""What people who agreed to pool teach the next: no person, no row of theirs, no cell of fewer than 20 people."""

from django.db import models
from django.db.models import Q

from coaching.core.learning.norms import LEAST_PEOPLE


class PoolNorms(models.Model):
    """The latest norms of all who agreed; one row, made anew by each refresh."""

    only = models.BooleanField(default=True, unique=True, editable=False)
    values = models.JSONField()
    people = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "pool norms"
        constraints = [
            models.CheckConstraint(condition=Q(only=True), name="pool_norms_stand_once"),
            models.CheckConstraint(condition=Q(people__gte=LEAST_PEOPLE), name="pool_norms_of_20_or_more"),
        ]

    def __str__(self) -> str:
        return f"norms of {self.people} people"


class PoolCell(models.Model):
    """One (technique, need); an empty name stands for all of them."""

    technique = models.CharField(max_length=60, blank=True)
    need = models.CharField(max_length=20, blank=True)
    people = models.PositiveIntegerField()
    mean = models.FloatField(help_text="Mean drop of one go, on 0 to 10.")
    spread = models.FloatField(help_text="Standard deviation between people.")
    shift = models.FloatField(help_text="How far this cell alone moves what the evidence expects.")
    kept = models.FloatField(null=True, blank=True, help_text="Share of offered goes that were practised.")

    class Meta:
        ordering = ["technique", "need"]
        constraints = [
            models.UniqueConstraint(fields=["technique", "need"], name="one_pool_cell_a_pair"),
            models.CheckConstraint(condition=Q(people__gte=LEAST_PEOPLE), name="pool_cell_of_20_or_more"),
        ]

    def __str__(self) -> str:
        return f"{self.technique or 'all techniques'} for {self.need or 'all needs'}"
