"""What is kept of somebody's reminders: to take along as plain values, and to erase."""

from typing import Any

from accounts.models import User
from coaching.models import PushDevice, ReminderSlot

SLOT = ("day", "is_again", "due_at", "probability", "goes_out", "state", "closed_at")
DEVICE = ("endpoint", "made_at", "worked_at")


def export_reminders(user: User) -> dict[str, Any]:
    return {
        "days": list(ReminderSlot.objects.filter(user=user).order_by("day", "is_again").values(*SLOT)),
        "devices": list(PushDevice.objects.filter(user=user).values(*DEVICE)),
    }


def erase_reminders(user: User) -> None:
    ReminderSlot.objects.filter(user=user).delete()
    PushDevice.objects.filter(user=user).delete()
