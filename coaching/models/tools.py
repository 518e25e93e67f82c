"""ToolEntry: what a person wrote in one of the tools, sealed.

It carries an id that the client made, so that sending it again changes nothing, and a version,
so that of two open tabs the later one cannot wipe out the other unseen.
"""

from typing import Any

from django.db import models

from accounts.sealing import seal, unseal
from coaching.models.person import Person


class ToolEntryQuerySet(models.QuerySet["ToolEntry"]):
    def of_tool(self, tool: str) -> "ToolEntryQuerySet":
        return self.filter(tool=tool)

    def newest_first(self) -> "ToolEntryQuerySet":
        return self.order_by("-made_at", "-id")

    def counts(self) -> dict[str, int]:
        """How many entries there are of each tool."""
        return dict(self.order_by().values_list("tool").annotate(models.Count("pk")))


class ToolEntry(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tool_entries", db_index=False)
    tool = models.SlugField(max_length=30, db_index=False)
    client_id = models.CharField(max_length=40)
    sealed_answers = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ToolEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "tool", "-made_at"], name="tool_entry_newest")]
        constraints = [models.UniqueConstraint(fields=["person", "client_id"], name="a_tool_entry_is_kept_once")]
        verbose_name_plural = "tool entries"

    def __str__(self) -> str:
        return f"{self.tool} entry {self.pk}"

    @property
    def _context(self) -> str:
        return f"coaching.tool_entry.answers:{self.person_id}:{self.client_id}"

    @property
    def answers(self) -> dict[str, Any]:
        return unseal(self.sealed_answers, self._context) or {}

    @answers.setter
    def answers(self, answers: dict[str, Any]) -> None:
        self.sealed_answers = seal(answers, self._context)
