"""Copying a database of PostgreSQL while it is written to, and putting one in its place, by PostgreSQL's own tools."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from accounts.backups.archive import CannotBackUp, missing

HERE, BESIDE, MOVED = "public", "being_restored", "moved_for_restore"
"""Schemas: that of the site, the one in which a backup is made whole, and a name that no transaction leaves behind."""

ASIDE = "before_restore"
"""Where an earlier release had the old tables while it restored. One that was killed left them there."""

MARKS_IN = "SELECT mark FROM {}.accounts_tombstone"
WHERE = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
POOLER = (
    "Between this site and PostgreSQL stands a pooler, where others would meet what PostgreSQL's own tools set. "
    "Name the server itself in DATABASE_DIRECT_URL."
)
LOOKS, APART = 200, 0.05
"""How often it is asked whether all others have gone, and the seconds between: a busy server takes its time."""

PLACES = ("usr/lib/postgresql/*/bin", "opt/homebrew/opt/libpq/bin", "usr/local/opt/libpq/bin")
OF_OTHERS = (
    "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)


def copy_to(file: Path) -> dict[str, int]:
    """One snapshot for the dump and for the count of its rows, also while others write."""
    with _alone(autocommit=False) as server:
        server.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = _one(server, "SELECT pg_export_snapshot()")
        options = ["--format=custom", "--no-owner", "--no-privileges", f"--schema={HERE}"]
        _run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={file}")
        _run("pg_restore", "--list", str(file), to_database=False)
        return _rows(server, HERE)


def holds_data() -> bool:
    with _alone(autocommit=True) as server:
        return any(_tables(server, schema) for schema in (HERE, ASIDE))


def marks() -> list[str]:
    """Those of the database that is to be replaced, and of what a killed restore of an earlier release left aside."""
    with _alone(autocommit=True) as server:
        kept = [schema for schema in (HERE, ASIDE) if "accounts_tombstone" in _tables(server, schema)]
        asked = [sql.SQL(MARKS_IN).format(sql.Identifier(schema)) for schema in kept]
        return [mark for each in asked for (mark,) in server.execute(each)]


@contextmanager
def in_place_of_the_old(file: Path, rows: dict[str, int]) -> Iterator[None]:
    """Within the block Django works on the new database, a schema beside the old one. It takes its place when the block
    ends well, in one transaction; until then the old one stands under its own name, whatever happens."""
    _let_go()
    with _alone(autocommit=True) as server:
        _refuse_while_in_use(server)
        _put_right(server)
        _load(file)
        try:
            if wrong := missing(rows, _rows(server, BESIDE)):
                raise CannotBackUp(f"Rows are missing in {', '.join(wrong)}. What is there was left as it is.")
            with _working_in(BESIDE):
                yield
            _refuse_while_in_use(server)
        except BaseException:
            server.execute(f"DROP SCHEMA IF EXISTS {BESIDE} CASCADE")
            raise
        with server.transaction():
            server.execute(f"DROP SCHEMA {HERE} CASCADE")
            server.execute(f"DROP SCHEMA IF EXISTS {ASIDE} CASCADE")
            server.execute(f"ALTER SCHEMA {BESIDE} RENAME TO {HERE}")


def _put_right(server: psycopg.Connection[Any]) -> None:
    """After a restore that was killed. One of an earlier release may have left all there is aside, and nothing here."""
    with server.transaction():
        server.execute(f"DROP SCHEMA IF EXISTS {BESIDE} CASCADE")
        if _tables(server, ASIDE) and not _tables(server, HERE):
            server.execute(f"DROP SCHEMA IF EXISTS {HERE} CASCADE")
            server.execute(f"ALTER SCHEMA {ASIDE} RENAME TO {HERE}")
        server.execute(f"CREATE SCHEMA IF NOT EXISTS {HERE}")


def _load(file: Path) -> None:
    """The backup names its schema as the site does, so the two change names around it, all in one transaction."""
    script = file.with_suffix(".sql")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file), to_database=False)
    steps = [
        f"--command=ALTER SCHEMA {HERE} RENAME TO {MOVED}",
        f"--file={script}",
        f"--command=ALTER SCHEMA {HERE} RENAME TO {BESIDE}",
        f"--command=ALTER SCHEMA {MOVED} RENAME TO {HERE}",
    ]
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=/dev/null"]
    _run("psql", *options, *steps)


@contextmanager
def _working_in(schema: str) -> Iterator[None]:
    """Django's tables are those of this schema alone, and it asks the server itself."""
    options = connection.settings_dict["OPTIONS"]
    was, was_at = options.get("options"), {name: connection.settings_dict[name] for name in WHERE}
    _let_go()
    connection.settings_dict.update(_place())
    options["options"] = f"{was or ''} -c search_path={schema}".strip()
    try:
        yield
    finally:
        _let_go()
        connection.settings_dict.update(was_at)
        options.pop("options") if was is None else options.update(options=was)


def _refuse_while_in_use(server: psycopg.Connection[Any]) -> None:
    """A connection of our own that was closed just now is still there for a moment."""
    for _ in range(LOOKS):
        if not _one(server, OF_OTHERS):
            return
        sleep(APART)
    raise CannotBackUp("Something still uses the database. Stop the site and its workers first.")


def _let_go() -> None:
    """Django's own connections are ours, and no reason to wait."""
    connection.close()
    if getattr(connection, "pool", None):
        connection.close_pool()  # type: ignore[attr-defined]


def _place() -> dict[str, Any]:
    """Of the server itself."""
    told = settings.DATABASE_ITSELF or connection.settings_dict
    return {name: told[name] for name in WHERE}


def _of_database() -> dict[str, str]:
    told = _place()
    wanted = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {name: str(told[key]) for name, key in wanted.items() if told.get(key)}


@contextmanager
def _alone(*, autocommit: bool) -> Iterator[psycopg.Connection[Any]]:
    """A connection of our own: Django's may be in the middle of something. What PostgreSQL refuses is one sentence."""
    where = make_conninfo("", connect_timeout=10, **_of_database())
    try:
        with psycopg.connect(where, autocommit=True, prepare_threshold=None) as server:
            if not _is_direct(server):
                raise CannotBackUp(POOLER)
            server.autocommit = autocommit
            yield server
    except psycopg.Error as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise CannotBackUp(f"PostgreSQL did not do it: {said}") from None


def _is_direct(server: psycopg.Connection[Any]) -> bool:
    """A pooler makes up the number of the process that a server tells whoever connects."""
    return bool(_one(server, "SELECT pg_backend_pid()") == server.info.backend_pid)


def _one(server: psycopg.Connection[Any], asked: str) -> Any:
    row = server.execute(asked).fetchone()
    return row[0] if row else None


def _tables(server: psycopg.Connection[Any], schema: str) -> list[str]:
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = %s ORDER BY tablename"
    return [name for (name,) in server.execute(asked, [schema])]


def _rows(server: psycopg.Connection[Any], schema: str) -> dict[str, int]:
    return {name: _count(server, schema, name) for name in _tables(server, schema)}


def _count(server: psycopg.Connection[Any], schema: str, table: str) -> int:
    row = server.execute(sql.SQL("SELECT COUNT(*) FROM {}").format(sql.Identifier(schema, table))).fetchone()
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
