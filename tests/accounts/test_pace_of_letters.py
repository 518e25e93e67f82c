"""Rates, waits and the breaker: the bare rules."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.core.sending.backoff import LONGEST_CLOSED, PAUSES, closed_for, pause_after
from accounts.core.sending.breaker import reason_to_stop
from accounts.core.sending.throttle import BURST, queue, take
from tests.accounts.people import NOON


@given(
    per_minute=st.integers(1, 100_000),
    asks=st.lists(st.tuples(st.integers(0, 30_000), st.integers(1, 100)), min_size=1, max_size=40),
)
def test_no_more_turns_are_given_than_the_rate_allows(per_minute: int, asks: list[tuple[int, int]]) -> None:
    at, next_at, given_out = NOON, None, 0
    for wait, wanted in asks:
        at += timedelta(milliseconds=wait)
        taken, next_at = take(next_at, wanted, per_minute=per_minute, at=at)
        given_out += taken
    longest = at - NOON + BURST
    assert given_out <= longest / timedelta(minutes=1) * per_minute + 1


def test_turns_that_are_waited_for_are_given_in_time() -> None:
    next_at: datetime | None = None
    given_out = 0
    for second in range(60):
        taken, next_at = take(next_at, 100, per_minute=120, at=NOON + timedelta(seconds=second))
        given_out += taken
    assert 120 <= given_out <= 123


def test_without_a_rate_there_is_no_limit() -> None:
    assert take(None, 1000, per_minute=0, at=NOON) == (1000, None)


def test_those_who_wait_come_behind_those_who_wait_already() -> None:
    second = timedelta(seconds=1)
    times, until = queue(NOON, None, 3, per_minute=60, at=NOON)
    assert (times, until) == ([NOON, NOON + second, NOON + 2 * second], NOON + 3 * second)
    times, until = queue(NOON, until, 1, per_minute=60, at=NOON)
    assert (times, until) == ([NOON + 3 * second], NOON + 4 * second)


def test_a_queue_that_is_over_holds_nobody_up() -> None:
    times, _ = queue(NOON, NOON - timedelta(hours=1), 1, per_minute=60, at=NOON)
    assert times == [NOON]


def test_pauses_grow_and_end() -> None:
    assert [pause_after(tries) for tries in range(1, len(PAUSES) + 1)] == sorted(PAUSES)
    assert pause_after(len(PAUSES) + 1) is None


@pytest.mark.parametrize(("failures", "seconds"), [(1, 1), (2, 2), (5, 16), (1000, 300)])
def test_a_mail_server_that_is_away_is_tried_less_and_less(failures: int, seconds: int) -> None:
    assert closed_for(failures) == timedelta(seconds=seconds) <= LONGEST_CLOSED


@pytest.mark.parametrize(("sent", "failed", "stops"), [(0, 9, False), (0, 10, True), (90, 10, False), (89, 11, True)])
def test_ten_refusals_and_more_than_one_in_ten_stop_an_edition(sent: int, failed: int, stops: bool) -> None:  # noqa: FBT001
    assert bool(reason_to_stop(sent=sent, failed=failed, problem="No.")) == stops
