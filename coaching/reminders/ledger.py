"""Slots put in, claimed and closed. Every step is conditional, so that any number of workers may do the same at once.

Whoever is due is put in by the hundred, in one transaction: a row for the slot, and when the next one comes. A worker
that dies before it ends has put in nobody. Slots are then claimed a few at a time for a lease, which lapses while the
hour still lasts; each is marked as sent before the next is begun. So a worker that is killed loses none, and repeats at
most the one that it was just sending.
"""

import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.core.reminding.slots import Moment, slot_at
from accounts.mail.sender import LONGEST_LAST_ANSWER
from accounts.members import reminder_wishes
from accounts.models import ReminderWish
from accounts.models.reminder_wish import ASTRAY, profile_of
from accounts.work.slices import GoesOn, delete_in_batches, for_ever
from coaching.models import ReminderSlot
from coaching.reminders.chance import is_harmful

PUT_IN_AT_ONCE, CLAIMED_AT_ONCE = 500, 25
LEASE = timedelta(minutes=5)
LONGEST_ANSWER = timedelta(seconds=LONGEST_LAST_ANSWER, minutes=2)
PAUSE = timedelta(minutes=2)
MOST_TRIES = 5
KEPT = timedelta(days=400)
State, Way = ReminderSlot.State, ReminderWish.Way
Luck = Callable[[], float]
"""A number from 0 on and below 1."""

by_chance: Luck = secrets.SystemRandom().random

LOOK = """
SELECT EXISTS (SELECT 1 FROM accounts_reminderwish WHERE next_reminder_at <= %s),
    EXISTS (SELECT 1 FROM accounts_reminderwish WHERE reckoned_at > %s),
    EXISTS (SELECT 1 FROM coaching_reminderslot WHERE state = 'waiting' AND due_at <= %s),
    EXISTS (SELECT 1 FROM coaching_reminderslot WHERE state = 'claimed' AND lease_until <= %s)
"""


def is_anything_to_do(at: datetime) -> bool:
    """One small question, answered from four indexes. Each worker asks it with each round."""
    now, ahead = (connection.ops.adapt_datetimefield_value(when) for when in (at, at + ASTRAY))
    with connection.cursor() as cursor:
        cursor.execute(LOOK, [now, ahead, now, now])
        return any(cursor.fetchone())


# --- Putting in -------------------------------------------------------------------------


@transaction.atomic
def put_in_due(at: datetime, luck: Luck = by_chance) -> int:
    """The next hundreds of whoever is due; how many were looked at. What is past its hour is not made up for."""
    wishes = _held(ReminderWish.objects.due(at))
    open_ones = [(wish, slot) for wish in wishes if (slot := _open_slot(wish, at))]
    harmed = [wish for wish, _ in open_ones if wish.is_by_chance and is_harmful(wish, at)]
    rows = [_row(wish, slot, luck) for wish, slot in open_ones if wish not in harmed]
    ReminderSlot.objects.bulk_create(rows, ignore_conflicts=True)
    for wish in harmed:
        reminder_wishes.stop(wish, ReminderWish.Stopped.HARM, at)
    reminder_wishes.reckon_all([wish for wish in wishes if wish not in harmed], at)
    return len(wishes)


@transaction.atomic
def put_right(at: datetime) -> int:
    """After a clock that was ahead: whoever it reckoned is reckoned anew. A slot that was used stays used."""
    wishes = _held(ReminderWish.objects.astray(at))
    reminder_wishes.reckon_all(wishes, at)
    return len(wishes)


def _held(wishes: QuerySet[ReminderWish]) -> Sequence[ReminderWish]:
    if connection.features.has_select_for_update_skip_locked:
        wishes = wishes.select_for_update(skip_locked=True, of=("self",))
    return list(wishes.select_related("user__profile")[:PUT_IN_AT_ONCE])


def _open_slot(wish: ReminderWish, at: datetime) -> Moment | None:
    return slot_at(at, wish.hours(profile_of(wish.user))) if wish.user.is_active else None


def _row(wish: ReminderWish, slot: Moment, luck: Luck) -> ReminderSlot:
    return ReminderSlot(
        user_id=wish.user_id,
        day=slot.day,
        due_at=slot.opens,
        closes_at=slot.closes,
        probability=wish.chance,
        goes_out=not wish.is_by_chance or luck() < wish.chance,
    )


def settle_after_restore(*, made_at: datetime, at: datetime) -> Iterator[str]:
    """A restored database does not know who was reminded since it was made: the next reminder comes in its next hour.
    What was open proves nothing, so it counts neither for chance nor against it."""
    was_open = ReminderSlot.objects.filter(state__in=[State.WAITING, State.CLAIMED], due_at__lte=at)
    was_open.update(state=State.NOTHING, closed_at=at, claimed_by="", lease_until=None)
    while wishes := list(ReminderWish.objects.due(at).select_related("user__profile")[:PUT_IN_AT_ONCE]):
        reminder_wishes.reckon_all(wishes, at)
    yield f"Whoever ended reminders after {made_at:%d %B %Y, %H:%M} UTC gets them again, with a link to end them."


# --- Claiming and closing ---------------------------------------------------------------


def return_lapsed(at: datetime) -> int:
    """What the dead left behind."""
    lapsed = ReminderSlot.objects.lapsed(at)
    return lapsed.update(state=State.WAITING, claimed_by="", lease_until=None)


def waiting_for(ways: Collection[str], at: datetime) -> QuerySet[ReminderSlot]:
    """Whoever has no wish any more waits for no way, and is closed with the first that come."""
    return ReminderSlot.objects.waiting(at).exclude(user__reminder_wish__way__in=set(Way.values) - set(ways))


@transaction.atomic
def claim(worker: str, waiting: QuerySet[ReminderSlot], most: int, at: datetime) -> list[ReminderSlot]:
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    keys = list(waiting.values_list("pk", flat=True)[:most])
    free = ReminderSlot.objects.filter(pk__in=keys, state=State.WAITING)
    free.update(state=State.CLAIMED, claimed_by=worker, lease_until=at + LEASE)
    mine = ReminderSlot.objects.filter(pk__in=keys, state=State.CLAIMED, claimed_by=worker)
    return list(mine.select_related("user__profile", "user__reminder_wish").order_by("due_at", "pk"))


def begin(slot: ReminderSlot, worker: str, at: datetime) -> bool:
    """Asked right before it leaves: whether it is still ours and still wanted. From here on it is held for as long as
    the last answer of a mail server may take."""
    wanted = _mine([slot], worker).filter(user__reminder_wish__stopped="")
    is_wanted = wanted.exclude(user__reminder_wish__paused_until__gt=slot.day).exists()
    return is_wanted and bool(_mine([slot], worker).update(lease_until=at + LONGEST_ANSWER))


def close(slot: ReminderSlot, state: str, at: datetime) -> bool:
    """Whoever holds it by now: what has gone has gone."""
    ended = {"state": state, "closed_at": at, "claimed_by": "", "lease_until": None}
    still_open = ReminderSlot.objects.filter(pk=slot.pk, state__in=[State.CLAIMED, State.WAITING])
    return bool(still_open.update(**ended))


def close_mine(slot: ReminderSlot, worker: str, state: str, at: datetime) -> None:
    """Nothing has gone; where it is somebody else's by now, it is left to them."""
    _mine([slot], worker).update(state=state, closed_at=at, claimed_by="", lease_until=None)


def put_back(slot: ReminderSlot, worker: str, at: datetime) -> None:
    """Tried, and to be tried again while its hour lasts."""
    tries = slot.tries + 1
    if tries >= MOST_TRIES:
        close(slot, State.FAILED, at)
        return
    # It stays claimed, and comes back when this short lease lapses.
    _mine([slot], worker).update(tries=tries, lease_until=at + PAUSE)


def release(slots: Iterable[ReminderSlot], worker: str) -> None:
    """Not tried, and nobody's fault."""
    _mine(slots, worker).update(state=State.WAITING, claimed_by="", lease_until=None)


def _mine(slots: Iterable[ReminderSlot], worker: str) -> QuerySet[ReminderSlot]:
    keys = [slot.pk for slot in slots]
    return ReminderSlot.objects.filter(pk__in=keys, state=State.CLAIMED, claimed_by=worker)


def forget_old(at: datetime, goes_on: GoesOn = for_ever) -> int:
    """Rows that prove nothing any more."""
    return delete_in_batches(ReminderSlot.objects.filter(day__lt=(at - KEPT).date()), goes_on)
