import secrets
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from accounts.core.addresses import normal_address
from content.core.vocabulary import Topic


class SubscriberStatus(models.TextChoices):
    PENDING = "pending", "Waiting for confirmation"
    ACTIVE = "active", "Active"
    UNSUBSCRIBED = "unsubscribed", "Unsubscribed"
    BOUNCED = "bounced", "Bounced: nothing is sent"


class Pace(models.TextChoices):
    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Once a month"


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

    def reachable(self, on: date) -> "SubscriberQuerySet":
        """Those who may be sent a letter on this day."""
        unpaused = models.Q(paused_until=None) | models.Q(paused_until__lte=on)
        return self.active().filter(unpaused)

    def unconfirmed_since(self, moment: datetime) -> "SubscriberQuerySet":
        return self.filter(status=SubscriberStatus.PENDING, asked_at__lt=moment)


class Subscriber(models.Model):
    """Someone who asked for letters, with the proof that they did."""

    email = models.EmailField("email address", max_length=254, unique=True)
    status = models.CharField(max_length=20, choices=SubscriberStatus, default=SubscriberStatus.PENDING)
    public_id = models.CharField(max_length=43, unique=True, default=new_public_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="subscribers"
    )

    topics = models.JSONField(default=every_topic)
    pace = models.CharField(max_length=20, choices=Pace, default=Pace.WEEKLY)
    language = models.CharField(max_length=10, default="en")
    paused_until = models.DateField(null=True, blank=True, help_text="Nothing is sent before this day.")

    consent_words = models.TextField(blank=True, help_text="The words the person agreed to.")
    consent_version = models.CharField(max_length=20, blank=True)
    consent_at = models.DateTimeField(null=True, blank=True, help_text="When they sent the form.")
    asked_at = models.DateTimeField(help_text="When they last sent the form.")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["status", "paused_until"], name="subscriber_by_status")]
        constraints = [
            # With this, unique means unique in any case, and one index answers both questions.
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="subscriber_email_in_lower_case"),
            models.CheckConstraint(
                condition=models.Q(status__in=SubscriberStatus.values), name="subscriber_status_known"
            ),
            models.CheckConstraint(condition=models.Q(pace__in=Pace.values), name="subscriber_pace_known"),
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
