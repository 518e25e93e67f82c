from django.conf import settings
from django.db import models


class Leaving(models.Model):
    """An account whose owner asked to have it erased: locked and hidden now, gone at its time unless they come back."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="leaving")
    asked_at = models.DateTimeField()
    gone_at = models.DateTimeField(db_index=True)
    held = models.JSONField("letters as they were", default=dict, blank=True)
    """Number of a subscription -> the day until which it was paused, or None: so that coming back restores it."""

    class Meta:
        ordering = ["gone_at"]

    def __str__(self) -> str:
        return f"Gone on {self.gone_at:%d %B %Y}"
