from django.db import models


class Alert(models.Model):
    """Something that somebody has to know of: told by one mail, and at the top of the admin for as long as it lasts."""

    key = models.CharField(
        max_length=120, unique=True, help_text="What it is about; the same trouble has the same key."
    )
    words = models.CharField(max_length=500)
    link = models.CharField(max_length=200, blank=True, help_text="A path of this site.")
    began_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)
    over_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return self.words
