"""The pace of mail and the state of the mail server, as all workers share them: rows of SendingGate.

Turns are taken by a conditional update on the row as it was read, so that no turn is given twice.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from accounts.core.sending import throttle
from accounts.core.sending.backoff import closed_for
from accounts.models import MAIL_SERVER, RETURNED_MAIL, Edition, SendingGate
from accounts.work.slices import GoesOn, delete_in_batches, for_ever

DOMAINS_KEPT = timedelta(days=1)


def of_edition(edition: Edition) -> str:
    return f"edition:{edition.pk}"


def of_domain(address: str) -> str:
    return f"domain:{address.rpartition('@')[2]}"


def take_turns(name: str, wanted: int, *, per_minute: int, at: datetime) -> int:
    """How many of the letters wanted may leave now."""
    if not per_minute or not wanted:
        return wanted
    return _move_on(name, lambda next_at: throttle.take(next_at, wanted, per_minute=per_minute, at=at))


def turns_of(name: str, wanted: int, *, per_minute: int, at: datetime) -> tuple[int, list[datetime]]:
    """How many of the letters wanted may leave now, and about when each of the others may."""
    taken = take_turns(name, wanted, per_minute=per_minute, at=at)
    return taken, _queue(name, wanted - taken, per_minute=per_minute, at=at) if taken < wanted else []


def _queue(name: str, waiting: int, *, per_minute: int, at: datetime) -> list[datetime]:
    while True:
        gate = SendingGate.objects.get(name=name)
        times, until = throttle.queue(gate.next_at, gate.queue_until, waiting, per_minute=per_minute, at=at)
        if SendingGate.objects.filter(pk=gate.pk, queue_until=gate.queue_until).update(queue_until=until):
            return times


def _move_on(name: str, decide: Callable[[datetime | None], tuple[int, datetime | None]]) -> int:
    while True:
        gate, _ = SendingGate.objects.get_or_create(name=name)
        turns, next_at = decide(gate.next_at)
        as_read = SendingGate.objects.filter(pk=gate.pk, next_at=gate.next_at)
        if next_at == gate.next_at or as_read.update(next_at=next_at):
            return turns


def is_mail_server_open(*, at: datetime) -> bool:
    return not SendingGate.objects.filter(name=MAIL_SERVER, closed_until__gt=at).exists()


def close_mail_server(problem: str, *, at: datetime) -> None:
    gate, _ = SendingGate.objects.get_or_create(name=MAIL_SERVER)
    # Another worker that found the same at the same time has said so already.
    if gate.closed_until is None or gate.closed_until <= at:
        gate.failures += 1
        gate.failing_since = gate.failing_since or at
        gate.closed_until, gate.problem = at + closed_for(gate.failures), problem
        gate.save(update_fields=["failures", "failing_since", "closed_until", "problem"])


def mail_server_works() -> None:
    failing = SendingGate.objects.filter(name=MAIL_SERVER, failures__gt=0)
    failing.update(failures=0, failing_since=None, closed_until=None, problem="")


def returned_mail_is_away(problem: str, *, at: datetime) -> None:
    gate, _ = SendingGate.objects.get_or_create(name=RETURNED_MAIL)
    gate.failures, gate.failing_since, gate.problem = gate.failures + 1, gate.failing_since or at, problem
    gate.save(update_fields=["failures", "failing_since", "problem"])


def returned_mail_works() -> None:
    SendingGate.objects.filter(name=RETURNED_MAIL, failures__gt=0).update(failures=0, failing_since=None, problem="")


def forget_domains(*, at: datetime, goes_on: GoesOn = for_ever) -> None:
    delete_in_batches(SendingGate.objects.filter(name__startswith="domain:", next_at__lt=at - DOMAINS_KEPT), goes_on)
