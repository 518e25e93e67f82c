"""A database of a test's own that it may back up, destroy and restore, on whichever kind the run has."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
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
    connection.settings_dict["NAME"] = databases.place(databases.copy(databases.mine(databases.LIBRARY), OWN))
    try:
        yield
    finally:
        databases.let_go()
        connection.settings_dict["NAME"] = was
        if SERVER in os.environ:
            databases.tell_server(f"DROP DATABASE {OWN} WITH (FORCE)")
        else:
            for left in Path(databases.place(OWN)).parent.glob(f"{OWN}.*"):
                left.unlink()


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
        Path(databases.place(OWN)).unlink()


def somebody_else() -> Any:
    if connection.vendor == "postgresql":
        return psycopg.connect(database_url())
    return sqlite3.connect(str(connection.settings_dict["NAME"]))
