"""ServiceFigures: how the service does, counted once a day. What could name somebody is left out before it is kept."""

from django.db import models


class ServiceFigures(models.Model):
    made_at = models.DateTimeField()
    tables = models.JSONField(default=list)

    class Meta:
        ordering = ["-made_at"]
        verbose_name_plural = "service figures"

    def __str__(self) -> str:
        return f"figures of {self.made_at:%Y-%m-%d}"
