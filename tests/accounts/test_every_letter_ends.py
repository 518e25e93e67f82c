"""Whatever is done to an edition and its readers, each row of the ledger ends; a correction reaches who got nothing."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.letters import editions
from accounts.models import Delivery, DeliveryState, Edition, EditionStatus, Subscriber
from accounts.newsletter import subscriptions
from accounts.sending import ledger
from tests.accounts.people import NOON
from tests.accounts.rounds import Clock, make_edition, make_subscribers, send_due, states
from tests.outbox import Outbox

pytestmark = pytest.mark.django_db

READERS = 5
OPEN = ("queued", "claimed")
LEASES = {"minutes": 30}
SAME_DATABASE = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def a_worker_dies(edition: Edition, clock: Clock) -> None:
    """With two letters in its hands."""
    ledger.fill(edition, at=clock())
    ledger.claim(edition, "dead", 2, at=clock())


def a_worker_is_stopped(edition: Edition, clock: Clock) -> None:
    ledger.fill(edition, at=clock())
    ledger.release(ledger.claim(edition, "stopped", 2, at=clock()), "stopped")


def one_is_put_off(edition: Edition, clock: Clock) -> None:
    """The server says 451 while something else happens; the edition may be cancelled before the row is put back."""
    for row in ledger.claim(edition, "slow", 1, at=clock()):
        ledger.put_back(row, "slow", problem="Later.", next_try_at=clock(), tries=1)


def one_is_cancelled_while_it_is_put_off(edition: Edition, clock: Clock) -> None:
    rows = ledger.claim(edition, "slow", 1, at=clock())
    editions.cancel(edition, at=clock())
    for row in rows:
        ledger.put_back(row, "slow", problem="Later.", next_try_at=clock(), tries=1)


def one_is_sent(edition: Edition, clock: Clock) -> None:
    send_due(clock, most=3)


def somebody_moves(edition: Edition, clock: Clock) -> None:
    for person in Subscriber.objects.exclude(email__startswith="moved-").order_by("pk")[:1]:
        person.email = f"moved-{person.email}"
        person.save()


def somebody_is_erased(edition: Edition, clock: Clock) -> None:
    for person in Subscriber.objects.order_by("-pk")[:1]:
        person.delete()


def one_is_given_up(edition: Edition, clock: Clock) -> None:
    ledger.close(ledger.claim(edition, "slow", 1, at=clock()), "slow", DeliveryState.FAILED, problem="No.", at=clock())


def the_failed_get_it_again(edition: Edition, clock: Clock) -> None:
    editions.send_again_to_failed(edition, at=clock())


def somebody_leaves(edition: Edition, clock: Clock) -> None:
    for person in Subscriber.objects.active().order_by("-pk")[:1]:
        subscriptions.unsubscribe(person, at=clock())


def it_is_too_late_for_it(edition: Edition, clock: Clock) -> None:
    Edition.objects.filter(pk=edition.pk).update(not_after=clock())
    clock.move(minutes=1)


def it_is_paused(edition: Edition, clock: Clock) -> None:
    editions.pause(edition, "A wrong date in it.")


def it_is_resumed(edition: Edition, clock: Clock) -> None:
    editions.resume(edition, at=clock())


def it_is_cancelled(edition: Edition, clock: Clock) -> None:
    editions.cancel(edition, at=clock())


def leases_lapse(edition: Edition, clock: Clock) -> None:
    clock.move(**LEASES)
    ledger.return_lapsed(at=clock())


ACTS: list[Callable[[Edition, Clock], None]] = [
    a_worker_dies,
    a_worker_is_stopped,
    one_is_put_off,
    one_is_cancelled_while_it_is_put_off,
    one_is_sent,
    somebody_moves,
    somebody_is_erased,
    it_is_paused,
    it_is_resumed,
    it_is_cancelled,
    it_is_too_late_for_it,
    one_is_given_up,
    the_failed_get_it_again,
    somebody_leaves,
    leases_lapse,
]


def run_out(*those: Edition, clock: Clock) -> None:
    """Some hours of a worker that works, with whatever was paused resumed."""
    for _ in range(4):
        for each in those:
            each.refresh_from_db()
            editions.resume(each, at=clock())
        send_due(clock)
        clock.move(**LEASES)


def people_of(outbox: Outbox, subject: str) -> Counter[str]:
    got = [str(letter["To"]).removeprefix("moved-") for letter in outbox.letters if subject in str(letter["Subject"])]
    return Counter(got)


@SAME_DATABASE
@given(acts=st.lists(st.sampled_from(ACTS), max_size=6))
def test_every_row_ends_and_the_correction_reaches_who_got_nothing(
    outbox: Outbox, acts: list[Callable[[Edition, Clock], None]]
) -> None:
    Edition.objects.all().delete()
    Subscriber.objects.all().delete()
    outbox.letters.clear()
    make_subscribers(READERS)
    edition, clock = make_edition(), Clock()
    for act in acts:
        edition.refresh_from_db()
        act(edition, clock)
    run_out(edition, clock=clock)
    assert set(states(edition)) & set(OPEN) == set()
    correction = make_edition("correction", subject="What was wrong", started_at=clock(), resumed_at=clock())
    run_out(correction, clock=clock)
    got = people_of(outbox, "A calmer back")
    assert people_of(outbox, "What was wrong") == Counter({each: 1 for each in willing() if each not in got})
    assert set(got.values()) <= {1}


def willing() -> list[str]:
    return [each.removeprefix("moved-") for each in Subscriber.objects.active().values_list("email", flat=True)]


def test_a_correction_waits_for_the_lease_of_a_dead_worker(outbox: Outbox) -> None:
    make_subscribers(READERS)
    edition, clock = make_edition(), Clock()
    a_worker_dies(edition, clock)
    editions.cancel(edition, at=clock())
    correction = make_edition("correction", subject="What was wrong")
    send_due(clock)
    assert outbox.letters == []
    clock.move(**LEASES)
    send_due(clock)
    assert len(outbox.letters) == READERS
    correction.refresh_from_db()
    assert correction.status == EditionStatus.FINISHED


def test_whoever_moved_while_their_letter_was_claimed_gets_it_at_the_new_address(outbox: Outbox) -> None:
    make_subscribers(2)
    edition, clock = make_edition(), Clock()

    def moving_meanwhile() -> datetime:
        if Delivery.objects.filter(state="claimed").exists():
            somebody_moves(edition, clock)
        return clock()

    send_due(moving_meanwhile)
    send_due(clock)
    assert sorted(str(letter["To"]) for letter in outbox.letters) == sorted(
        Subscriber.objects.values_list("email", flat=True)
    )
    assert any(str(letter["To"]).startswith("moved-") for letter in outbox.letters)


def test_what_has_begun_is_not_paused_for_being_late(outbox: Outbox) -> None:
    make_subscribers(READERS)
    edition, clock = make_edition(not_after=NOON), Clock()
    send_due(clock, most=3)
    clock.move(hours=1)
    send_due(clock)
    edition.refresh_from_db()
    assert (edition.status, len(outbox.letters)) == (EditionStatus.FINISHED, READERS)
