from django.conf import settings
from django.db import models


class SubscriberImport(models.Model):
    """A list that staff brought: looked at first, then taken in or left. Its text is kept no longer than that takes."""

    file_name = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="How many rows came in, were skipped, and were refused.")

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.file_name
