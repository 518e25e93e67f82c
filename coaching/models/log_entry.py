"""LogEntry: one tap of the log that a person may keep: what they managed, a mood, what turned it up, a flare,
a treatment.

It carries an id that the client made, so that sending it again changes nothing. Nothing of it is asked.
"""

from typing import Any

from django.db import models
from django.db.models import Q

from accounts.sealing import seal, unseal
from coaching.models.person import Person
from coaching.models.sealed_parts import Part, SealedParts, a_number, a_seal


class LogEntry(SealedParts):
    class Kind(models.TextChoices):
        MANAGED = "managed", "What I managed"
        MOOD = "mood", "Mood"
        ACTIVITY = "activity", "Activity"
        TRIGGER = "trigger", "What turned it up"
        FLARE_BEGAN = "flare_on", "A flare began"
        FLARE_ENDED = "flare_off", "A flare ended"
        TREATMENT = "treatment", "Treatment or medicine"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="log", db_index=False)
    client_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField("day in the person's own time zone")
    at = models.DateTimeField()
    sealed_value = a_seal()
    value = Part(a_number(4), of="sealed_value")
    """Mood and activity: 0 is the hardest or the least, 4 the best or the most."""

    sealed_words = models.TextField(blank=True)
    # Where the value stood readable. It goes with the release after this.
    plain_value = models.PositiveSmallIntegerField(null=True, blank=True, editable=False, db_column="value")

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "log entries"
        indexes = [models.Index(fields=["person", "-on"], name="log_newest")]
        constraints = [
            models.UniqueConstraint(fields=["person", "client_id"], name="a_log_entry_is_kept_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["managed", "mood", "activity", "trigger", "flare_on", "flare_off", "treatment"]),
                name="log_entry_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"

    def seal_context(self, column: str) -> str:
        return f"coaching.log_entry.{column}:{self.client_id}"

    @property
    def _context(self) -> str:
        return f"coaching.log_entry.words:{self.person_id}:{self.client_id}"

    @property
    def words(self) -> dict[str, Any]:
        """`what`, as typed; of a treatment its `category` and `amount`; of a trigger the intake's word for it."""
        return unseal(self.sealed_words, self._context) or {}

    @words.setter
    def words(self, words: dict[str, Any]) -> None:
        self.sealed_words = seal({name: said for name, said in words.items() if said}, self._context)
