from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config.pages.health import LATE_SECONDS
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


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_looking_is_allowed(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
