import secrets
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from accounts.core.addresses import normal_address
from accounts.models.letter_hours import has_no_break
from content.core.vocabulary import Topic
from content.models.fields import RuledCharField, RuledJSONField


class SubscriberStatus(models.TextChoices):
    PENDING = "pending", "Waiting for confirmation"
    ACTIVE = "active", "Active"
    UNSUBSCRIBED = "unsubscribed", "Unsubscribed"
    BOUNCED = "bounced", "Bounced: nothing is sent"


class Pace(models.TextChoices):
    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Once a month"


class ConsentWay(models.TextChoices):
    FORM = "form", "Our form, and the button in our letter"
    ACCOUNT = "account", "The box on our sign-up page, and the code that proved the address"
    IMPORT = "import", "A list that was brought here, with its proof"


def new_public_id() -> str:
    """128 random bits: what signed links name a subscriber by."""
    return secrets.token_urlsafe(16)


def every_topic() -> list[str]:
    return [topic.value for topic in Topic]


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def at_address(self, address: str) -> "SubscriberQuerySet":
        return self.filter(email=normal_address(address))

    def active(self) -> "SubscriberQuerySet":
        return self.filter(status=SubscriberStatus.ACTIVE)

    def reachable(self, at: datetime) -> "SubscriberQuerySet":
        """Those who may be sent a letter at this moment, or in the hours in which letters come to them."""
        return self.active().filter(has_no_break(at))

    def unconfirmed_since(self, moment: datetime) -> "SubscriberQuerySet":
        return self.filter(status=SubscriberStatus.PENDING, asked_at__lt=moment)

    def unconfirmed_moves(self, moment: datetime) -> "SubscriberQuerySet":
        """With a new address that was asked about before then."""
        return self.filter(new_email_at__lt=moment)


class Subscriber(models.Model):
    """Someone who asked for letters, with the proof that they did."""

    email = models.EmailField("email address", max_length=254, unique=True)
    status = models.CharField(max_length=20, choices=SubscriberStatus, default=SubscriberStatus.PENDING)
    public_id = RuledCharField(max_length=43, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="subscribers"
    )

    topics = RuledJSONField(default=every_topic)
    pace = models.CharField(max_length=20, choices=Pace, default=Pace.WEEKLY)
    language = models.CharField(max_length=10, default="en")
    paused_until = models.DateField(null=True, blank=True, help_text="Nothing is sent before this day.")
    gets_series = models.BooleanField(
        default=True, help_text="Whether the letters that follow on a confirmation come. Off for a list, unless chosen."
    )
    series_from = models.DateTimeField(
        null=True, blank=True, help_text="When they begin, if not with the confirmation: a list is warmed up slowly."
    )
    time_zone = models.CharField(max_length=64, blank=True, help_text="As they told it. Empty: the site's clock holds.")
    letters_hour = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="From which hour on letters of a series come. Empty: that of their sign-up."
    )

    consent_words = models.TextField(blank=True, help_text="The words the person agreed to.")
    consent_version = models.CharField(max_length=20, blank=True)
    consent_way = models.CharField(max_length=20, choices=ConsentWay, default=ConsentWay.FORM)
    consent_note = models.CharField(max_length=300, blank=True, help_text="How they agreed, as a list says it.")
    consent_at = models.DateTimeField(null=True, blank=True, help_text="When they sent the form.")
    asked_at = models.DateTimeField(help_text="When they last sent the form.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    new_email = models.EmailField(max_length=254, blank=True, help_text="Asked for, not confirmed yet.")
    new_email_at = models.DateTimeField(null=True, blank=True)
    moved_at = models.DateTimeField(
        null=True, blank=True, help_text="When they chose this address in place of an earlier one."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["status", "paused_until"], name="subscriber_by_status"),
            # Every minute it is looked up whose turn in a series has come, by these three dates.
            models.Index(fields=["confirmed_at"], name="subscriber_by_confirmation"),
            models.Index(
                fields=["series_from"], condition=models.Q(series_from__isnull=False), name="subscriber_by_warm_up"
            ),
            models.Index(
                fields=["paused_until"], condition=models.Q(paused_until__isnull=False), name="subscriber_by_break"
            ),
        ]
        constraints = [
            # In lower case alone, an address is unique however it was typed, and one index serves every look-up.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="subscriber_email_in_lower_case"),
            models.CheckConstraint(
                condition=models.Q(status__in=SubscriberStatus.values), name="subscriber_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(consent_way__in=ConsentWay.values), name="subscriber_consent_way_known"
            ),
            models.CheckConstraint(condition=models.Q(pace__in=Pace.values), name="subscriber_pace_known"),
            models.CheckConstraint(
                condition=models.Q(letters_hour=None) | models.Q(letters_hour__lte=23),
                name="subscriber_letters_hour_of_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(status=SubscriberStatus.ACTIVE)
                | models.Q(confirmed_at__isnull=False, consent_at__isnull=False),
                name="subscriber_active_only_with_proof",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        super().clean()
        self.email = normal_address(self.email)

    @property
    def is_active(self) -> bool:
        return self.status == SubscriberStatus.ACTIVE
