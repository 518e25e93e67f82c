"""The breaker: nobody waits twice for a database that is away, and nobody has to say that it is back."""

import threading

import pytest

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
