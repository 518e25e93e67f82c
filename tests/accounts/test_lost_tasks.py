from datetime import UTC, datetime, timedelta

import pytest
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.work.lost_tasks import KEEP_FINISHED, LEASE, MOST_TRIES, forget_finished_tasks, renew, return_lost_tasks
from tests.accounts import chores

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def running_task(*, started_at: datetime, workers: int = 1) -> DBTaskResult:
    task = DBTaskResult.objects.get(pk=chores.sweep.enqueue().id)
    task.status, task.started_at = TaskResultStatus.RUNNING, started_at
    task.worker_ids = [f"worker {number}" for number in range(workers)]
    task.save()
    return task


def status_of(task: DBTaskResult) -> str:
    return DBTaskResult.objects.get(pk=task.pk).status


def test_a_task_whose_worker_died_goes_back_into_the_queue() -> None:
    lost = running_task(started_at=NOON - LEASE - timedelta(seconds=1))
    return_lost_tasks(at=NOON)
    assert status_of(lost) == TaskResultStatus.READY


def test_a_task_that_may_still_be_running_is_left_alone() -> None:
    running = running_task(started_at=NOON - LEASE + timedelta(seconds=1))
    return_lost_tasks(at=NOON)
    assert status_of(running) == TaskResultStatus.RUNNING


def test_a_task_that_outlived_too_many_workers_is_given_up() -> None:
    deadly = running_task(started_at=NOON - LEASE * 2, workers=MOST_TRIES)
    return_lost_tasks(at=NOON)
    assert status_of(deadly) == TaskResultStatus.FAILED


def test_finished_tasks_are_forgotten_after_a_week() -> None:
    old, young = (running_task(started_at=NOON) for _ in range(2))
    done = DBTaskResult.objects.filter(pk__in=[old.pk, young.pk])
    done.update(status=TaskResultStatus.SUCCESSFUL, finished_at=NOON)
    done.filter(pk=old.pk).update(finished_at=NOON - KEEP_FINISHED - timedelta(seconds=1))
    forget_finished_tasks(at=NOON)
    assert list(done) == [young]


def test_a_task_that_is_being_done_is_not_lost_however_long_it_takes() -> None:
    long = running_task(started_at=NOON - LEASE * 3)
    renew(long.pk, at=NOON - timedelta(seconds=10))
    return_lost_tasks(at=NOON)
    assert status_of(long) == TaskResultStatus.RUNNING


def test_a_task_that_is_over_is_held_by_nobody() -> None:
    over = running_task(started_at=NOON)
    DBTaskResult.objects.filter(pk=over.pk).update(status=TaskResultStatus.READY)
    renew(over.pk, at=NOON + timedelta(hours=1))
    over.refresh_from_db()
    assert over.started_at == NOON
