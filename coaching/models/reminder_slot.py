"""ReminderSlot: one row for each day on which somebody was to be reminded, and what became of it.

The row is the ledger and the proof. It stands once a day, so that nobody is reminded twice, and once more where the
person asked to be reminded later that day. `goes_out` is what chance drew, with the chance `probability` (1 where it
was certain).
"""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ReminderSlotQuerySet(models.QuerySet["ReminderSlot"]):
    def waiting(self, at: datetime) -> "ReminderSlotQuerySet":
        return self.filter(state=ReminderSlot.State.WAITING, due_at__lte=at).order_by("due_at")

    def lapsed(self, at: datetime) -> "ReminderSlotQuerySet":
        return self.filter(state=ReminderSlot.State.CLAIMED, lease_until__lte=at)

    def drawn_by_chance(self) -> "ReminderSlotQuerySet":
        """Those that teach whether reminders help: what was certain, or had nothing to say, does not."""
        State = ReminderSlot.State  # noqa: N806
        over = (State.SENT, State.LEFT_OUT, State.MISSED, State.FAILED)
        return self.filter(probability__lt=1, is_again=False, state__in=over)


class ReminderSlot(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Being sent"
        SENT = "sent", "Sent"
        LEFT_OUT = "left_out", "Left out by chance"
        NOTHING = "nothing", "There was nothing to remind of"
        MISSED = "missed", "Its hour was over"
        FAILED = "failed", "Could not be delivered"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminder_slots", db_index=False
    )
    day = models.DateField("day on the person's clock")
    is_again = models.BooleanField("asked for later that day", default=False)
    due_at = models.DateTimeField()
    closes_at = models.DateTimeField("too late from then on")
    probability = models.FloatField("chance with which it was to go out", default=1.0)
    goes_out = models.BooleanField("drawn to go out", default=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    claimed_by = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    closed_at = models.DateTimeField("when it ended, one way or another", null=True, blank=True)

    objects = ReminderSlotQuerySet.as_manager()

    class Meta:
        ordering = ["day", "is_again"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="reminder_slot_waits"),
            models.Index(fields=["lease_until"], condition=Q(state="claimed"), name="reminder_slot_is_held"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "day", "is_again"], name="a_reminder_once_a_slot"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "claimed", "sent", "left_out", "nothing", "missed", "failed"]),
                name="reminder_slot_state_is_known",
            ),
            models.CheckConstraint(condition=Q(closes_at__gt=F("due_at")), name="reminder_slot_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(probability__gt=0, probability__lte=1), name="reminder_slot_probability_above_0_to_1"
            ),
            models.CheckConstraint(
                condition=Q(goes_out=True) | Q(probability__lt=1), name="reminder_slot_left_out_by_chance_alone"
            ),
        ]

    def __str__(self) -> str:
        return f"reminder of {self.day}"
