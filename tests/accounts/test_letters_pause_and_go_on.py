"""Whatever happens to an edition on its way, nobody gets it twice and nobody is skipped."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection

from accounts.letters import editions
from accounts.models import Edition, Subscriber
from accounts.sending.drain import drain
from accounts.sending.ledger import Gone
from tests.accounts.people import NOON
from tests.accounts.rounds import Clock, make_edition, make_subscribers, send_due, states
from tests.outbox import Outbox

pytestmark = pytest.mark.django_db

READERS = 40


@pytest.fixture
def edition() -> Edition:
    make_subscribers(READERS)
    return make_edition()


def send_until(outbox: Outbox, count: int, clock: Clock) -> None:
    drain("worker-1", clock=clock, goes_on=lambda: len(outbox.letters) < count)


def meanwhile(outbox: Outbox, count: int, act: Callable[[], object], clock: Clock) -> None:
    """The worker goes on as it was; somebody else does something once so many letters are out."""
    acted: list[object] = []

    def goes_on() -> bool:
        if len(outbox.letters) == count and not acted:
            acted.append(act())
        return True

    drain("worker-1", clock=clock, goes_on=goes_on)


def everybody_got_it_once(outbox: Outbox) -> bool:
    got = sorted(str(letter["To"]) for letter in outbox.letters)
    return got == sorted(Subscriber.objects.values_list("email", flat=True))


def test_pause_stops_before_the_next_letter(outbox: Outbox, edition: Edition) -> None:
    meanwhile(outbox, 7, lambda: editions.pause(edition, "A wrong date in it."), Clock())
    assert len(outbox.letters) == 7
    assert states(edition) == {"sent": 7, "queued": READERS - 7}


def test_resume_goes_on_from_there(outbox: Outbox, edition: Edition) -> None:
    clock = Clock()
    meanwhile(outbox, 7, lambda: editions.pause(edition, "A wrong date in it."), clock)
    clock.move(days=3)
    assert editions.resume(edition, at=clock())
    send_due(clock)
    assert everybody_got_it_once(outbox)
    edition.refresh_from_db()
    assert (edition.status, edition.pause_reason) == ("finished", "")


def test_a_change_of_rate_in_the_middle_repeats_and_skips_nobody(outbox: Outbox, edition: Edition) -> None:
    clock = Clock()
    send_until(outbox, 10, clock)
    editions.change_rate(edition, per_minute=60)
    for _ in range(10):
        send_due(clock)
        clock.move(seconds=1)
    assert 19 <= len(outbox.letters) <= 22
    editions.change_rate(edition, per_minute=0)
    send_due(clock)
    assert everybody_got_it_once(outbox)


def test_a_restart_in_the_middle_repeats_and_skips_nobody(outbox: Outbox, edition: Edition) -> None:
    clock = Clock()
    send_until(outbox, 13, clock)
    for worker in ("worker-2", "worker-3"):
        send_due(clock, worker=worker)
    assert everybody_got_it_once(outbox)


def test_what_a_dead_worker_had_claimed_is_sent_when_its_lease_lapses(
    outbox: Outbox, edition: Edition, settings: Any
) -> None:
    clock = Clock()
    with pytest.raises(KeyboardInterrupt):
        drain("worker-1", clock=clock, goes_on=dies_after(outbox, 5))
    send_due(clock, worker="worker-2")
    left = READERS - len(outbox.letters)
    assert left == states(edition)["claimed"] > 0
    clock.move(seconds=settings.MAIL_LEASE_SECONDS)
    send_due(clock, worker="worker-2")
    assert everybody_got_it_once(outbox)


def dies_after(outbox: Outbox, count: int) -> Callable[[], bool]:
    def goes_on() -> bool:
        if len(outbox.letters) == count:
            raise KeyboardInterrupt
        return True

    return goes_on


def test_a_cancelled_edition_sends_no_more_and_cannot_be_resumed(outbox: Outbox, edition: Edition) -> None:
    clock = Clock()
    meanwhile(outbox, 7, lambda: editions.cancel(edition, at=NOON), clock)
    send_due(clock)
    assert not editions.resume(edition, at=NOON)
    assert (len(outbox.letters), states(edition)) == (7, {"sent": 7, "skipped": READERS - 7})


def test_the_first_batch_goes_alone_and_the_rest_after_the_pause(outbox: Outbox, edition: Edition) -> None:
    clock = Clock()
    Edition.objects.update(first_batch=5)
    send_due(clock)
    clock.move(minutes=29)
    send_due(clock)
    assert len(outbox.letters) == 5
    clock.move(minutes=1)
    send_due(clock)
    assert everybody_got_it_once(outbox)


def test_a_scheduled_edition_waits_for_its_time(outbox: Outbox) -> None:
    make_subscribers(3)
    edition, clock = make_edition(status="draft"), Clock()
    clock.move(hours=2)
    editions.schedule(edition, send_at=clock(), not_after=None)
    send_due(Clock())
    assert outbox.letters == []
    send_due(clock)
    assert everybody_got_it_once(outbox)


def test_one_that_is_too_late_is_paused_with_the_reason(outbox: Outbox) -> None:
    make_subscribers(3)
    edition, clock = make_edition(status="draft"), Clock()
    editions.schedule(edition, send_at=NOON, not_after=NOON)
    clock.move(hours=1)
    send_due(clock)
    edition.refresh_from_db()
    assert (outbox.letters, edition.status) == ([], "paused")
    assert edition.pause_reason.startswith("It should have left by 02 November 2026, 12:00 UTC.")
    editions.resume(edition, at=clock())
    send_due(clock)
    assert everybody_got_it_once(outbox)


def test_two_editions_go_out_beside_each_other(outbox: Outbox, edition: Edition) -> None:
    """The second reaches those who choose it; whoever is getting the first that week waits for the next."""
    make_edition("second")
    send_due(Clock())
    assert everybody_got_it_once(outbox)


def test_the_rate_of_the_site_holds_for_all_workers_together(outbox: Outbox, edition: Edition, settings: Any) -> None:
    settings.MAIL_RATE_PER_MINUTE = 60
    clock = Clock()
    for _ in range(5):
        for worker in ("worker-1", "worker-2", "worker-3"):
            send_due(clock, worker=worker)
        clock.move(seconds=1)
    assert 5 <= len(outbox.letters) <= 6


def test_a_crowded_mail_domain_waits_and_the_others_do_not(outbox: Outbox, edition: Edition, settings: Any) -> None:
    settings.MAIL_DOMAIN_RATE_PER_MINUTE = 60
    Subscriber.objects.filter(email="reader35@example.org").update(email="alone@example.net")
    clock = Clock()
    send_due(clock)
    assert "alone@example.net" in [str(letter["To"]) for letter in outbox.letters]
    assert len(outbox.letters) < 5
    for _ in range(READERS + 1):
        send_due(clock)
        clock.move(seconds=1)
    assert everybody_got_it_once(outbox)


def test_what_went_while_the_database_was_away_is_said_when_it_is_back(outbox: Outbox, edition: Edition) -> None:
    """Whoever has it does not get it again when the lease lapses."""
    clock, gone, failed = Clock(), list[Gone](), list[str]()

    def away(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
        if "UPDATE accounts_delivery SET state" in sql and len(outbox.letters) == 7:
            failed.append(sql)
            raise OperationalError("The server closed the connection.")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(away), pytest.raises(OperationalError):
        drain("worker-1", clock=clock, goes_on=lambda: True, gone=gone)
    assert (len(gone), states(edition)["sent"]) == (1, 6)
    assert failed, "it was tried"
    clock.move(hours=1)
    drain("worker-1", clock=clock, goes_on=lambda: True, gone=gone)
    assert gone == []
    assert everybody_got_it_once(outbox)
