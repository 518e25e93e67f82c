"""BreathPattern: a breath that a person made and named. The name is their own words, so it is sealed."""

from django.db import models
from django.db.models import Q

from accounts.sealing import seal, unseal
from coaching.core.practice.breath import RANGES, Breath
from coaching.models.person import Person
from content.reading.ready_made import ReadyMade

COLUMNS = {"in": "breathe_in", "hold": "hold", "out": "breathe_out", "rest": "rest"}


class BreathPatternQuerySet(models.QuerySet["BreathPattern"]):
    def of_person(self, person: str) -> "list[BreathPattern]":
        return OF_PERSON.objects(person=person)


class BreathPattern(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="breaths", db_index=False)
    sealed_name = models.TextField(blank=True)
    breathe_in = models.PositiveSmallIntegerField()
    hold = models.PositiveSmallIntegerField(default=0)
    breathe_out = models.PositiveSmallIntegerField()
    rest = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    objects = BreathPatternQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "breathe_in", "hold", "breathe_out", "rest"], name="a_breath_is_kept_once"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{column}__gte": RANGES[name][0], f"{column}__lte": RANGES[name][-1]}),
                    name=f"breath_{name}_in_range",
                )
                for name, column in COLUMNS.items()
            ),
        ]

    def __str__(self) -> str:
        return f"breath {self.pk}"

    @property
    def breath(self) -> Breath:
        return Breath(breathe_in=self.breathe_in, hold=self.hold, breathe_out=self.breathe_out, rest=self.rest)

    @property
    def _context(self) -> str:
        return f"coaching.breath_pattern.name:{self.person_id}"

    @property
    def name(self) -> str:
        return unseal(self.sealed_name, self._context) or ""

    @name.setter
    def name(self, name: str) -> None:
        self.sealed_name = seal(name, self._context)


OF_PERSON = ReadyMade(lambda person: BreathPattern.objects.filter(person=person), person=str)
