"""Figures for whoever watches the site: to nobody without the token, and about nobody."""

import os
import re
import subprocess
import sys
from pathlib import Path
from socket import gethostname
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from prometheus_client import CollectorRegistry
from prometheus_client.multiprocess import MultiProcessCollector

from config.machine import counting
from config.machine.counting import FOLDER, count_together
from config.machine.postgresql.away import breaker
from tests.accounts import chores
from tests.accounts.people import make_user
from tests.processes import ROOT

PROCESS = """
from pathlib import Path
from config.machine.counting import count_together
count_together(Path("{var}"))
import django
django.setup()
from django.http import HttpResponse
from config.pages.metrics import counted
def answer(status):
    counted(lambda request: HttpResponse(status=status))(None)
{asked}
"""
TOKEN = "a-token-that-only-prometheus-has"


@pytest.fixture(autouse=True)
def a_token(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN


def figures(client: Client) -> dict[str, float]:
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    lines = [line for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


@pytest.mark.django_db
@pytest.mark.parametrize("told", ["", "Bearer ", "Bearer wrong", TOKEN])
def test_without_the_token_it_is_not_there(client: Client, told: str) -> None:
    assert client.get("/metrics", headers={"authorization": told}).status_code == 404


@pytest.mark.django_db
def test_where_no_token_is_set_nobody_gets_in(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


@pytest.mark.django_db
def test_answers_are_counted_by_their_kind(client: Client) -> None:
    before = figures(client)
    client.get("/healthz")
    client.get("/no-such-page/")
    after = figures(client)
    assert after['unloop_answers_total{kind="2xx"}'] - before.get('unloop_answers_total{kind="2xx"}', 0) == 2
    assert after['unloop_answers_total{kind="4xx"}'] - before.get('unloop_answers_total{kind="4xx"}', 0) == 1
    assert after["unloop_answer_seconds_count"] > before["unloop_answer_seconds_count"]


@pytest.mark.django_db
def test_the_queue_and_the_mail_are_told(client: Client) -> None:
    chores.sweep.enqueue()
    told = figures(client)
    assert told['unloop_tasks{state="ready"}'] == 1
    assert told["unloop_worker_idle_seconds"] == -1
    assert {"unloop_queue_oldest_seconds", "unloop_disk_full", "unloop_database_away"} <= set(told)


@pytest.mark.django_db
def test_while_the_database_is_away_that_is_told(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any) -> None:
        raise OperationalError("the database is away")

    with connection.execute_wrapper(refuse):
        monkeypatch.setattr(breaker, "_is_open", True)
        told = figures(client)
    assert told["unloop_database_away"] == 1
    assert "unloop_queue_oldest_seconds" not in told


@pytest.mark.django_db
def test_it_says_nothing_about_persons(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    client.get("/today/")
    answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).content.decode()
    assert str(user) not in answer
    labels = set(re.findall(r"\{([^}]*)\}", answer))
    assert {name for label in labels for name in re.findall(r'(\w+)="', label)} <= {
        "kind",
        "le",
        "state",
        "implementation",
        "major",
        "minor",
        "patchlevel",
        "version",
        "generation",
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the processes of this machine count; the process of the tests itself does not."""
    monkeypatch.setenv(FOLDER, "")
    monkeypatch.delenv(FOLDER)
    return tmp_path / "metrics" / gethostname()


def serve(tmp_path: Path, *statuses: int) -> None:
    """A process that begins, answers and ends."""
    asked = "\n".join(f"answer({status})" for status in statuses)
    kept = {name: value for name, value in os.environ.items() if name != FOLDER}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "config.settings"}
    command = [sys.executable, "-c", PROCESS.format(var=str(tmp_path), asked=asked)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def told(folder: Path) -> dict[str, float]:
    counts = CollectorRegistry()
    MultiProcessCollector(counts, str(folder))
    return {
        f"{sample.name}{sample.labels.get('kind', '')}{sample.labels.get('le', '')}": sample.value
        for family in counts.collect()
        for sample in family.samples
    }


def test_what_a_process_counted_stays_when_it_is_gone(tmp_path: Path, folder: Path) -> None:
    """Prometheus takes a figure that falls for a new beginning, and counts all of it once more."""
    serve(tmp_path, 200, 200, 404)
    first = told(folder)
    serve(tmp_path, 200)
    count_together(tmp_path)
    after = told(folder)
    assert first["unloop_answers_total2xx"] == 2
    assert (after["unloop_answers_total2xx"], after["unloop_answers_total4xx"]) == (3, 1)
    assert (after["unloop_answer_seconds_count"], after["unloop_answer_seconds_bucket+Inf"]) == (4, 4)
    assert {name for name in first if after[name] < first[name]} == set()
    assert {file.name for file in folder.glob("*.db")} == {"counter_gone.db", "histogram_gone.db"}


def test_a_file_of_a_process_that_runs_is_let_be_and_a_torn_one_goes(tmp_path: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in (f"counter_{os.getpid()}.db", "counter_999999999.db", "counter_.db"):
        (folder / name).write_bytes(b"torn")
    count_together(tmp_path)
    assert [file.name for file in folder.glob("*.db")] == [f"counter_{os.getpid()}.db"]


def test_each_machine_counts_in_a_folder_of_its_own(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two containers that share VAR_DIR have processes with the same numbers."""
    serve(tmp_path, 200)
    monkeypatch.setattr(counting, "gethostname", lambda: "another")
    count_together(tmp_path)
    assert [file.name for file in folder.parent.glob("another/*.db")] == []
    assert told(folder)["unloop_answers_total2xx"] == 1
