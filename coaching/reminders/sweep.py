"""What each worker does with reminders, over and over: put in whoever is due, send a few, look again.

Nothing is kept in memory but those few, and one reminder is never one task of its own.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError

from accounts.core.reminding.slots import is_quiet_at
from accounts.core.sending.smtp_replies import Judgement, Verdict
from accounts.mail.sender import NotSent, Sender
from accounts.models import MAIL_SERVER, ReminderWish, Suppression, SuppressionReason
from accounts.models.reminder_wish import profile_of
from accounts.sending import gates
from coaching.models import ReminderSlot
from coaching.plan.knowledge import Knowledge, knowledge
from coaching.reminders import ledger, pushing
from coaching.reminders.messages import notice_of, parcel_of
from coaching.reminders.steps import Told, told_of

log = logging.getLogger("unloop.coaching")
State, Way = ReminderSlot.State, ReminderWish.Way


def drain(worker: str, *, clock: Callable[[], datetime], goes_on: Callable[[], bool]) -> bool:
    """Work until nothing is due or `goes_on` says no. True when there may be more to do at once."""
    if not ledger.is_anything_to_do(clock()):
        return False
    ledger.return_lapsed(clock())
    while goes_on() and (ledger.put_right(clock()) or ledger.put_in_due(clock())):
        pass
    with Sender() as sender:
        while goes_on():
            if not _serve(worker, sender, clock, goes_on):
                return False
    return True


def _serve(worker: str, sender: Sender, clock: Callable[[], datetime], goes_on: Callable[[], bool]) -> bool:
    """One batch; False when there is nothing to do for now."""
    slots = _claim(worker, clock())
    known = knowledge() if slots else None
    for place, slot in enumerate(slots):
        if not goes_on():
            ledger.release(slots[place:], worker)
            return True
        if not _send_apart(worker, sender, slot, known, clock):
            ledger.release(slots[place:], worker)
            return False
    return bool(slots)


def _send_apart(
    worker: str, sender: Sender, slot: ReminderSlot, known: Knowledge | None, clock: Callable[[], datetime]
) -> bool:
    """A fault in the rows of one person keeps nobody else from being reminded; it is tried again, and given up."""
    try:
        return _send(worker, sender, slot, known, clock)
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 (whatever it is, the next person is reminded)
        log.error("The reminder of slot %s could not be made (%s).", slot.pk, type(error).__name__)
        ledger.put_back(slot, worker, clock())
        return True


def _claim(worker: str, at: datetime) -> list[ReminderSlot]:
    """As many as the rates allow. While the mail server is away its mails wait, if need be until their hour is over."""
    is_open = gates.is_mail_server_open(at=at)
    waiting = ledger.waiting_for(Way.values if is_open else [Way.PUSH], at)
    most = ledger.CLAIMED_AT_ONCE
    if is_open and settings.MAIL_RATE_PER_MINUTE:
        wanted = len(waiting.values_list("pk")[:most])
        most = gates.take_turns(MAIL_SERVER, wanted, per_minute=settings.MAIL_RATE_PER_MINUTE, at=at)
    return ledger.claim(worker, waiting, most, at) if most else []


def _send(
    worker: str, sender: Sender, slot: ReminderSlot, known: Knowledge | None, clock: Callable[[], datetime]
) -> bool:
    """False when the mail server is away."""
    at = clock()
    told = _what_to_say(slot, known, at)
    if isinstance(told, ReminderSlot.State):
        ledger.close(slot, told, at)
        return True
    if not ledger.begin(slot, worker, at):
        ledger.close_mine(slot, worker, State.NOTHING, at)
        return True
    if slot.user.reminder_wish.way == Way.PUSH:
        _push(worker, slot, told, at)
        return True
    return _mail(worker, sender, slot, told, clock)


def _mail(worker: str, sender: Sender, slot: ReminderSlot, told: Told, clock: Callable[[], datetime]) -> bool:
    try:
        sender.send(parcel_of(slot.user.reminder_wish, slot, told))
    except NotSent as refusal:
        return _refused(worker, slot, refusal.judgement, clock())
    except ValueError:
        # An address that no header may hold.
        ledger.close(slot, State.FAILED, clock())
        return True
    ledger.close(slot, State.SENT, clock())
    return True


def _push(worker: str, slot: ReminderSlot, told: Told, at: datetime) -> None:
    """A device that is off gets it until the hour is over."""
    notice = notice_of(slot.user.reminder_wish, slot, told)
    took = pushing.push(slot.user, notice, seconds=int((slot.closes_at - at).total_seconds()), at=at)
    if took is None:
        ledger.put_back(slot, worker, at)
    else:
        ledger.close(slot, State.SENT if took else State.FAILED, at)


def _what_to_say(slot: ReminderSlot, known: Knowledge | None, at: datetime) -> Told | ReminderSlot.State:
    """Or as what the slot ends. Whether there is anything to say is asked before chance counts, so that a slot which
    was left out and one which was not are alike in all but that."""
    wish = getattr(slot.user, "reminder_wish", None)
    if at >= slot.closes_at:
        return State.MISSED
    if wish is None or not wish.is_on or not slot.user.is_active:
        return State.NOTHING
    if is_quiet_at(at, wish.hours(profile_of(slot.user))):
        return State.NOTHING
    if wish.way == wish.Way.MAIL and (not slot.user.email or Suppression.objects.forbids(slot.user.email)):
        return State.FAILED
    told = told_of(slot.user, at, known)
    if told is None:
        return State.NOTHING
    return told if slot.goes_out else State.LEFT_OUT


def _refused(worker: str, slot: ReminderSlot, judgement: Judgement, at: datetime) -> bool:
    """One that may have arrived is not sent again: a second one would help nobody."""
    if judgement.verdict == Verdict.SERVER:
        gates.close_mail_server(judgement.problem, at=at)
        return False
    if judgement.verdict == Verdict.NO_MAILBOX and slot.user.email:
        Suppression.objects.add_address(slot.user.email, SuppressionReason.BOUNCED)
    if judgement.verdict == Verdict.UNKNOWN or judgement.is_final:
        ledger.close(slot, State.FAILED if judgement.is_final else State.SENT, at)
    else:
        ledger.put_back(slot, worker, at)
    return True
