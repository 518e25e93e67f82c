from django.conf import settings
from django.db import models

MOST_DEVICES = 10
LONGEST_ENDPOINT = 1000


class PushDevice(models.Model):
    """A browser that shows reminders. Its push service says when it is gone, and then the row goes too."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_devices")
    endpoint = models.CharField(max_length=LONGEST_ENDPOINT, unique=True)
    p256dh = models.CharField("its public key", max_length=200)
    auth = models.CharField("its secret", max_length=100)
    made_at = models.DateTimeField()
    worked_at = models.DateTimeField("last took a reminder", null=True, blank=True)

    class Meta:
        ordering = ["made_at"]

    def __str__(self) -> str:
        return f"device of {self.user_id}"
