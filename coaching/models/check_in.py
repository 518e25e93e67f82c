"""CheckIn: what somebody gave on one day about the time since the last: some scales, two taps and a line, sealed.

A row is a day of the person's own calendar, and holds what was given on it alone. What is given again on that day
takes the place of what stood; a day that is over is never changed, and none is made up for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import models
from django.db.models.functions import Cast, Concat, Right

from accounts.sealing import MARKED, seal, unseal
from coaching.models.person import Person
from content.reading.ready_made import ReadyMade


def _context_of(person: str) -> str:
    return f"coaching.check_in.answers:{person}"


@dataclass(slots=True)
class PastCheckIn:
    """One check-in as pages read it: bare values, so that hundreds of them cost little, and sealed until it is asked.

    The fields stand in the order in which `past` reads them.
    """

    person_id: str
    day: date
    version: str
    changed_at: datetime
    sealed_answers: str
    _opened: Mapping[str, Any] | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def given(self) -> Mapping[str, Any]:
        """What was given on that day, to read alone: opened once, however often a page looks at it."""
        if self._opened is None:
            self._opened = MappingProxyType(unseal(self.sealed_answers, _context_of(self.person_id)) or {})
        return self._opened

    @property
    def answers(self) -> dict[str, Any]:
        return dict(self.given)

    @property
    def mark(self) -> str:
        """Its day, and what vouches for its seal: whatever is given again is sealed again, and has another one."""
        return f"{self.day}{self.sealed_answers[-MARKED:]}"


class InOneText(models.Aggregate):
    """A text of each row, all in one, in no order that counts: it comes in one step, as hundreds of rows do not."""

    template = "%(function)s(%(expressions)s, ',')"
    function = "STRING_AGG"
    output_field = models.TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **told: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **told)


READ = ("person_id", "day", "version", "changed_at", "sealed_answers")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def past(self) -> list[PastCheckIn]:
        """Oldest first, as pages read them."""
        return [PastCheckIn(*row) for row in self._read()]

    def past_of(self, person: str) -> list[PastCheckIn]:
        """The same of one person, in a query that is put together once."""
        return [PastCheckIn(*row) for row in OF_ONE.rows(person=person)]

    def marks_of(self, person: str) -> list[str]:
        """The mark of each, oldest first, as the database holds them now, without a row of them being read."""
        return sorted(mark for (marks,) in MARKS.rows(person=person) for mark in marks.split(","))

    def _marks(self) -> "models.QuerySet[CheckIn, tuple[Any, ...]]":
        mark = Concat(Cast("day", models.TextField()), Right("sealed_answers", MARKED))
        return self.order_by().values("person").annotate(marks=InOneText(mark)).values_list("marks")

    def _read(self) -> "models.QuerySet[CheckIn, tuple[Any, ...]]":
        return self.order_by("day", "id").values_list(*READ)


class CheckIn(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="check_ins", db_index=False)
    day = models.DateField()
    version = models.CharField("version of the questions", max_length=20)
    sealed_answers = models.TextField(blank=True)
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["day", "id"]
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="one_check_in_a_day")]

    def __str__(self) -> str:
        return f"check-in {self.pk}"

    @property
    def _context(self) -> str:
        return _context_of(self.person_id)

    @property
    def answers(self) -> dict[str, Any]:
        return unseal(self.sealed_answers, self._context) or {}

    @answers.setter
    def answers(self, answers: dict[str, Any]) -> None:
        self.sealed_answers = seal(answers, self._context)


OF_ONE = ReadyMade(lambda person: CheckIn.objects.filter(person=person)._read(), person=str)
MARKS = ReadyMade(lambda person: CheckIn.objects.filter(person=person)._marks(), person=str)
