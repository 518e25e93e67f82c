"""A series: letters that come to each person in their own time.

Each `SeriesLetter` is a place in a series and points to its words, an `Edition` of the kind
`series`. Where a person stands in a series is nowhere written down beside the ledger: they
stand after the last letter they have a `Delivery` for, and as (edition, subscriber) is unique
there, looking twice, or by two workers at once, sends nothing twice.

`when` says what must hold for a letter to be due (the words are in `Occasion`):
- `after_confirmation`: the letters come in the order of `position`, each `days` after the one
  before it has gone, the first `days` after the person confirmed. Who confirmed before the
  series began (`begun_at`) is not in it.
- any other: it comes once, as soon as the app that registered the occasion
  (`accounts/letters/occasions.py`) finds it true for the person, and `days` have passed since
  the last letter of the same series. A letter on a lesson that has opened names which one (`lesson`), so that
  there can be one for each.
"""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.models.edition import Edition


class Occasion(models.TextChoices):
    AFTER_CONFIRMATION = "after_confirmation", "Some days after confirming, in order"
    LESSON_OPEN = "lesson_open", "A new lesson has opened"
    AWAY = "away", "Has been away from the course"
    WELL_DONE = "well_done", "Has kept at it"
    LAST_LESSON = "last_lesson", "Has finished the last lesson"


class Series(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=120)
    begun_at = models.DateTimeField(null=True, blank=True, help_text="Empty: the series sends nothing yet.")

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


class SeriesLetter(models.Model):
    series = models.ForeignKey(Series, on_delete=models.CASCADE, related_name="letters")
    edition = models.OneToOneField(Edition, on_delete=models.PROTECT, related_name="place")
    position = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField(
        default=0, validators=[MaxValueValidator(365)], help_text="Days after the letter before it."
    )
    when = models.CharField(max_length=20, choices=Occasion, default=Occasion.AFTER_CONFIRMATION)
    lesson = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The place in the course of the lesson that the letter tells of."
    )

    class Meta:
        ordering = ["series", "position"]
        constraints = [
            models.UniqueConstraint(fields=["series", "position"], name="series_letter_place_once"),
            models.CheckConstraint(condition=Q(when__in=Occasion.values), name="series_letter_occasion_known"),
            models.CheckConstraint(
                condition=Q(when=Occasion.LESSON_OPEN, lesson__range=(1, 6))
                | (~Q(when=Occasion.LESSON_OPEN) & Q(lesson=None)),
                name="series_letter_names_the_lesson_that_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}, letter {self.position}"
