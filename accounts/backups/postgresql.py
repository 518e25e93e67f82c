"""Copying a database of PostgreSQL while it is written to, and putting one in its place, by PostgreSQL's own tools."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from accounts.backups.archive import MARKS, CannotBackUp, missing

ASIDE = "before_restore"
PLACES = ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/libpq/bin", "usr/local/opt/libpq/bin")
OF_WAITING = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def copy_to(file: Path) -> dict[str, int]:
    """One snapshot for the dump and for the count of its rows, also while others write."""
    with _alone(autocommit=False) as server:
        server.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = _one(server, "SELECT pg_export_snapshot()")
        options = ["--format=custom", "--no-owner", "--no-privileges", "--schema=public"]
        _run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={file}")
        _run("pg_restore", "--list", str(file), to_database=False)
        return _rows(server)


def holds_data() -> bool:
    with _alone(autocommit=True) as server:
        return bool(_tables(server))


def marks() -> list[str]:
    with suppress(psycopg.Error), _alone(autocommit=True) as server:
        return [mark for (mark,) in server.execute(MARKS)]
    return []


def put(file: Path, rows: dict[str, int]) -> None:
    """In the place of what is there, which goes only when every row of the new one was counted."""
    _let_go()
    with _alone(autocommit=True) as server:
        if _one(server, OF_WAITING):
            raise CannotBackUp("Something still uses the database. Stop the site and its workers first.")
        server.execute(f"ALTER SCHEMA public RENAME TO {ASIDE}")
        try:
            # The backup brings its schema along.
            options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
            _run("pg_restore", *options, f"--dbname={_of_database()['dbname']}", str(file))
            if wrong := missing(rows, _rows(server)):
                raise CannotBackUp(f"Rows are missing in {', '.join(wrong)}. What is there was left as it is.")
        except BaseException:
            server.execute("DROP SCHEMA IF EXISTS public CASCADE")
            server.execute(f"ALTER SCHEMA {ASIDE} RENAME TO public")
            raise
        server.execute(f"DROP SCHEMA {ASIDE} CASCADE")


def _let_go() -> None:
    """Django's own connections are ours, and no reason to wait."""
    connection.close()
    if getattr(connection, "pool", None):
        connection.close_pool()  # type: ignore[attr-defined]


def _of_database() -> dict[str, str]:
    told = connection.settings_dict
    wanted = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {name: str(told[key]) for name, key in wanted.items() if told.get(key)}


@contextmanager
def _alone(*, autocommit: bool) -> Iterator[psycopg.Connection[Any]]:
    """A connection of our own: Django's may be in the middle of something."""
    where = make_conninfo("", connect_timeout=10, **_of_database())
    with psycopg.connect(where, autocommit=autocommit) as server:
        yield server


def _one(server: psycopg.Connection[Any], asked: str) -> Any:
    row = server.execute(asked).fetchone()
    return row[0] if row else None


def _tables(server: psycopg.Connection[Any]) -> list[str]:
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    return [name for (name,) in server.execute(asked)]


def _rows(server: psycopg.Connection[Any]) -> dict[str, int]:
    return {name: _count(server, name) for name in _tables(server)}


def _count(server: psycopg.Connection[Any], table: str) -> int:
    row = server.execute(sql.SQL("SELECT COUNT(*) FROM public.{}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0


def _run(tool: str, *options: str, to_database: bool = True) -> None:
    """The password goes by the environment: a list of processes shows what was typed to everybody."""
    told = _of_database()
    environment = {**os.environ}
    for name, variable in (("host", "PGHOST"), ("port", "PGPORT"), ("user", "PGUSER"), ("password", "PGPASSWORD")):
        if to_database and name in told:
            environment[variable] = told[name]
    if to_database:
        environment["PGDATABASE"] = told["dbname"]
    done = subprocess.run(  # noqa: S603 - our own list of words
        [_find(tool), *options], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = (done.stderr.strip() or "it said nothing").splitlines()[0]
        raise CannotBackUp(f"{tool} did not do it: {said}")


def _find(tool: str) -> str:
    on_path = shutil.which(tool)
    newest = sorted((path for place in PLACES for path in Path("/").glob(f"{place}/{tool}")), key=_release)
    if not (on_path or newest):
        raise CannotBackUp(f"{tool} is not installed. On Debian: apt-get install postgresql-client.")
    return str(newest[-1]) if newest else str(on_path)


def _release(tool: Path) -> float:
    digits = tool.parent.parent.name
    return float(digits) if digits.replace(".", "").isdigit() else 0.0
