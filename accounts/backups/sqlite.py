"""Copying a database of SQLite while it is written to, and putting one in its place."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from django.db import connection

from accounts.backups.archive import MARKS, CannotBackUp, missing

IN_USE = "Something still uses the database. Stop the site and its workers first."
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database. Left over from another one, it would be read as part of the new one."""


def place() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def copy_to(file: Path) -> dict[str, int]:
    """A snapshot, also while others write; the rows of each of its tables."""
    if not place().is_file():
        raise CannotBackUp(f"There is no database at {place()}. VAR_DIR or DATABASE_URL names another place.")
    there = sqlite3.connect(f"file:{place()}?mode=ro", uri=True, timeout=60)
    with closing(there) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        return checked(copy)


def holds_data() -> bool:
    if not place().is_file():
        return False
    with closing(sqlite3.connect(f"file:{place()}?mode=ro", uri=True)) as there:
        return bool(tables(there))


def marks() -> list[str]:
    """By a connection of its own, which is closed also where the database is broken."""
    with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(f"file:{place()}?mode=ro", uri=True)) as there:
        return [mark for (mark,) in there.execute(MARKS)]
    return []


def put(file: Path, rows: dict[str, int]) -> None:
    """In the place of what is there, whole or not at all."""
    refuse_while_in_use()
    new = place().with_name(f".{place().name}.{os.getpid()}")
    new.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(new)) as copy:
            source.backup(copy)
            if wrong := missing(rows, checked(copy)):
                raise CannotBackUp(f"Rows are missing in {', '.join(wrong)}. What is there was left as it is.")
        connection.close()
        for ending in BESIDE:
            place().with_name(place().name + ending).unlink(missing_ok=True)
        new.replace(place())
    finally:
        new.unlink(missing_ok=True)


def refuse_while_in_use() -> None:
    """A process that has the old file open would go on writing to it, unseen."""
    connection.close()
    if not place().is_file():
        return
    with closing(sqlite3.connect(place(), timeout=0.5, isolation_level=None)) as there:
        try:
            there.execute("PRAGMA locking_mode=EXCLUSIVE")
            there.execute("BEGIN EXCLUSIVE")
            there.execute("ROLLBACK")
        except sqlite3.DatabaseError as error:
            # Anything else is a broken database: that is why somebody restores.
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
                raise CannotBackUp(IN_USE) from None


def checked(database: sqlite3.Connection) -> dict[str, int]:
    verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
    if verdict != "ok":
        raise CannotBackUp(f"The database is damaged: {verdict}")
    return {name: _count(database, name) for name in tables(database)}


def tables(database: sqlite3.Connection) -> list[str]:
    """Those that hold rows; what FTS5 keeps for itself says nothing."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    with suppress(sqlite3.DatabaseError):
        return [name for (name,) in database.execute(asked)]
    return []


def _count(database: sqlite3.Connection, table: str) -> int:
    counted: Any = database.execute(f'SELECT COUNT(*) FROM "{table}"').fetchone()  # noqa: S608 - from its own list
    return int(counted[0])
