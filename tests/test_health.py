from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import PeriodicRun
from accounts.work import clock
from config.pages import health
from config.pages.health import LATE_SECONDS, WORKER_SECONDS
from config.version import VERSION
from tests.accounts import chores


def test_a_process_that_answers_is_healthy_without_asking_the_database(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["10.0.0.7:8000", "web", "[fd00::7]", "a-container_with.odd-name", ""])
@pytest.mark.parametrize("probe", ["/healthz", "/readyz"])
def test_a_probe_is_answered_by_whatever_name_it_comes(client: Client, name: str, probe: str) -> None:
    assert client.get(probe, headers={"host": name}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/help-now/", "/healthz/", "/accounts/login/"])
def test_no_other_page_is_answered_by_a_name_that_is_not_the_sites(client: Client, path: str) -> None:
    assert client.get(path, headers={"host": "10.0.0.7:8000"}).status_code == 400


@pytest.mark.django_db
def test_a_site_that_can_serve_is_ready(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "version": VERSION,
        "database": "ok",
        "migrations": "ok",
        "writes": "ok",
        "disk": "ok",
        "worker": "missing",
        "queue": "ok",
        "oldest_task_seconds": 0,
    }


@pytest.mark.django_db
def test_a_site_with_a_migration_to_come_is_not_ready(client: Client) -> None:
    MigrationRecorder(connection).record_unapplied("accounts", "0002_periodic_run")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, "missing")


@pytest.mark.django_db
def test_a_site_without_its_database_is_not_ready(client: Client) -> None:
    def fail(*statement: object) -> None:
        raise OperationalError("the database is away")

    with connection.execute_wrapper(fail):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")


@pytest.mark.django_db
def test_a_late_queue_is_told_and_turns_nobody_away(client: Client) -> None:
    task = chores.sweep.enqueue()
    asked_at = timezone.now() - timedelta(seconds=LATE_SECONDS + 60)
    DBTaskResult.objects.filter(pk=task.id).update(enqueued_at=asked_at)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["queue"]) == (200, "late")


@pytest.mark.django_db
def test_a_task_that_is_not_due_yet_does_not_make_the_queue_late(client: Client) -> None:
    chores.sweep.using(run_after=timezone.now() + timedelta(days=1)).enqueue()
    assert client.get("/readyz").json()["oldest_task_seconds"] == 0


@pytest.fixture(autouse=True)
def a_trial_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "trial", health.Trial())


@pytest.mark.django_db
def test_writes_that_fail_are_told_and_send_visitors_elsewhere(client: Client) -> None:
    def fail(execute: Any, statement: str, *rest: Any) -> Any:
        if statement.startswith(("INSERT", "UPDATE")):
            raise OperationalError("the disk is full")
        return execute(statement, *rest)

    with connection.execute_wrapper(fail):
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["writes"], answer.json()["database"]) == (503, "failing", "ok")
    assert client.get("/readyz").json()["writes"] == "ok"


@pytest.mark.django_db
def test_writes_are_tried_now_and_then(client: Client) -> None:
    assert client.get("/readyz").status_code == 200
    with CaptureQueriesContext(connection) as asked:
        client.get("/readyz")
    assert [query["sql"] for query in asked if query["sql"].startswith(("INSERT", "UPDATE"))] == []


@pytest.mark.django_db
def test_two_that_try_at_once_do_not_take_each_other_for_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two threads have the number of one process, and two containers may each have a process of that number."""
    write = caches["default"].set
    tries: list[str] = []

    def write_and_be_overtaken(key: str, value: str, seconds: int) -> None:
        write(key, value, seconds)
        tries.append(key)
        if len(tries) == 1:
            assert health.Trial().succeeds()

    monkeypatch.setattr(caches["default"], "set", write_and_be_overtaken)
    assert health.Trial().succeeds()
    assert len(set(tries)) == 2
    assert [key for key in tries if caches["default"].get(key)] == [], "nothing of it is left lying"


@pytest.mark.django_db
def test_a_full_disk_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LEAST_FREE", 10**18)
    assert client.get("/readyz").json()["disk"] == "full"


@pytest.mark.django_db
def test_that_no_worker_came_for_some_minutes_is_told(client: Client) -> None:
    at = timezone.now()
    clock.wind_up(clock.schedule(), at=at)
    assert client.get("/readyz").json()["worker"] == "ok"
    PeriodicRun.objects.update(due_at=at - timedelta(seconds=WORKER_SECONDS + 5))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (200, "missing")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_looking_is_allowed(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
