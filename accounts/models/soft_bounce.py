from django.db import models


class SoftBounce(models.Model):
    """A mail that a mailbox did not take that day, of whatever kind. Keyed hashes only: of the address, and of which
    mail it was, so that the same report twice is one row."""

    address_hash = models.CharField(max_length=64)
    mail_hash = models.CharField(max_length=64)
    day = models.DateField()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["address_hash", "mail_hash"], name="a_soft_bounce_once_for_each_mail"),
        ]

    def __str__(self) -> str:
        return f"a mail that came back, {self.day:%d %B %Y}"
