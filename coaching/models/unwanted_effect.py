"""UnwantedEffect: something unwanted that a person noticed, with a practice or beside it.

It carries an id that the page made, so that two presses of a button are one report. Staff see how many there were of a
kind, never whose (`coaching/service`).
"""

from django.db import models
from django.db.models import Q

from coaching.core.person.unwanted import Bad, Kind
from coaching.models.person import Person
from content.models import Technique
from content.models.fields import RuledCharField


class UnwantedEffect(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="unwanted_effects", db_index=False)
    technique = models.ForeignKey(
        Technique, on_delete=models.PROTECT, to_field="slug", null=True, blank=True, related_name="+"
    )
    client_id = models.CharField(max_length=40)
    kind = RuledCharField(max_length=20, choices=Kind.choices)
    bad = RuledCharField("how bad", max_length=10, choices=Bad.choices, blank=True)
    still_there = models.BooleanField(null=True, blank=True)
    version = models.CharField("version of the rules", max_length=20)
    noticed_at = models.DateTimeField()

    class Meta:
        ordering = ["-noticed_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "client_id"], name="an_unwanted_effect_counts_once"),
            models.CheckConstraint(
                condition=Q(bad__in=["", *(bad.value for bad in Bad)]), name="unwanted_effect_is_as_bad_as_known"
            ),
        ]

    def __str__(self) -> str:
        return f"unwanted effect {self.pk}"
