"""A series on its way to each reader in their own time."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet

from accounts.letters import editions, occasions
from accounts.models import Delivery, EditionKind, Occasion, Series, SeriesLetter, Subscriber
from accounts.newsletter import subscriptions
from accounts.sending import series
from tests.accounts.people import NOON, make_subscriber
from tests.accounts.rounds import Clock, make_edition, send_due
from tests.outbox import Outbox

pytestmark = pytest.mark.django_db


def make_series(*days: int, when: str = Occasion.AFTER_CONFIRMATION) -> Series:
    made = Series.objects.create(slug=f"series-{when}", title="Welcome")
    for position, wait in enumerate(days, start=1):
        slug = f"{when}-{position}".replace("_", "-")
        edition = make_edition(slug, status="draft", kind=EditionKind.SERIES, subject=f"Letter {position}")
        SeriesLetter.objects.create(series=made, edition=edition, position=position, days=wait, when=when)
    series.begin(made, at=NOON)
    return made


def live(clock: Clock, days: int) -> None:
    """Each day the worker looks twice."""
    for _ in range(days):
        for _ in range(2):
            series.put_in_due(at=clock())
            send_due(clock)
        clock.move(days=1)


def subjects(outbox: Outbox) -> list[str]:
    return [str(letter["Subject"]) for letter in outbox.letters]


def test_letters_come_in_order_each_in_its_time_and_once(outbox: Outbox) -> None:
    make_series(0, 2, 3)
    make_subscriber()
    clock = Clock()
    live(clock, 1)
    assert subjects(outbox) == ["Letter 1"]
    live(clock, 2)
    assert subjects(outbox) == ["Letter 1", "Letter 2"]
    live(clock, 20)
    assert subjects(outbox) == ["Letter 1", "Letter 2", "Letter 3"]


def test_who_confirmed_before_it_began_is_not_in_it(outbox: Outbox) -> None:
    make_subscriber(confirmed_at=NOON.replace(year=2025))
    make_series(0)
    live(Clock(), 3)
    assert outbox.letters == []


def test_it_stops_with_the_letters_and_goes_on_where_it_was(outbox: Outbox) -> None:
    make_series(0, 1, 1)
    subscriber = make_subscriber()
    clock = Clock()
    live(clock, 1)
    subscriptions.unsubscribe(subscriber, at=clock())
    live(clock, 5)
    assert subjects(outbox) == ["Letter 1"]
    Subscriber.objects.update(status="active", confirmed_at=clock())
    live(clock, 5)
    assert subjects(outbox) == ["Letter 1", "Letter 2", "Letter 3"]


def with_a_letter_that_waits(clock: Clock) -> Subscriber:
    """It is their turn, the second letter is in the ledger, and no worker has looked since."""
    make_series(0, 2)
    walter = make_subscriber()
    live(clock, 2)
    series.put_in_due(at=clock())
    assert Delivery.objects.filter(state="queued").count() == 1
    return walter


def rest(person: Subscriber, clock: Clock, *, days: int) -> None:
    until = (clock() + timedelta(days=days)).date() if days else None
    Subscriber.objects.filter(pk=person.pk).update(paused_until=until)


def test_a_break_while_a_letter_waits_loses_no_letter(outbox: Outbox) -> None:
    clock = Clock()
    rest(with_a_letter_that_waits(clock), clock, days=5)
    live(clock, 5)
    assert subjects(outbox) == ["Letter 1"]
    live(clock, 1)
    assert subjects(outbox) == ["Letter 1", "Letter 2"]


def test_a_break_that_is_ended_early_brings_the_letter_within_a_day(outbox: Outbox) -> None:
    clock = Clock()
    walter = with_a_letter_that_waits(clock)
    rest(walter, clock, days=60)
    live(clock, 3)
    rest(walter, clock, days=0)
    live(clock, 2)
    assert subjects(outbox) == ["Letter 1", "Letter 2"]


def test_who_stops_during_a_break_gets_nothing_after_it(outbox: Outbox) -> None:
    clock = Clock()
    walter = with_a_letter_that_waits(clock)
    rest(walter, clock, days=3)
    live(clock, 1)
    subscriptions.unsubscribe(walter, at=clock())
    live(clock, 5)
    assert subjects(outbox) == ["Letter 1"]
    assert Delivery.objects.filter(state="skipped").count() == 1


def test_a_letter_that_could_not_be_delivered_ends_it(outbox: Outbox) -> None:
    make_series(0, 1)
    make_subscriber()
    clock = Clock()
    live(clock, 1)
    QuerySet(Delivery).update(state="failed")
    live(clock, 5)
    assert subjects(outbox) == ["Letter 1"]


def test_an_ended_series_sends_nothing_and_can_begin_again(outbox: Outbox) -> None:
    made = make_series(0, 1)
    make_subscriber()
    clock = Clock()
    live(clock, 1)
    series.end(made)
    live(clock, 5)
    assert subjects(outbox) == ["Letter 1"]


def test_a_letter_of_an_occasion_waits_for_it(outbox: Outbox, monkeypatch: Any) -> None:
    make_series(2, when=Occasion.AWAY)
    make_subscriber("walter@example.org")
    make_subscriber("nadia@example.org")
    clock = Clock()
    live(clock, 1)
    assert outbox.letters == [], "nobody has said yet how to tell"
    finder = lambda people, at, lesson: people.filter(email="nadia@example.org")  # noqa: E731
    monkeypatch.setitem(occasions._finders, Occasion.AWAY, finder)
    live(clock, 5)
    assert [str(letter["To"]) for letter in outbox.letters] == ["nadia@example.org"]


def test_a_letter_of_a_series_is_never_finished(outbox: Outbox) -> None:
    made = make_series(0)
    make_subscriber()
    live(Clock(), 2)
    letter = made.letters.get().edition
    assert (letter.status, editions.finish_if_done(letter, at=NOON)) == ("sending", False)
