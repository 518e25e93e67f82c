"""Letters and mail in a restored database: it knows neither what left after it was saved nor who stopped letters since.

Nothing of it leaves by itself. Editions and series are paused, for somebody to look; mail that was due is closed, with
the codes and links in it; letters that were due count as those that may have arrived, which nobody sends again.
"""

from collections.abc import Iterator
from datetime import datetime

from accounts.letters import editions
from accounts.mail import outgoing
from accounts.models import Delivery, DeliveryState, Edition, EditionKind, EditionStatus, SendingGate

REASON = (
    "Paused by a restore of the backup of {:%d %B %Y, %H:%M} UTC. What left since then is not in it, nor who stopped "
    "the letters: look who had this one before you resume it."
)
MAY_HAVE_LEFT = "A backup was put in: it may have left before."


def settle(*, made_at: datetime, at: datetime) -> Iterator[str]:
    """Each sentence says what to look at before the site starts, or before letters are resumed."""
    paused = sum(editions.pause(each, REASON.format(made_at)) for each in _under_way(at))
    letters = _close_due(at)
    mails = outgoing.close_due(MAY_HAVE_LEFT, at=at)
    SendingGate.objects.forget_queues()
    if paused:
        yield f"{paused} editions and letters of series are paused: somebody may have had them since it was made."
    if letters:
        yield f"{letters} letters that were due count as sent, as they may have arrived."
    if mails:
        yield f"{mails} mails that were due were not sent: they may have left before."
    yield f"Whoever stopped the letters after {made_at:%d %B %Y, %H:%M} UTC gets them again once you resume them."


def _close_due(at: datetime) -> int:
    """Held as a worker holds them, and then ended: a series goes on after what was left out of it, and would end for
    whom nobody knows whether they had it."""
    Delivery.objects.waiting(at).move(DeliveryState.CLAIMED, lease_until=at)
    held = Delivery.objects.filter(state=DeliveryState.CLAIMED)
    ended = {"claimed_by": "", "lease_until": None, "awaits_turn": False, "closed_at": at, "problem": MAY_HAVE_LEFT}
    of_series = held.filter(edition__kind=EditionKind.SERIES).move(DeliveryState.SKIPPED, **ended)
    return of_series + held.move(DeliveryState.UNSURE, **ended)


def _under_way(at: datetime) -> Iterator[Edition]:
    """What is to leave later can still be looked at before: it stays as it is planned."""
    running = Edition.objects.filter(status=EditionStatus.SENDING)
    planned = Edition.objects.filter(status=EditionStatus.SCHEDULED, send_at__lte=at, kind=EditionKind.EDITION)
    yield from running
    yield from planned
