from django.db import models


class PeriodicRun(models.Model):
    """When a repeated task is due next. `accounts/work/clock.py` says which tasks there are, and claims the row."""

    name = models.CharField(max_length=200, unique=True, help_text="The task's path.")
    due_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
