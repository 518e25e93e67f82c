from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models

from accounts.models.user import User


class MinutesADay(models.IntegerChoices):
    FIVE = 5, "5 minutes"
    TEN = 10, "10 minutes"
    FIFTEEN = 15, "15 minutes"
    TWENTY = 20, "20 minutes"
    THIRTY = 30, "30 minutes"
    FORTY_FIVE = 45, "45 minutes"


class ProfileManager(models.Manager["Profile"]):
    def of(self, user: User) -> "Profile":
        """The person's profile, made on first use."""
        known = getattr(user, "profile", None)
        return known or self.get_or_create(user=user)[0]


class Profile(models.Model):
    """What an account holder prefers. Nothing here is guessed: empty means they have not said."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    name = models.CharField(max_length=80, blank=True)
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[RegexValidator(r"^[A-Z]{2}$", "Use the two-letter code of the country.")],
        help_text="Two-letter ISO code. Empty: prefers not to say.",
    )
    time_zone = models.CharField(max_length=64, blank=True, help_text="Empty: times are shown in UTC.")
    minutes_a_day = models.PositiveSmallIntegerField(choices=MinutesADay, default=MinutesADay.THIRTY)
    hide_pain_numbers = models.BooleanField(default=False)

    objects = ProfileManager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(minutes_a_day__in=MinutesADay.values), name="profile_minutes_a_day_offered"
            ),
        ]

    def __str__(self) -> str:
        return f"Profile of {self.user}"

    @property
    def zone(self) -> ZoneInfo:
        try:
            return ZoneInfo(self.time_zone or "UTC")
        except (ZoneInfoNotFoundError, ValueError):
            # The name went out of use.
            return ZoneInfo("UTC")
