"""The index behind the search as the migrations make it: a copy of `content/search/index.py` that does not change.

A migration that rebuilds `content_lesson` or `content_tip` on SQLite takes the triggers of that table away: it ends with
`migrations.RunPython(install, remove)` of this module. An index that is made in another way needs a new copy beside this
one, and a migration that takes the old index down before it sets up the new.
"""

from collections.abc import Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = {"content_lesson": 0, "content_tip": 1}
"""Table -> which half of the row numbers of the index is its own."""

FTS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS content_search "
    "USING fts5(title, summary, words, tokenize = 'porter unicode61 remove_diacritics 2')"
)
TAKE_IN = "INSERT INTO content_search (rowid, title, summary, words)"
VECTOR = (
    "setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', summary), 'B') || "
    "setweight(to_tsvector('english', plain), 'C')"
)


def install(apps: Any, schema_editor: Any) -> None:
    """For a migration. Running it again changes nothing."""
    set_up(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    _run(schema_editor.connection, _sqlite_gone() if _is_sqlite(schema_editor.connection) else _postgresql_gone())


def set_up(connection: BaseDatabaseWrapper) -> None:
    """Make what is missing of the index. Where a table had lost its triggers, its texts are read in anew."""
    statements = _sqlite(connection) if _is_sqlite(connection) else _postgresql(connection)
    _run(connection, statements)


def _is_sqlite(connection: BaseDatabaseWrapper) -> bool:
    return connection.vendor == "sqlite"


def _run(connection: BaseDatabaseWrapper, statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite(connection: BaseDatabaseWrapper) -> Iterator[str]:
    yield FTS
    for table, half in TABLES.items():
        if triggers_on(table) <= _triggers(connection):
            continue
        yield f"DELETE FROM content_search WHERE (rowid & 1) = {half}"  # noqa: S608 (our own names)
        yield f"{TAKE_IN} SELECT id * 2 + {half}, title, summary, plain FROM {table}"  # noqa: S608 (our own names)
        yield from _sqlite_triggers(table, half)


def _sqlite_triggers(table: str, half: int) -> Iterator[str]:
    come = f"{TAKE_IN} VALUES (new.id * 2 + {half}, new.title, new.summary, new.plain);"
    go = f"DELETE FROM content_search WHERE rowid = old.id * 2 + {half};"  # noqa: S608 (our own names)
    moments = {"insert": ("INSERT", come), "update": ("UPDATE OF title, summary, plain", go + come)}
    for name, (moment, acts) in {**moments, "delete": ("DELETE", go)}.items():
        yield f"CREATE TRIGGER IF NOT EXISTS {table}_search_{name} AFTER {moment} ON {table} BEGIN {acts} END"


def triggers_on(table: str) -> set[str]:
    return {f"{table}_search_{name}" for name in ("insert", "update", "delete")}


def _triggers(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall()}


def _sqlite_gone() -> Iterator[str]:
    for table in TABLES:
        yield from (f"DROP TRIGGER IF EXISTS {name}" for name in sorted(triggers_on(table)))
    yield "DROP TABLE IF EXISTS content_search"


def _postgresql(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Nothing where all is there: a table may not even be asked to keep its shape while rows of it wait for a check."""
    for table in TABLES:
        if "search" in _columns(connection, table):
            continue
        yield f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS search tsvector GENERATED ALWAYS AS ({VECTOR}) STORED"
        yield f"CREATE INDEX IF NOT EXISTS {table}_search ON {table} USING gin (search)"


def _columns(connection: BaseDatabaseWrapper, table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {column.name for column in connection.introspection.get_table_description(cursor, table)}


def _postgresql_gone() -> Iterator[str]:
    yield from (f"ALTER TABLE {table} DROP COLUMN IF EXISTS search" for table in TABLES)
