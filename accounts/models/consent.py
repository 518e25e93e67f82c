from datetime import datetime

from django.conf import settings
from django.db import models

from accounts.models.user import User


class ConsentKind(models.TextChoices):
    HEALTH = "health", "Keeping health answers"
    NEWSLETTER = "newsletter", "Tips by email"
    REMINDERS = "reminders", "Reminders"
    REMINDERS_BY_CHANCE = "by_chance", "Reminders left out by chance"
    COURSE_LETTERS = "course", "Letters about the course"
    POOLING = "pooling", "Ratings pooled without a name"
    RESEARCH = "research", "Answers for research"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        return self.filter(withdrawn_at=None)

    def give(self, user: User, kind: ConsentKind, *, words: str, words_version: str, at: datetime) -> "Consent":
        """Giving twice changes nothing: the first words and time are the proof."""
        given = {"words": words, "words_version": words_version, "given_at": at}
        consent, _ = self.get_or_create(user=user, kind=kind, withdrawn_at=None, defaults=given)
        return consent

    def withdraw(self, user: User, kind: ConsentKind, *, at: datetime) -> None:
        self.standing().filter(user=user, kind=kind).update(withdrawn_at=at)


class Consent(models.Model):
    """What an account holder agreed to, when, and in which words."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20, choices=ConsentKind)
    words = models.TextField(help_text="The words the person saw.")
    words_version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        ordering = ["-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=models.Q(withdrawn_at=None),
                name="consent_stands_once_for_each_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.given_at:%d %B %Y}"

    @property
    def language(self) -> str:
        """Of the words that were agreed to, which stay as they were."""
        return "es" if self.words_version.endswith("-es") else "en"
