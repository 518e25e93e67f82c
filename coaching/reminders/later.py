"""What a person asks for from the reminder itself: once more later that day, or a break."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.core.reminding.slots import A_HOUR, is_quiet_at
from accounts.members import reminder_wishes
from accounts.models import ReminderWish
from accounts.models.reminder_wish import profile_of
from coaching.models import ReminderSlot

BREAK = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Offer:
    """`again_at` is None where an hour from now is another day, or quiet, or it was asked for already."""

    again_at: datetime | None
    break_until: date
    zone: ZoneInfo
    waits_at: datetime | None = None
    is_on_break: bool = False


def offer_of(wish: ReminderWish, slot: ReminderSlot, at: datetime) -> Offer:
    zone = wish.hours(profile_of(wish.user)).zone
    again = ReminderSlot.objects.filter(user=wish.user, day=slot.day, is_again=True).first()
    today = at.astimezone(zone).date()
    return Offer(
        again_at=None if again else _in_an_hour(wish, slot, at),
        break_until=today + BREAK,
        zone=zone,
        waits_at=again.due_at if again and again.state == ReminderSlot.State.WAITING else None,
        is_on_break=is_on_break(wish, at),
    )


def is_on_break(wish: ReminderWish, at: datetime) -> bool:
    """A break that ran out is over, though its last day still stands in the row."""
    return bool(wish.paused_until and wish.paused_until > at.astimezone(wish.hours(profile_of(wish.user)).zone).date())


def _in_an_hour(wish: ReminderWish, slot: ReminderSlot, at: datetime) -> datetime | None:
    hours, then = wish.hours(profile_of(wish.user)), at + A_HOUR
    is_same_day = then.astimezone(hours.zone).date() == slot.day
    is_quiet = is_quiet_at(then, hours) or is_quiet_at(then + A_HOUR / 2, hours)
    return then if is_same_day and not is_quiet and wish.is_on and not is_on_break(wish, at) else None


def remind_again(wish: ReminderWish, slot: ReminderSlot, at: datetime) -> bool:
    """Once a day, held by the row itself. It was asked for, so chance leaves it alone."""
    then = _in_an_hour(wish, slot, at)
    if then is None:
        return False
    told = {"due_at": then, "closes_at": then + A_HOUR / 2}
    _, is_new = ReminderSlot.objects.get_or_create(user=wish.user, day=slot.day, is_again=True, defaults=told)
    return is_new


def take_a_break(wish: ReminderWish, at: datetime) -> None:
    zone = wish.hours(profile_of(wish.user)).zone
    reminder_wishes.pause(wish, at.astimezone(zone).date() + BREAK, at)
