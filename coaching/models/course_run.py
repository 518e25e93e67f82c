"""The course as one person takes it: the day it began, and the days on which it rested."""

from django.db import models
from django.db.models import F, Q

from coaching.models.person import Person


class CourseRun(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="course_run")
    began_on = models.DateField()

    def __str__(self) -> str:
        return f"course of person {self.person_id}"


class CoursePause(models.Model):
    """The clock stands still from `began_on` up to, not with, `ended_on`; without one, it still does."""

    run = models.ForeignKey(CourseRun, on_delete=models.CASCADE, related_name="pauses")
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["began_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["run"], condition=Q(ended_on=None), name="one_open_pause_a_course"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("began_on")), name="a_pause_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"pause from {self.began_on}"
