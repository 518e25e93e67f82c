"""What each worker does with letters, over and over: start what is due, fill the ledger, send a few, look again.

Nothing is kept in memory but those few rows and the encoded letter, whatever the length of the list.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.db import connection

from accounts.letters import editions
from accounts.mail.sender import Sender
from accounts.models import MAIL_SERVER, Edition
from accounts.sending import gates, ledger
from accounts.sending.batch import Shift, send_all
from accounts.sending.ledger import Claimed, Gone

BATCH = 200


def drain(
    worker: str, *, clock: Callable[[], datetime], goes_on: Callable[[], bool], gone: list[Gone] | None = None
) -> bool:
    """Work until nothing is due or `goes_on` says no. True when there may be more to do at once.

    `gone` outlives the call: letters that could not be marked as sent, as the database was away.
    """
    gone = [] if gone is None else gone
    if gone:
        with connection.cursor() as cursor:
            ledger.say_what_went(gone, cursor)
    editions.start_due(at=clock())
    ledger.return_lapsed(at=clock())
    editions.settle_cancelled(at=clock())
    with Sender() as sender:
        shift = Shift(worker=worker, clock=clock, goes_on=goes_on, sender=sender, gone=gone)
        while goes_on():
            if not [edition for edition in editions.under_way(at=clock()) if serve(shift, edition)]:
                return False
    return True


def serve(shift: Shift, edition: Edition) -> bool:
    """One batch of one edition. False when it has nothing to do for now."""
    at = shift.clock()
    if editions.pause_if_too_late(edition, at=at):
        return False
    is_filled = ledger.fill(edition, at=at)
    rows = _claim(shift, edition, at=at)
    if rows:
        send_all(shift, edition, rows)
    elif not is_filled:
        editions.finish_if_done(edition, at=at)
    return is_filled or bool(rows)


def _claim(shift: Shift, edition: Edition, *, at: datetime) -> list[Claimed]:
    """As many as are due, as the rates allow, and as fit into a batch."""
    if not gates.is_mail_server_open(at=at):
        return []
    is_limited = edition.rate_per_minute or settings.MAIL_RATE_PER_MINUTE
    wanted = ledger.due_count(edition, BATCH, at=at) if is_limited else BATCH
    wanted = gates.take_turns(gates.of_edition(edition), wanted, per_minute=edition.rate_per_minute, at=at)
    wanted = gates.take_turns(MAIL_SERVER, wanted, per_minute=settings.MAIL_RATE_PER_MINUTE, at=at)
    return ledger.claim(edition, shift.worker, wanted, at=at) if wanted else []
