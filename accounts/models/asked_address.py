from django.db import models


class AskedAddress(models.Model):
    """How often a mailbox was written to because somebody typed its address, and nobody answered. A keyed hash only."""

    address_hash = models.CharField(max_length=64, unique=True)
    mails = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-last_at"]
        verbose_name_plural = "asked addresses"

    def __str__(self) -> str:
        return f"{self.mails} mails"
