"""The breaker: nobody waits twice for a database that is away, and nobody has to say that it is back."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from config.machine.postgresql import away
from config.machine.postgresql.away import Breaker
from tests.processes import wait_until


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(away, "LOOKS_EVERY", 0.01)


def test_it_is_open_until_the_database_answers_again() -> None:
    breaker, is_back, then = Breaker(), threading.Event(), threading.Event()

    def look() -> None:
        if not is_back.is_set():
            raise ConnectionError("nobody there")

    breaker.open(look, then.set)
    wait_until(lambda: breaker.times_opened == 1)
    assert breaker.is_open
    assert not then.is_set()
    is_back.set()
    wait_until(lambda: not breaker.is_open)
    assert then.is_set()


def test_a_false_alarm_is_over_at_once_and_lets_the_pool_be() -> None:
    breaker, then = Breaker(), threading.Event()
    breaker.open(lambda: None, then.set)
    wait_until(lambda: not breaker.is_open)
    assert (breaker.times_opened, then.is_set()) == (0, False)


def test_however_many_fail_one_looks() -> None:
    breaker, may_end, looks = Breaker(), threading.Event(), []

    def look() -> None:
        looks.append(threading.get_ident())
        may_end.wait(5)

    for _ in range(50):
        breaker.open(look, lambda: None)
    wait_until(lambda: bool(looks))
    may_end.set()
    wait_until(lambda: not breaker.is_open)
    assert len(looks) == 1


def test_who_comes_during_the_first_look_waits_for_it_and_no_longer() -> None:
    breaker, may_answer = Breaker(), threading.Event()
    breaker.open(lambda: may_answer.wait(5) and None, lambda: None)
    assert not breaker.settles(0.01)
    may_answer.set()
    assert breaker.settles(5)


def test_once_it_is_known_to_be_away_nobody_waits() -> None:
    breaker, is_back = Breaker(), threading.Event()

    def look() -> None:
        if not is_back.is_set():
            raise ConnectionError("nobody there")

    breaker.open(look, lambda: None)
    wait_until(lambda: breaker.times_opened == 1)
    assert not breaker.settles(60)
    is_back.set()
    wait_until(lambda: not breaker.is_open)


@pytest.mark.django_db(transaction=True)
def test_more_threads_than_connections_stand_in_line() -> None:
    """Each holds its connection for longer than one waits for one: whoever comes late is served late, not refused."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no pool")

    def hold(_place: int) -> int:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.4), 1")
                return int(cursor.fetchone()[1])
        finally:
            connection.close()

    with ThreadPoolExecutor(30) as threads:
        assert sum(threads.map(hold, range(30))) == 30
