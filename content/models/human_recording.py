"""Recordings that people made of spoken lines, and that staff brought: each speaks in the place of the machine's.

The bytes are in the database, as those of pictures are (`picture.py`), so that every web machine has them. A recording
belongs to its words: when a text changes, it is spoken no more, and is there again when the words come back.
"""

from collections.abc import Iterable
from hashlib import sha256

from django.db import models

from content.core.voices.names import as_spoken


def digest_of_line(text: str) -> str:
    return sha256(as_spoken(text).encode()).hexdigest()


class HumanRecordingQuerySet(models.QuerySet["HumanRecording"]):
    def by_text(self, language: str, texts: Iterable[str]) -> dict[str, "HumanRecording"]:
        """By the words that each says; none of the bytes, and one query."""
        lines = {digest_of_line(text): text for text in texts}
        rows = self.filter(language=language, line__in=lines).defer("data")
        return {lines[row.line]: row for row in rows}


class HumanRecording(models.Model):
    language = models.CharField(max_length=5)
    text = models.TextField("what is said")
    line = models.CharField("digest of what is said", max_length=64)
    name = models.CharField("digest of the file", max_length=64)
    data = models.BinaryField()
    size = models.PositiveIntegerField("bytes")
    seconds = models.FloatField()
    loudness = models.FloatField("loudness, LUFS")
    updated = models.DateTimeField(auto_now=True)

    objects = HumanRecordingQuerySet.as_manager()

    class Meta:
        verbose_name = "recording by a person"
        verbose_name_plural = "recordings by people"
        ordering = ["language", "text"]
        constraints = [models.UniqueConstraint(name="human_recording_once_a_line", fields=["language", "line"])]
        indexes = [models.Index(name="human_recording_by_name", fields=["name"])]

    def __str__(self) -> str:
        return self.text[:60]
