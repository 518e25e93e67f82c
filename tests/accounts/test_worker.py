import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from subprocess import Popen

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from accounts.management.commands.worker import Command
from accounts.models import PeriodicRun
from tests.accounts import chores
from tests.processes import read_to_end, start, wait_for_line, wait_until

LONGEST_STOP = 120


@contextmanager
def a_worker() -> Iterator[Popen[str]]:
    process = start("worker", "--interval", "0.1")
    try:
        wait_for_line(process, "is running")
        yield process
    finally:
        process.kill()
        process.wait()


def status_of(task_id: str) -> str:
    return DBTaskResult.objects.get(pk=task_id).status


@pytest.mark.django_db(transaction=True)
def test_one_round_does_what_is_due_now() -> None:
    chores.done.clear()
    chores.sweep.enqueue()
    call_command("worker", "--once")
    assert chores.done == ["sweep"]


@pytest.mark.django_db(transaction=True)
def test_a_task_that_fails_does_not_stop_the_others() -> None:
    chores.done.clear()
    failed = chores.fail.enqueue()
    chores.sweep.enqueue()
    call_command("worker", "--once")
    assert status_of(failed.id) == TaskResultStatus.FAILED
    assert chores.done == ["sweep"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("told_by", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_told_to_stop_stops_without_a_fault(told_by: signal.Signals) -> None:
    with a_worker() as process:
        process.send_signal(told_by)
        assert "has stopped" in read_to_end(process)
        assert process.returncode == 0


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_told_to_stop_finishes_the_task_at_hand(tmp_path: Path) -> None:
    may_end = tmp_path / "may end"
    slow = chores.dawdle.enqueue(str(may_end))
    with a_worker() as process:
        wait_until(lambda: status_of(slow.id) == TaskResultStatus.RUNNING)
        process.send_signal(signal.SIGTERM)
        may_end.touch()
        assert process.wait(LONGEST_STOP) == 0
    assert status_of(slow.id) == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db
def test_a_worker_before_the_migrations_waits_and_says_so(caplog: pytest.LogCaptureFixture) -> None:
    MigrationRecorder(connection).record_unapplied("accounts", "0002_periodic_run")
    PeriodicRun.objects.all().delete()
    call_command("worker", "--once")
    assert 'Waiting for "manage.py migrate"' in caplog.text
    assert not PeriodicRun.objects.exists()


def remind(worker: str, *, clock: Callable[[], datetime], goes_on: Callable[[], bool]) -> bool:
    chores.done.append("reminders")
    return False


@pytest.mark.django_db(transaction=True)
def test_letters_and_reminders_have_their_turn_while_a_task_goes_on_slice_after_slice() -> None:
    chores.done.clear()
    chores.go_on.enqueue()
    command = Command()
    command.name, command.longest_batch, command.is_stopping = "one", 0.0, threading.Event()
    command.mail, command.gone = None, []
    assert command.wind_up()
    PeriodicRun.objects.all().delete()
    command.batches = [remind]
    assert command.round() and command.round()
    assert chores.done == ["slice", "reminders", "slice", "reminders"]
