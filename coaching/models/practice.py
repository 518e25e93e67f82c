"""Practice: one go at a technique, with the taps that go with it.

It carries an id that the client made, so that sending it again changes nothing.
Ratings are 0 to 10 (`managed` is 0 to 3), and each may be missing: a gentle stop at any time counts. Which of
them are asked is told by what the technique is judged by (`coaching/questions.py`).
"""

from django.db import models
from django.db.models import Q

from coaching.models.person import Person
from content.models import Technique

RATED = (
    "tension_before",
    "tension_after",
    "belief_before",
    "belief_after",
    "confidence_before",
    "confidence_after",
    "night_before",
    "night_after",
    "pain_before",
    "pain_after",
    "pain_next_day",
)


def _rating() -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(null=True, blank=True)


class Practice(models.Model):
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="practices")
    technique = models.ForeignKey(Technique, on_delete=models.PROTECT, to_field="slug", related_name="+")
    client_id = models.CharField(max_length=40)
    guide = models.SlugField(max_length=60, blank=True)
    started_at = models.DateTimeField()
    seconds = models.PositiveIntegerField(default=0)
    tension_before = _rating()
    tension_after = _rating()
    pain_before = _rating()
    pain_after = _rating()
    belief_before = _rating()
    belief_after = _rating()
    confidence_before = _rating()
    confidence_after = _rating()
    managed = _rating()
    night_before = _rating()
    night_after = _rating()
    pain_next_day = _rating()
    received_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["person", "-started_at"], name="practice_newest")]
        constraints = [
            models.UniqueConstraint(fields=["person", "client_id"], name="a_practice_counts_once"),
            *(
                models.CheckConstraint(condition=Q(**{f"{name}__lte": 10}), name=f"practice_{name}_0_to_10")
                for name in RATED
            ),
            models.CheckConstraint(condition=Q(managed__lte=3), name="practice_managed_0_to_3"),
        ]

    def __str__(self) -> str:
        return f"practice {self.pk}"
