"""Every change of an edition's status. Each is a conditional update: two at once, or one twice, leave the same row.

The answer is whether the change was made; if not, somebody was quicker, or the status does not allow it.
"""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.text import Truncator

from accounts.models import Delivery, DeliveryState, Edition, EditionKind, EditionStatus, SendingGate

DRAFT, SCHEDULED, SENDING = EditionStatus.DRAFT, EditionStatus.SCHEDULED, EditionStatus.SENDING
PAUSED, FINISHED, CANCELLED = EditionStatus.PAUSED, EditionStatus.FINISHED, EditionStatus.CANCELLED
LONGEST_REASON = Edition._meta.get_field("pause_reason").max_length or 300
BY_STAFF, ENDED = "Paused by ", "The series was ended."
TOO_LATE = "It should have left by {:%d %B %Y, %H:%M} UTC. Resume it to send it all the same, or cancel it."
WAS_CANCELLED = "The edition was cancelled."
NOBODY = (
    "It reached nobody: whoever it is for had a letter within their pace, is on a break, or is not there. "
    "Mark a copy as a correction to send it to everybody, or resume it when somebody can get it."
)


def schedule(edition: Edition, *, send_at: datetime, not_after: datetime | None) -> bool:
    return _move(edition, {DRAFT, SCHEDULED}, status=SCHEDULED, send_at=send_at, not_after=not_after)


def unschedule(edition: Edition) -> bool:
    return _move(edition, {SCHEDULED}, status=DRAFT)


def start(edition: Edition, *, at: datetime) -> bool:
    """Send it from now on; for a letter of a series: whenever it is somebody's turn."""
    return _move(edition, {DRAFT, SCHEDULED}, **_on_its_way(at))


def start_due(*, at: datetime) -> None:
    for edition in Edition.objects.filter(status=SCHEDULED, send_at__lte=at):
        if not pause_if_too_late(edition, at=at):
            start(edition, at=at)


def pause_if_too_late(edition: Edition, *, at: datetime) -> bool:
    """Only what has not begun: once somebody has it, the others get it too."""
    if edition.filled_to or edition.filled_at:
        return False
    is_late = edition.not_after is not None and at > edition.not_after
    return is_late and pause(edition, TOO_LATE.format(edition.not_after))


def pause_for_nobody(edition: Edition) -> bool:
    """An edition that reached nobody is not over: it is looked at again when it is resumed."""
    return _move(edition, {SENDING}, status=PAUSED, pause_reason=NOBODY, filled_at=None)


def pause(edition: Edition, reason: str) -> bool:
    """A reason may end with the words of a mail server, which are as long as it likes."""
    reason = Truncator(reason).chars(LONGEST_REASON)
    is_paused = _move(edition, {SCHEDULED, SENDING}, status=PAUSED, pause_reason=reason)
    if is_paused:
        SendingGate.objects.forget_queues()
    return is_paused


def was_paused_by_staff(edition: Edition) -> bool:
    """Then somebody knows already."""
    return edition.pause_reason.startswith((BY_STAFF, ENDED))


def resume(edition: Edition, *, at: datetime) -> bool:
    """From where it stopped. Whoever resumes has decided that it is not too late."""
    Edition.objects.filter(pk=edition.pk, status=PAUSED, not_after__lte=at).update(not_after=None)
    return _move(edition, {PAUSED}, pause_reason="", **_on_its_way(at))


def cancel(edition: Edition, *, at: datetime) -> bool:
    """For good. Letters on their way to the mail server at this moment may still arrive."""
    if not _move(edition, {DRAFT, SCHEDULED, SENDING, PAUSED}, status=CANCELLED, finished_at=at):
        return False
    waiting = Delivery.objects.filter(edition=edition, state=DeliveryState.QUEUED)
    waiting.move(DeliveryState.SKIPPED, closed_at=at, problem=WAS_CANCELLED)
    SendingGate.objects.forget_queues()
    return True


def send_again_to_failed(edition: Edition, *, at: datetime) -> int:
    """To those who were given up, and to nobody else. How many they are; none when it was cancelled."""
    may_go = Edition.objects.filter(status__in=[SENDING, PAUSED, FINISHED])
    failed = Delivery.objects.filter(edition__in=may_go.filter(pk=edition.pk), state=DeliveryState.FAILED)
    again = {"next_try_at": at, "tries": 0, "closed_at": None, "problem": "", "awaits_turn": False}
    count = failed.move(DeliveryState.QUEUED, **again)
    if count:
        _move(edition, {FINISHED}, finished_at=None, **_on_its_way(at))
    return count


def settle_cancelled(*, at: datetime) -> int:
    """End what came back into the queue of an edition after it was cancelled: a worker died, stopped or was put off."""
    cancelled = Edition.objects.filter(status=CANCELLED)
    late = Delivery.objects.filter(edition__in=cancelled, state=DeliveryState.QUEUED)
    return late.move(DeliveryState.SKIPPED, closed_at=at, problem=WAS_CANCELLED)


def change_rate(edition: Edition, *, per_minute: int) -> bool:
    """It holds from the next letter on."""
    return _move(edition, set(EditionStatus) - {FINISHED, CANCELLED}, rate_per_minute=per_minute)


def finish_if_done(edition: Edition, *, at: datetime) -> bool:
    if (
        edition.is_series_letter
        or edition.filled_at is None
        or Delivery.objects.open().filter(edition=edition).exists()
    ):
        return False
    return _move(edition, {SENDING}, status=FINISHED, finished_at=at)


def under_way(*, at: datetime) -> QuerySet[Edition]:
    """What a worker has to look at: editions until they are finished, letters of a series while one is due."""
    has_due = Exists(Delivery.objects.waiting(at).filter(edition=OuterRef("pk")))
    return Edition.objects.filter(Q(kind=EditionKind.EDITION) | has_due, status=SENDING).order_by("started_at", "pk")


def _on_its_way(at: datetime) -> dict[str, object]:
    return {"status": SENDING, "started_at": Coalesce(F("started_at"), at), "resumed_at": at}


def _move(edition: Edition, since: set[EditionStatus], **fields: object) -> bool:
    moved = Edition.objects.filter(pk=edition.pk, status__in=since).update(**fields) == 1
    edition.refresh_from_db()
    return moved
