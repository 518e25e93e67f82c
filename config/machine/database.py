"""How the database of an address is opened: SQLite in a file, or PostgreSQL through a pool."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364"
)


def with_options(database: dict[str, Any], *, pool: int) -> dict[str, Any]:
    return _sqlite(database) if database["ENGINE"].endswith("sqlite3") else _postgresql(database, pool)


def _sqlite(database: dict[str, Any]) -> dict[str, Any]:
    _make_folder_of(database["NAME"])
    # Without IMMEDIATE and WAL, most concurrent writes end in "database is locked".
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START}
    return {**database, "CONN_MAX_AGE": 600, "OPTIONS": options}


def _postgresql(database: dict[str, Any], pool: int) -> dict[str, Any]:
    # The pool and CONN_MAX_AGE exclude each other.
    options = {**database.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": pool, "timeout": 10}}
    return {**database, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def _make_folder_of(database: str) -> None:
    """For its owner alone: in it are answers about health, and letters."""
    folder = Path(database).parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        words = f"The database cannot be kept in {folder}: {error.strerror}. Name another folder in VAR_DIR."
        raise ImproperlyConfigured(words) from None
