"""A list that staff brought: its bytes, how it is read, each of its rows judged, and how far it has been taken in.

brought -> looking -> looked -> taking -> taken; looking -> broken, when the file cannot be read to its end; looked and
broken -> brought again, when the columns are chosen anew. `accounts/importing/` alone changes `state`.

Bytes and rows are kept for as long as that takes, and a day for the report; the counts stay.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q


class ImportState(models.TextChoices):
    BROUGHT = "brought", "Brought: its columns are not chosen yet"
    LOOKING = "looking", "Being looked at"
    LOOKED = "looked", "Looked at: nothing is written yet"
    BROKEN = "broken", "Cannot be read"
    TAKING = "taking", "Being taken in"
    TAKEN = "taken", "Taken in"


class SubscriberImport(models.Model):
    file_name = models.CharField(max_length=200)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.BROUGHT)
    problem = models.CharField(max_length=300, blank=True)

    encoding = models.CharField(max_length=20, blank=True)
    separator = models.CharField(max_length=1, blank=True)
    has_headings = models.BooleanField(default=True)
    choice = models.JSONField(default=dict, blank=True, help_text="Which column holds what, and what holds for all.")
    gets_series = models.BooleanField(default=False, help_text="Whether the welcome series goes to them.")
    series_per_day = models.PositiveIntegerField(default=100, help_text="To so many new people a day.")

    size = models.PositiveBigIntegerField(default=0, help_text="In bytes.")
    bytes_read = models.PositiveBigIntegerField(default=0)
    rows_read = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0, help_text="How many of them were acted on.")
    taken_to = models.BigIntegerField(default=0, help_text="The last row that was acted on.")
    touched_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, help_text="How many rows came in, stayed out, and were refused.")

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="subscriber_import_state_known"),
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportChunk(models.Model):
    """A piece of the file as it came: web processes and workers share nothing but the database."""

    brought = models.ForeignKey(SubscriberImport, on_delete=models.CASCADE, related_name="chunks", db_index=False)
    number = models.PositiveIntegerField()
    data = models.BinaryField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["brought", "number"], name="import_chunk_once")]

    def __str__(self) -> str:
        return f"Piece {self.number}"


class ImportRow(models.Model):
    """One row, judged. `values` are those of a row that comes in."""

    brought = models.ForeignKey(SubscriberImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    email = models.CharField(max_length=254, blank=True)
    verdict = models.CharField(max_length=10)
    reason = models.CharField(max_length=300, blank=True)
    values = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["brought", "email"], name="import_row_by_address"),
            models.Index(fields=["brought", "verdict", "id"], name="import_row_by_verdict"),
            models.Index(fields=["email"], name="import_row_of_anybody"),
        ]

    def __str__(self) -> str:
        return f"Line {self.line}"
