"""What an operator set wrongly is said in one sentence: no traceback, no secret."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from config.machine.database import database_at
from config.machine.one_sentence import sentence_of
from tests.pgplugin import free_port
from tests.processes import ROOT

SECRET = "the-secret-word"


def told_by(*command: str, **settings: str) -> str:
    """What is said by a command that cannot be done."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *command],
        env={**os.environ, **settings},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert SECRET not in done.stderr + done.stdout
    lines = [line for line in done.stderr.splitlines() if line]
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.mark.parametrize(
    "url", [f"mysql://me:{SECRET}@host/name", f"postgres//{SECRET}", "postgres://host", f"nonsense {SECRET}"]
)
def test_an_address_that_is_none_is_not_repeated(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL must be postgres://") as refusal:
        database_at(url)
    assert SECRET not in str(refusal.value)


def test_a_command_with_a_wrong_address_says_so() -> None:
    told = told_by("check", DATABASE_URL=f"mysql://me:{SECRET}@host/name")
    assert told.startswith("manage.py: DATABASE_URL must be postgres://")


def test_a_host_that_is_away_is_told() -> None:
    url = f"postgres://me:{SECRET}@127.0.0.1:{free_port()}/unloop"
    assert "Nothing listens at the address in DATABASE_URL" in told_by("migrate", DATABASE_URL=url)


def test_a_folder_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = told_by("migrate", VAR_DIR=str(tmp_path / "file" / "var"), DATABASE_URL="")
    assert "Name another folder in VAR_DIR" in told


def test_a_package_that_is_missing_is_named() -> None:
    trouble = ModuleNotFoundError("No module named 'nh3'", name="nh3")
    assert "The package nh3 is missing" in str(sentence_of(trouble))


def test_a_fault_of_our_own_keeps_its_traceback() -> None:
    assert sentence_of(ModuleNotFoundError("No module named 'coaching.plams'", name="coaching.plams")) is None
    assert sentence_of(ValueError("what nobody foresaw")) is None


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("attempt to write a readonly database", "May this user write to VAR_DIR?"),
        ("database or disk is full", "The disk is full"),
        ('connection failed: FATAL:  password authentication failed for user "me"', "the name or the password"),
        ("connection failed: connection timeout expired", "does not answer"),
        ("could not extend file: No space left on device", "The disk of PostgreSQL is full"),
    ],
)
def test_what_a_database_says_becomes_a_sentence(said: str, told: str) -> None:
    assert told in str(sentence_of(OperationalError(said)))


def test_a_wrong_password_is_told_by_postgresql_itself(pytestconfig: pytest.Config) -> None:
    """Ours trusts everybody, so a database that is not there stands in for one that is shut."""
    if not pytestconfig.option.pg:
        pytest.skip("needs PostgreSQL")
    url = os.environ["DATABASE_URL"].rpartition("/")[0] + "/no_such_database"
    with pytest.raises(psycopg.OperationalError) as refusal:
        psycopg.connect(url)
    assert "is not there" in str(sentence_of(refusal.value))
