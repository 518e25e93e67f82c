"""A letter: its words, who it is for, and how far it has gone out.

Both kinds go out by the same ledger (`Delivery`): an edition goes to many at one time; a
letter of a series (`SeriesLetter`) goes to each person when their turn comes, and stays in
`sending` for as long as its series runs. `accounts/letters/editions.py` is the only place that
changes `status`, and what stands under "How far it has gone" below:

draft -> scheduled -> sending -> finished; scheduled and sending -> paused -> sending;
any of them but finished -> cancelled.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import override

from accounts.core.letters.shapes import slug_list_fault, topic_list_fault, zone_fault
from content.models.fields import RuledCharField, RuledJSONField


class EditionStatus(models.TextChoices):
    DRAFT = "draft", "Draft"
    SCHEDULED = "scheduled", "Scheduled"
    SENDING = "sending", "Being sent"
    PAUSED = "paused", "Paused"
    FINISHED = "finished", "Finished"
    CANCELLED = "cancelled", "Cancelled"


class EditionKind(models.TextChoices):
    EDITION = "edition", "Edition, to many"
    SERIES = "series", "Letter of a series"


def valid_slugs(value: object) -> None:
    if fault := slug_list_fault(value):
        raise ValidationError(fault)


def valid_topics(value: object) -> None:
    if fault := topic_list_fault(value):
        raise ValidationError(fault)


def valid_zone(value: str) -> None:
    if fault := zone_fault(value):
        raise ValidationError(fault)


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_archive(self) -> "EditionQuerySet":
        """Editions that have begun to go out, newest first: whoever has one in the mailbox may open its page."""
        begun = self.filter(kind=EditionKind.EDITION, started_at__isnull=False).exclude(page_html="")
        return begun.order_by("-started_at")


class Edition(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=10, choices=EditionKind, default=EditionKind.EDITION)
    status = models.CharField(max_length=10, choices=EditionStatus, default=EditionStatus.DRAFT, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="editions"
    )

    subject = models.CharField(max_length=150)
    preheader = models.CharField(max_length=150, blank=True, help_text="What a mail program shows beside the subject.")
    words = models.TextField(blank=True, help_text="In Markdown. They come before the tips.")
    tips = RuledJSONField(default=list, blank=True, validators=[valid_slugs], help_text="Slugs, in order.")
    practice = models.SlugField(max_length=80, blank=True, help_text="The guide to try at the end.")

    topics = RuledJSONField(
        default=list, blank=True, validators=[valid_topics], help_text="For whoever chose one of these. Empty: for all."
    )
    language = models.CharField(max_length=10, default="en")
    is_correction = models.BooleanField(
        "to everybody, as a correction",
        default=False,
        help_text="Goes also to those who had a letter these days, and takes nothing from their pace.",
    )

    send_at = models.DateTimeField(null=True, blank=True)
    time_zone = RuledCharField(max_length=64, default="UTC", validators=[valid_zone])
    not_after = models.DateTimeField(
        "too late after", null=True, blank=True, help_text="Past this, it pauses instead of going out late."
    )
    first_batch = models.PositiveIntegerField(
        default=0, validators=[MaxValueValidator(1_000_000)], help_text="How many get it first. 0: all at once."
    )
    first_batch_pause = models.DurationField(
        default=timedelta(minutes=30), help_text="The wait between the first batch and the rest."
    )
    rate_per_minute = models.PositiveIntegerField(
        default=0,
        validators=[MaxValueValidator(100_000)],
        help_text="0: as fast as the site's own limit allows.",
    )

    any_hour = models.BooleanField(
        "at any hour",
        default=False,
        help_text="Does not wait for the hours in which letters come where a reader lives.",
    )

    # As it was scheduled: whatever is edited later, every copy and the page stay the same.
    html_part = models.TextField(blank=True, editable=False)
    text_part = models.TextField(blank=True, editable=False)
    page_html = models.TextField(blank=True, editable=False)
    page_notes = models.JSONField(default=list, blank=True, editable=False)
    loaded = models.JSONField(default=dict, blank=True, editable=False, help_text="As its file last said.")

    # How far it has gone.
    pause_reason = models.CharField(max_length=300, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True, editable=False)
    resumed_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="The breaker counts from here.")
    finished_at = models.DateTimeField(null=True, blank=True, editable=False)
    filled_to = models.BigIntegerField(default=0, editable=False, help_text="The last subscriber looked at.")
    fill_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="Not to be filled before.")
    filled_at = models.DateTimeField(null=True, blank=True, editable=False, help_text="When everybody was in.")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        permissions = [("send_edition", "Can schedule, pause and cancel letters")]
        indexes = [models.Index(fields=["status", "send_at"], name="edition_by_status")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=EditionStatus.values), name="edition_status_known"),
            models.CheckConstraint(condition=Q(kind__in=EditionKind.values), name="edition_kind_known"),
            models.CheckConstraint(
                condition=~Q(status=EditionStatus.SCHEDULED) | Q(send_at__isnull=False),
                name="edition_scheduled_for_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(status=EditionStatus.SENDING) | Q(started_at__isnull=False, resumed_at__isnull=False),
                name="edition_sending_since_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        """In the language of its words."""
        with override(self.shown_in):
            return reverse("accounts:letter", args=[self.slug])

    @property
    def shown_in(self) -> str:
        """The language of the page around it: its own, where the site has pages in it."""
        return self.language if self.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    @property
    def is_series_letter(self) -> bool:
        return self.kind == EditionKind.SERIES
