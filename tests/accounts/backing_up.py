"""A database of a test's own that it may back up, destroy and restore, on whichever kind the run has."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection

from tests import databases
from tests.pgplugin import SERVER
from tests.processes import database_url

OWN = f"own_{databases.MINE}"


@contextmanager
def own_database() -> Iterator[None]:
    was = connection.settings_dict["NAME"]
    with on_the_server() if SERVER in os.environ else in_a_folder() as name:
        connection.settings_dict["NAME"] = name
        try:
            yield
        finally:
            databases.let_go()
            connection.settings_dict["NAME"] = was


@contextmanager
def on_the_server() -> Iterator[str]:
    yield databases.copy(databases.mine(databases.LIBRARY), OWN)
    databases.tell_server(f"DROP DATABASE {OWN} WITH (FORCE)")


@contextmanager
def in_a_folder() -> Iterator[str]:
    """Alone in it: who restores works beside the file, and other tests restore theirs at the same time."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "own.sqlite3"
        databases.let_go()
        shutil.copyfile(databases.place(databases.mine(databases.LIBRARY)), file)
        yield str(file)


def back_up(to: Path) -> str:
    told = StringIO()
    call_command("backup", str(to), stdout=told)
    return told.getvalue()


def restore(file: Path, *, replace: bool = True) -> str:
    databases.let_go()
    told = StringIO()
    call_command("restore", str(file), replace=replace, stdout=told)
    return told.getvalue()


def destroy() -> None:
    """Nothing is left of it."""
    databases.let_go()
    if SERVER in os.environ:
        databases.tell_server(f"DROP DATABASE {OWN} WITH (FORCE)")
        databases.tell_server(f"CREATE DATABASE {OWN}")
    else:
        Path(str(connection.settings_dict["NAME"])).unlink()


def somebody_else() -> Any:
    if connection.vendor == "postgresql":
        return psycopg.connect(database_url())
    return sqlite3.connect(str(connection.settings_dict["NAME"]))
