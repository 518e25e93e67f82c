"""A line of *Acts of staff* is refused every change by the database itself, and a deletion for two years.

A migration that rebuilds `accounts_staffact` on SQLite takes its triggers away: it ends with
`migrations.RunPython(install, remove)` of this module.
"""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

KEPT = "729 days"
"""A day less than the site keeps them, for clocks that differ."""

WORDS = "a line of the acts of staff stays as it was written"
TABLE = "accounts_staffact"
NAMES = ("stays_update", "stays_delete", "stays_insert")


def install(apps: Any, schema_editor: Any) -> None:
    """Running it again changes nothing."""
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql():
        schema_editor.execute(statement, params=None)


def remove(apps: Any, schema_editor: Any) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for statement in _gone_from_sqlite() if is_sqlite else _gone_from_postgresql():
        schema_editor.execute(statement, params=None)


def _sqlite() -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    # INSERT OR REPLACE deletes what was there and fires no trigger of a deletion.
    whens = {
        "stays_update": "UPDATE ON {} ",
        "stays_delete": f"DELETE ON {{}} WHEN old.\"at\" >= datetime('now', '-{KEPT}') ",
        "stays_insert": f"INSERT ON {{}} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = new.id) ",  # noqa: S608 (our own names)
    }
    for name, when in whens.items():
        yield f"CREATE TRIGGER IF NOT EXISTS {TABLE}_{name} BEFORE {when.format(TABLE)}{refuse}"


def _gone_from_sqlite() -> Iterator[str]:
    yield from (f"DROP TRIGGER IF EXISTS {TABLE}_{name}" for name in NAMES)


def _postgresql() -> Iterator[str]:
    yield (
        f"CREATE OR REPLACE FUNCTION {TABLE}_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF TG_OP = 'DELETE' THEN IF OLD.at < now() - interval '{KEPT}' THEN RETURN OLD; END IF; END IF;"
        f" RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    yield from _gone_from_postgresql_but_the_function()
    yield (
        f"CREATE TRIGGER {TABLE}_stays BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {TABLE}_stays()"
    )
    yield (
        f"CREATE TRIGGER {TABLE}_stays_whole BEFORE TRUNCATE ON {TABLE}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_stays()"
    )


def _gone_from_postgresql_but_the_function() -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS {TABLE}_stays ON {TABLE}"
    yield f"DROP TRIGGER IF EXISTS {TABLE}_stays_whole ON {TABLE}"


def _gone_from_postgresql() -> Iterator[str]:
    yield from _gone_from_postgresql_but_the_function()
    yield f"DROP FUNCTION IF EXISTS {TABLE}_stays()"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0023_profiles_without_reminders")]

    operations = [migrations.RunPython(install, remove)]
