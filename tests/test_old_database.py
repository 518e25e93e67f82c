"""A database made before the code was laid out in rooms, with its queue, goes on as if nothing had moved.

`fixtures/before_the_rooms.sqlite3.gz` was written by that code, with the keys below: an account that is logged in and
has begun to answer, a mail that waits, an account just erased, and one of every repeated task, all still queued.
"""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.imports import ROOT

BEFORE = ROOT / "tests" / "fixtures" / "before_the_rooms.sqlite3.gz"
KEYS = {
    "SECRET_KEY": "a-key-for-the-checks-that-no-running-site-has-ever-used",
    "FIELD_KEYS": "checks:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE=",
}
QUEUED = {
    "accounts.tasks.send_mail",
    "accounts.tasks.end_sessions",
    "accounts.tasks.send_due_mail",
    "accounts.tasks.put_in_series_letters",
    "accounts.tasks.return_lost_tasks",
    "accounts.tasks.prune_accounts",
    "accounts.tasks.forget_what_is_over",
    "coaching.tasks.refresh_what_people_teach",
    "coaching.tasks.forget_strangers",
    "coaching.tasks.forget_settled_mistakes",
    "coaching.tasks.send_reminders",
    "content.tasks.take_due_changes",
}
ASK = """
import json
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import RequestFactory
from coaching.models import Intake
request = RequestFactory().get("/")
request.session = SessionStore(Session.objects.get().session_key)
print(json.dumps([get_user(request).get_username(), Intake.objects.get().answers]))
"""


class Site:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.waiting: list[Any] = []
        self.file = folder / "site.sqlite3"
        self.file.write_bytes(gzip.decompress(BEFORE.read_bytes()))

    def manage(self, *command: str) -> str:
        settings = {
            **KEYS,
            "DATABASE_URL": f"sqlite:///{self.file}",
            "VAR_DIR": str(self.folder),
            "DEBUG": "false",
            "SITE_URL": "http://localhost:8000",
            "EMAIL_URL": "",
        }
        run = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def rows(self, query: str, *values: Any) -> list[Any]:
        with sqlite3.connect(self.file) as connection:
            return connection.execute(query, values).fetchall()

    def set_the_clock(self) -> None:
        """As if the release before had queued all of it an hour ago."""
        then = (datetime.now(UTC) - timedelta(hours=1)).replace(tzinfo=None).isoformat(" ")
        self.rows(
            "UPDATE django_tasks_database_dbtaskresult SET run_after = ?, enqueued_at = ? WHERE status = 'READY'",
            then,
            then,
        )
        self.rows("UPDATE accounts_outgoingmail SET created_at = ?, due_at = ?", then, then)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    site = Site(tmp_path_factory.mktemp("before"))
    site.set_the_clock()
    site.waiting = site.rows("SELECT id, task_path FROM django_tasks_database_dbtaskresult WHERE status = 'READY'")
    site.manage("migrate", "-v0")
    site.manage("worker", "--once")
    return site


def test_the_old_queue_holds_one_of_every_task_there_was(site: Site) -> None:
    assert {path for _, path in site.waiting} == QUEUED


def test_every_task_of_the_old_queue_is_done(site: Site) -> None:
    ended = dict(site.rows("SELECT id, status FROM django_tasks_database_dbtaskresult"))
    assert {path: ended[key] for key, path in site.waiting} == dict.fromkeys(QUEUED, "SUCCESSFUL")


def test_the_mail_that_waited_is_sent(site: Site) -> None:
    assert site.rows("SELECT status FROM accounts_outgoingmail") == [("sent",)]
    assert [each for each in (site.folder / "outbox").iterdir() if "ben@example.org" in each.read_text()]


def test_a_task_that_was_given_up_is_still_told_as_such(site: Site) -> None:
    given_up = "SELECT exception_class_path FROM django_tasks_database_dbtaskresult WHERE status = 'FAILED'"
    assert site.rows(given_up) == [("accounts.lost_tasks.GivenUp",)]


def test_who_was_logged_in_stays_so_and_finds_the_answers(site: Site) -> None:
    """The erased account's session is gone; the other's names its log-in backend by a path, and still opens."""
    assert json.loads(site.manage("shell", "-v0", "-c", ASK).splitlines()[-1]) == ["ada@example.org", {"pain_now": 6}]
