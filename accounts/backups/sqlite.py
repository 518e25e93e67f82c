"""Copying a database of SQLite while it is written to, and putting one in its place."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection

from accounts.backups.archive import MARKS, CannotBackUp, missing
from accounts.backups.beside import folder_beside

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
    """Those of the database that is to be replaced, as far as it can be read: it may be broken, or older than they are.
    By a connection of its own, which is closed in any case."""
    readable: list[str] = []
    if not place().is_file():
        return readable
    if not os.access(place(), os.R_OK):
        raise CannotBackUp(f"{place()} cannot be read, and it says who was erased. May this user read it?")
    with closing(sqlite3.connect(f"file:{place()}?mode=ro", uri=True)) as there:
        try:
            for (mark,) in there.execute(MARKS):
                readable.append(mark)
        except sqlite3.DatabaseError as error:
            _refuse_if_busy(error)
    return readable


@contextmanager
def in_place_of_the_old(file: Path, rows: dict[str, int]) -> Iterator[None]:
    """Within the block Django works on the new database, which takes the place of the old one when it ends well."""
    with folder_beside(place()) as folder:
        new = folder / place().name
        with alone(place()):
            _fill(new, file, rows)
            with _working_on(new):
                yield
            _write_back(new)
        for ending in BESIDE:
            place().with_name(place().name + ending).unlink(missing_ok=True)
        new.replace(place())


def _fill(new: Path, file: Path, rows: dict[str, int]) -> None:
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(new)) as copy:
        source.backup(copy)
        if wrong := missing(rows, checked(copy)):
            raise CannotBackUp(f"Rows are missing in {', '.join(wrong)}. What is there was left as it is.")


@contextmanager
def _working_on(new: Path) -> Iterator[None]:
    was = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(new)
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = was


def _write_back(new: Path) -> None:
    """What its journal holds goes into the file itself, and onto the disk."""
    with closing(sqlite3.connect(new)) as done:
        done.execute("PRAGMA journal_mode=DELETE")
    with new.open("rb") as file:
        os.fsync(file.fileno())


@contextmanager
def alone(there: Path) -> Iterator[None]:
    """Nobody else uses it, from here until the end of the block: a process that has the old file open would go on
    writing to it, unseen. Its own journal is written back, so that nothing is lost if the block does not end well."""
    connection.close()
    if not there.is_file():
        yield
        return
    with closing(sqlite3.connect(there, timeout=0.5, isolation_level=None)) as held:
        try:
            held.execute("PRAGMA locking_mode=EXCLUSIVE")
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            held.execute("BEGIN EXCLUSIVE")
        except sqlite3.DatabaseError as error:
            _refuse_if_busy(error)
        yield


def _refuse_if_busy(error: sqlite3.DatabaseError) -> None:
    """Anything else is a broken database: that is why somebody restores."""
    if error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
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
