"""Intake: answers given at one time, step by step, sealed.

A row holds what was given then, and no copy of what was told before: that stands in the row it builds on
(`coaching.intake.known` reads them together). None in its answers stands for an answer taken back.
"""

from datetime import datetime
from typing import Any

from django.db import models

from accounts.sealing import seal, unseal
from coaching.models.person import Person
from coaching.models.sealed_parts import Part, SealedParts, SealedPartsQuerySet, a_seal
from content.core.vocabulary import Level
from content.reading.ready_made import ReadyMade, ReadyUpdate


class IntakeQuerySet(SealedPartsQuerySet):
    def open(self) -> "IntakeQuerySet":
        return self.filter(finished_at=None)

    def finished(self) -> "IntakeQuerySet":
        return self.exclude(finished_at=None)

    def newest(self) -> "Intake | None":
        return self.order_by("-id").first()

    def keep(self, intake: "Intake") -> None:
        """What one page changes of an intake that has been kept before."""
        told = {name: getattr(intake, name) for name in CHANGED_BY_A_PAGE}
        if not KEEP.change(row=intake.pk, **told):
            raise self.model.DoesNotExist

    def newest_first_of(self, person: Person) -> "list[Intake]":
        rows = NEWEST_FIRST.objects(person=person.pk)
        for row in rows:
            row.person = person
        return rows


class Intake(SealedParts):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="intakes", db_index=False)
    builds_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="followers")
    is_check_in = models.BooleanField(default=False)
    version = models.CharField(max_length=20)
    reached = models.SlugField("the last step that was answered", max_length=40, blank=True, db_index=False)
    sealed_answers = models.TextField(blank=True)
    # A safety answer may be replaced only by one that was asked for after it: a stale tab
    # carries an older round, and is shown what the newer answers led to.
    safety_round = models.PositiveIntegerField(default=1)
    sealed_safety_level = a_seal()
    # A level that no key opens is taken for the most urgent.
    safety_level = Part(
        models.CharField(max_length=10, blank=True, choices=[(level.value, level.value) for level in Level]),
        of="sealed_safety_level",
        unopened=Level.NOW.value,
        hides_nothing=True,
    )
    safety_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # Where the level stood readable. It goes with the release after this.
    plain_safety_level = models.CharField(max_length=10, blank=True, editable=False, db_column="safety_level")

    objects = IntakeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["person", "-id"], name="intake_newest")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(finished_at=None), name="one_open_intake_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"intake {self.pk}"

    @property
    def _context(self) -> str:
        return f"coaching.intake.answers:{self.person_id}"

    def seal_context(self, column: str) -> str:
        return f"coaching.intake.{column}:{self.person_id}"

    @property
    def answers(self) -> dict[str, Any]:
        return unseal(self.sealed_answers, self._context) or {}

    @answers.setter
    def answers(self, answers: dict[str, Any]) -> None:
        self.sealed_answers = seal(answers, self._context)


def _keep(row: int, **told: Any) -> Any:
    return Intake.objects.filter(pk=row), told


CHANGED_BY_A_PAGE: dict[str, type] = {
    "reached": str,
    "sealed_answers": str,
    "safety_round": int,
    "sealed_safety_level": str,
    "plain_safety_level": str,
    "safety_at": datetime,
    "changed_at": datetime,
}
KEEP = ReadyUpdate(_keep, row=int, **CHANGED_BY_A_PAGE)
NEWEST_FIRST = ReadyMade(lambda person: Intake.objects.filter(person=person).order_by("-id"), person=str)
