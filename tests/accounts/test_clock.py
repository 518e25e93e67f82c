from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from accounts.work import clock
from tests.accounts import chores

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SWEEPING: clock.Schedule = [(chores.sweep, MINUTE)]


def test_a_new_task_is_due_at_once() -> None:
    clock.wind_up(SWEEPING, at=NOON)
    assert clock.tick(SWEEPING, at=NOON) == ["tests.accounts.chores.sweep"]
    assert DBTaskResult.objects.ready().count() == 1


def test_a_task_is_due_once_in_its_period() -> None:
    clock.wind_up(SWEEPING, at=NOON)
    moments = [NOON + timedelta(seconds=second) for second in (0, 1, 30, 59, 60, 61, 119, 120)]
    assert [len(clock.tick(SWEEPING, at=moment)) for moment in moments] == [1, 0, 0, 0, 1, 0, 0, 1]


def test_a_worker_that_looked_first_but_came_second_enqueues_nothing() -> None:
    clock.wind_up(SWEEPING, at=NOON)
    clock.tick(SWEEPING, at=NOON)
    assert not clock._enqueue(chores.sweep, MINUTE, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_that_look_at_once_one_enqueues() -> None:
    clock.wind_up(SWEEPING, at=NOON)
    with ThreadPoolExecutor(8) as workers:
        found = list(workers.map(lambda _: look_at_the_clock(), range(16)))
    assert sum(found) == 1
    assert DBTaskResult.objects.count() == 1


def look_at_the_clock() -> int:
    try:
        return len(clock.tick(SWEEPING, at=NOON))
    finally:
        connection.close()


def test_periods_missed_while_no_worker_ran_are_not_made_up_for() -> None:
    clock.wind_up(SWEEPING, at=NOON)
    clock.tick(SWEEPING, at=NOON)
    a_week_later = NOON + timedelta(days=7, seconds=20)
    assert len(clock.tick(SWEEPING, at=a_week_later)) == 1
    assert clock.tick(SWEEPING, at=a_week_later + timedelta(seconds=39)) == []
    assert len(clock.tick(SWEEPING, at=a_week_later + timedelta(seconds=40))) == 1


def test_winding_up_again_moves_nothing() -> None:
    clock.wind_up(SWEEPING, at=NOON)
    clock.tick(SWEEPING, at=NOON)
    clock.wind_up(SWEEPING, at=NOON + timedelta(seconds=5))
    assert clock.tick(SWEEPING, at=NOON + timedelta(seconds=5)) == []


def test_a_day_begins_at_midnight_utc() -> None:
    assert clock.next_beginning(NOON, timedelta(days=1)) == datetime(2026, 3, 2, tzinfo=UTC)


def test_a_beginning_belongs_to_the_period_it_begins() -> None:
    assert clock.next_beginning(NOON, MINUTE) == NOON + MINUTE


def test_every_listed_task_can_be_called_without_arguments() -> None:
    """The clock has none to give."""
    for task, every in clock.schedule():
        needed = task.func.__code__.co_argcount - len(task.func.__defaults__ or ())
        assert needed == 0, task.module_path
        assert every >= MINUTE, task.module_path


def test_none_queues_up_behind_one_that_still_waits() -> None:
    clock.wind_up(SWEEPING, at=NOON)
    clock.tick(SWEEPING, at=NOON)
    clock.tick(SWEEPING, at=NOON + MINUTE)
    assert DBTaskResult.objects.count() == 1
