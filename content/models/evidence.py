from typing import Any, ClassVar

from django.db import models

from content.core.vocabulary import Basis, Grade, Need
from content.models.fields import RuledCharField
from content.models.proposing import Confirmed
from content.models.row import NamedRow

# Beyond the closed list of grades, the database refuses a row.
GRADES = [grade.value for grade in Grade]


class EvidenceCard(NamedRow):
    """What is known of one technique, on one card: how much it helps, how sure that is, and its harms."""

    AUTHORED = (
        "title",
        "size",
        "certainty",
        "for_whom",
        "time",
        "harms",
        "cost",
        "sources",
        "reviewed_on",
        "next_review",
        "reviewed_by",
        "changes",
    )

    title = models.CharField(max_length=120)
    size = models.TextField("what it does", help_text="In plain words, with the figure.")
    certainty = models.CharField(max_length=200)
    for_whom = models.TextField(blank=True)
    time = models.CharField("when to expect something", max_length=200, blank=True)
    harms = models.TextField(blank=True)
    cost = models.CharField(max_length=200, blank=True)
    sources = models.ManyToManyField("content.Reference", blank=True, related_name="cards")
    reviewed_on = models.DateField("last checked", null=True, blank=True)
    next_review = models.DateField("check again by", null=True, blank=True)
    reviewed_by = models.CharField(max_length=200, blank=True, help_text="Empty means: awaiting review.")
    changes = models.JSONField("change log", default=list, blank=True)

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title


class Evidence(Confirmed):
    """What the science says of one technique for one need. Until somebody else looked, that is not enough to say."""

    BEGINS_AS: ClassVar[dict[str, Any]] = {"grade": Grade.D.value}

    AUTHORED = (
        "need",
        "technique",
        "grade",
        "dose",
        "dose_basis",
        "minutes",
        "benefit",
        "benefit_basis",
        "weeks_to_benefit",
        "sources",
        "note",
    )

    technique = models.ForeignKey("content.Technique", models.PROTECT, to_field="slug", related_name="evidence")
    need = RuledCharField(max_length=20, choices=Need.choices)
    grade = RuledCharField(max_length=2, choices=Grade.choices)
    dose = models.CharField(max_length=200, blank=True)
    dose_basis = RuledCharField(max_length=10, choices=Basis.choices, default=Basis.PRAGMATIC.value)
    minutes = models.PositiveSmallIntegerField("least minutes a day", default=0, help_text="0 for reading.")
    benefit = models.CharField(max_length=200, blank=True)
    benefit_basis = RuledCharField(max_length=10, choices=Basis.choices, default=Basis.PRAGMATIC.value)
    weeks_to_benefit = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The late end of the first benefit. 0: at once. Empty: not known."
    )
    sources = models.ManyToManyField("content.Reference", blank=True, related_name="evidence")
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["need", "technique"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(name="evidence_once_per_technique_and_need", fields=["technique", "need"]),
            models.CheckConstraint(name="evidence_grade_is_known", condition=models.Q(grade__in=GRADES)),
        ]

    def __str__(self) -> str:
        return f"{self.technique} · {self.get_need_display()} · {self.grade}"

    @property
    def key(self) -> str:
        return f"{self.technique_id}/{self.need}"
