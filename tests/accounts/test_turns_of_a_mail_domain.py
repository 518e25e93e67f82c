"""A mail domain gets its letters at its rate, whatever was paused or cancelled before; staff see who waits for it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from accounts.letters import editions
from accounts.models import SendingGate
from accounts.readers.waiting import queues_of
from tests.accounts.people import NOON, make_subscriber, make_user
from tests.accounts.rounds import Clock, make_edition, make_subscribers, send_due, states
from tests.outbox import Outbox

pytestmark = pytest.mark.django_db

READERS = 80
SECONDS = 10


@pytest.fixture(autouse=True)
def one_a_second(settings: Any) -> None:
    settings.MAIL_DOMAIN_RATE_PER_MINUTE = 60


def work(clock: Clock, seconds: int) -> None:
    """A worker looks once a second, as it does between two looks into an empty queue."""
    for _ in range(seconds):
        send_due(clock)
        clock.move(seconds=1)


def test_after_a_pause_no_more_go_than_the_rate_allows(outbox: Outbox) -> None:
    make_subscribers(READERS)
    edition, clock = make_edition(), Clock()
    work(clock, 3)
    editions.pause(edition, "To look at it.")
    clock.move(hours=1)
    editions.resume(edition, at=clock())
    before = len(outbox.letters)
    work(clock, SECONDS)
    assert SECONDS <= len(outbox.letters) - before <= SECONDS + 2


@pytest.mark.parametrize("end", ["cancel", "pause"])
def test_those_that_were_stopped_hold_up_nobody(outbox: Outbox, end: str) -> None:
    make_subscribers(READERS)
    edition, clock = make_edition(), Clock()
    work(clock, 1)
    editions.cancel(edition, at=clock()) if end == "cancel" else editions.pause(edition, "To look.")
    make_subscriber("new@example.org")
    make_edition("next", is_correction=True)
    before = len(outbox.letters)
    work(clock, SECONDS)
    assert SECONDS <= len(outbox.letters) - before <= SECONDS + 2


def test_at_its_rate_everybody_gets_it_and_other_domains_do_not_wait(outbox: Outbox) -> None:
    make_subscribers(READERS)
    make_subscriber("alone@example.net")
    edition, clock = make_edition(), Clock()
    work(clock, 1)
    assert "alone@example.net" in [str(letter["To"]) for letter in outbox.letters]
    work(clock, READERS + 5)
    assert states(edition) == {"sent": READERS + 1}


def test_letters_that_wait_are_not_looked_at_over_and_over(outbox: Outbox, django_assert_max_num_queries: Any) -> None:
    make_subscribers(READERS)
    make_edition()
    clock = Clock()
    work(clock, 2)
    with django_assert_max_num_queries(50):
        send_due(clock)


def test_staff_see_for_whose_turn_letters_wait_and_for_how_long(outbox: Outbox, client: Client) -> None:
    make_subscribers(READERS)
    edition, clock = make_edition(), Clock()
    work(clock, 1)
    [queue] = queues_of(edition, at=clock())
    assert (queue.domain, queue.letters) == ("example.org", READERS - 2)
    assert queue.until - NOON == timedelta(seconds=READERS - 2)
    client.force_login(make_user("editor@example.org", is_staff=True, is_superuser=True))
    page = client.get(f"/admin/accounts/edition/{edition.pk}/change/").content.decode()
    assert f"{READERS - 2} letters wait for the turn of example.org, about " in page


def test_no_turn_is_given_ahead(outbox: Outbox) -> None:
    make_subscribers(READERS)
    make_edition()
    send_due(Clock())
    gate = SendingGate.objects.get(name="domain:example.org")
    assert gate.next_at and gate.next_at <= NOON + timedelta(seconds=1)
