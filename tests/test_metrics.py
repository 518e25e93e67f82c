"""Figures for whoever watches the site: to nobody without the token, and about nobody."""

import re
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from config.machine.counting import count_together
from config.machine.postgresql.away import breaker
from tests.accounts import chores
from tests.accounts.people import make_user

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
    assert user.email not in answer
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


def test_files_of_processes_that_are_gone_go(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    (tmp_path / "metrics").mkdir()
    for name in ("counter_1.db", "counter_999999999.db", "counter_.db"):
        (tmp_path / "metrics" / name).touch()
    count_together(tmp_path)
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR")
    assert [file.name for file in (tmp_path / "metrics").iterdir()] == ["counter_1.db"]
