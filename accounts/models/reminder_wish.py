"""ReminderWish: on which days, at which hour and how somebody wants to be reminded, and when the next one is due.

`accounts/members/reminder_wishes.py` alone changes one, and with it `next_reminder_at`. That column is indexed, so that
a look for whoever is due costs the same among a million wishes as among ten. It is empty while no reminder is to come.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.core.reminding.slots import HOURS, Hours
from accounts.models.profile import Profile
from accounts.models.subscriber import new_public_id
from accounts.models.user import User
from content.models.fields import RuledCharField

HALF = 0.5
"""The chance with which a reminder goes out to somebody who lets half of them be left out."""

ASTRAY = timedelta(hours=1)
"""A clock so far ahead was wrong."""


class ReminderWishQuerySet(models.QuerySet["ReminderWish"]):
    def due(self, at: datetime) -> "ReminderWishQuerySet":
        return self.filter(next_reminder_at__lte=at).order_by("next_reminder_at")

    def astray(self, at: datetime) -> "ReminderWishQuerySet":
        """Reckoned by a clock that has been put right since."""
        return self.filter(reckoned_at__gt=at + ASTRAY)


class ReminderWish(models.Model):
    class Way(models.TextChoices):
        MAIL = "mail", "By email"
        PUSH = "push", "On my devices"
        NONE = "none", "Not at all, or in my calendar alone"

    class Stopped(models.TextChoices):
        ASKED = "asked", "The person stopped them"
        LEFT = "left", "The person left"
        HARM = "harm", "They did harm"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_wish")
    public_id = RuledCharField(max_length=32, unique=True, default=new_public_id, editable=False)
    """What the links in a reminder name it by."""

    calendar_id = models.CharField(max_length=32, blank=True, editable=False)
    """What the secret link to the calendar names it by; empty: there is none. A new one ends the old link."""

    days = models.CharField("days of the week, 0 is Monday", max_length=7, blank=True)
    hour = models.PositiveSmallIntegerField(default=18)
    quiet_from = models.PositiveSmallIntegerField(default=22)
    quiet_until = models.PositiveSmallIntegerField(default=7)
    way = models.CharField(max_length=4, choices=Way.choices, default=Way.MAIL)
    names_step = models.BooleanField("says the name of the practice", default=False)
    language = models.CharField(max_length=10, default="en")
    chance = models.FloatField("chance with which each goes out", default=1.0)
    chance_since = models.DateTimeField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    stopped = models.CharField(max_length=5, choices=Stopped.choices, blank=True)
    changed_at = models.DateTimeField()
    next_reminder_at = models.DateTimeField(null=True, blank=True)
    reckoned_at = models.DateTimeField("when the next one was worked out", null=True, blank=True)

    objects = ReminderWishQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "reminder wishes"
        indexes = [
            models.Index(fields=["next_reminder_at"], condition=Q(next_reminder_at__isnull=False), name="reminder_due"),
            models.Index(fields=["reckoned_at"], condition=Q(reckoned_at__isnull=False), name="reminder_reckoned"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar_id"], condition=~Q(calendar_id=""), name="reminder_calendar_is_one_persons"
            ),
            models.CheckConstraint(
                condition=Q(hour__lt=HOURS, quiet_from__lt=HOURS, quiet_until__lt=HOURS), name="reminder_hours_of_a_day"
            ),
            models.CheckConstraint(condition=Q(way__in=["mail", "push", "none"]), name="reminder_way_is_known"),
            models.CheckConstraint(
                condition=Q(stopped__in=["", "asked", "left", "harm"]), name="reminder_stopped_is_known"
            ),
            models.CheckConstraint(condition=Q(chance__gt=0, chance__lte=1), name="reminder_chance_above_0_to_1"),
            models.CheckConstraint(
                condition=Q(next_reminder_at=None) | Q(stopped="") & ~Q(way="none") & ~Q(days=""),
                name="reminder_comes_only_where_wanted",
            ),
        ]

    def __str__(self) -> str:
        return f"reminders of {self.user_id}"

    @property
    def is_on(self) -> bool:
        return bool(self.days) and self.way != self.Way.NONE and not self.stopped

    @property
    def is_by_chance(self) -> bool:
        return self.chance < 1

    def hours(self, profile: Profile | None) -> Hours:
        """On the clock of the profile; without one, UTC."""
        return Hours(
            days=frozenset(int(day) for day in self.days),
            hour=self.hour,
            zone=(profile or Profile()).zone,
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            since=self.paused_until,
        )


def profile_of(user: User) -> Profile | None:
    return getattr(user, "profile", None)
