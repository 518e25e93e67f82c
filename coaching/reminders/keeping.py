"""What is kept of somebody's reminders: to take along as plain values, and to erase."""

from typing import Any

from accounts.members.extent import WHOLE, Extent
from accounts.models import User
from coaching.models import PushDevice, ReminderSlot

SLOT = ("day", "is_again", "due_at", "probability", "goes_out", "state", "closed_at")
DEVICE = ("endpoint", "made_at", "worked_at")


def export_reminders(user: User, extent: Extent = WHOLE) -> dict[str, Any]:
    days = ReminderSlot.objects.filter(user=user).order_by("day", "is_again")
    return {
        "days": extent.oldest_first(days.values(*SLOT)),
        "devices": extent.oldest_first(PushDevice.objects.filter(user=user).values(*DEVICE)),
    }


def erase_reminders(user: User) -> None:
    ReminderSlot.objects.filter(user=user).delete()
    PushDevice.objects.filter(user=user).delete()
