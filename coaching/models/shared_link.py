"""SharedLink: one thing that a person handed out by a link: what it shows, until when, and who may open it.

The address is kept as a hash and the code as a sealed check, so a copy of the database opens nothing. What the link
shows was fixed when it was made, and is sealed. It ends when it is revoked, when its time is over, or when the last of
its wrong codes is used up; an end is for good.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.sealing import seal, unseal
from coaching.models.person import Person

MOST_ATTEMPTS = 10


class SharedLinkQuerySet(models.QuerySet["SharedLink"]):
    def alive(self, at: datetime) -> "SharedLinkQuerySet":
        """Of whoever is locked, or waits for being erased, no link is open.

        The owner is looked at in a query of its own and not by a join: what an update of these rows asks of a link is
        then asked of the row as it is once it is held, so that guesses at once count one by one. It looks at this one
        owner, and not at everybody who is locked.
        """
        locked = Person.objects.filter(pk=OuterRef("person"), user__is_active=False)
        return self.filter(~Exists(locked), revoked_at=None, expires_at__gt=at, attempts_left__gt=0)


class SharedLink(models.Model):
    class Kind(models.TextChoices):
        SUMMARY = "summary", "A summary"
        STEP = "step", "This week's step, for someone close"
        FLARE_PLAN = "flare_plan", "The flare plan, for someone close"
        RECORD = "record", "A record for a clinic's software"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shared_links")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    sealed_verifier = models.TextField(blank=True)
    """Empty where it opens without a code."""

    sealed_content = models.TextField(blank=True)
    language = models.CharField(max_length=10, default="en")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    attempts_left = models.PositiveSmallIntegerField("wrong codes it still takes, in its whole life")
    opened = models.PositiveIntegerField("times it was opened", default=0)

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["summary", "step", "flare_plan", "record"]), name="shared_link_kind_is_known"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="a_shared_link_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(attempts_left__gte=0, attempts_left__lte=MOST_ATTEMPTS),
                name="shared_link_attempts_0_to_10",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} shared on {self.made_at:%Y-%m-%d}"

    def is_alive(self, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at and self.attempts_left > 0

    @property
    def has_code(self) -> bool:
        return bool(self.sealed_verifier)

    @property
    def verifier(self) -> str:
        return unseal(self.sealed_verifier, f"coaching.shared_link.verifier:{self.token_hash}") or ""

    @verifier.setter
    def verifier(self, verifier: str) -> None:
        self.sealed_verifier = seal(verifier, f"coaching.shared_link.verifier:{self.token_hash}")

    @property
    def content(self) -> dict[str, Any]:
        """What it shows, as plain values."""
        return unseal(self.sealed_content, f"coaching.shared_link.content:{self.token_hash}") or {}

    @content.setter
    def content(self, content: dict[str, Any]) -> None:
        self.sealed_content = seal(content, f"coaching.shared_link.content:{self.token_hash}")


class LinkOpening(models.Model):
    """One time that somebody opened a link: when, and roughly with what. Never from where."""

    class Browser(models.TextChoices):
        PHONE = "phone", "A phone or tablet"
        COMPUTER = "computer", "A computer"
        SOFTWARE = "software", "A clinic's software"
        UNKNOWN = "unknown", "Something else"

    link = models.ForeignKey(SharedLink, on_delete=models.CASCADE, related_name="openings")
    at = models.DateTimeField()
    browser = models.CharField(max_length=10, choices=Browser.choices, default=Browser.UNKNOWN)
    name = models.CharField("name of the browser", max_length=10, blank=True)
    """One of `coaching/sharing/browsers.py`; empty where it is none of them."""

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(browser__in=["phone", "computer", "software", "unknown"]),
                name="link_opening_browser_is_known",
            ),
            models.CheckConstraint(
                condition=Q(name__in=["", "firefox", "chrome", "safari", "edge", "samsung"]),
                name="link_opening_name_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"opened at {self.at:%Y-%m-%d %H:%M}"
