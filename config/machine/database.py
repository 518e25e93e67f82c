"""How the database of an address is opened: SQLite in a file, or PostgreSQL through a pool (0: without one)."""

from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

SQLITE_START = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
    "PRAGMA temp_store=MEMORY;PRAGMA secure_delete=ON;PRAGMA cache_size=-500;PRAGMA journal_size_limit=27103364"
)
"""Each thread has a connection of its own. What one maps of the file, or keeps of it, is held once a thread: half a
megabyte is enough for the pages that are read again and again, and the others lie in the memory of the system, once."""

KINDS = ("sqlite3", "postgresql")
ENGINE = "config.machine.postgresql"
POOL_SECONDS = 0.7
"""How long a thread waits for a connection before it counts the database as away."""

ASKED_BEFORE_PREPARED = 2
"""How often a connection of the pool is asked the same before the server keeps it. Without a pool of its own a process
may reach the server through a pooler, where the next statement finds another connection: there nothing is kept."""

NOTICES_A_DEAD_SERVER = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 5000,
}
"""Names of libpq, in seconds, the last one in milliseconds: a machine that is gone sends no farewell."""


CANNOT_BE = "DATABASE_URL must be postgres://name:password@host:5432/database, or sqlite:////path/of/a/file."


def database_at(url: str) -> dict[str, Any]:
    """Raises ImproperlyConfigured for what is no such address, without repeating it: it may hold a password."""
    try:
        database: dict[str, Any] = {**dj_database_url.parse(url)}
    except (ValueError, KeyError, TypeError):
        raise ImproperlyConfigured(CANNOT_BE) from None
    if not database.get("ENGINE", "").endswith(KINDS) or not database.get("NAME"):
        raise ImproperlyConfigured(CANNOT_BE)
    return database


def server_at(url: str) -> dict[str, Any] | None:
    """PostgreSQL itself, where a pooler stands in between: what sets more than a transaction holds goes around it."""
    return database_at(url) if url else None


def with_options(database: dict[str, Any], *, pool: int) -> dict[str, Any]:
    return _sqlite(database) if database["ENGINE"].endswith("sqlite3") else _postgresql(database, pool)


def _sqlite(database: dict[str, Any]) -> dict[str, Any]:
    _make_folder_of(database["NAME"])
    # Without IMMEDIATE and WAL, most concurrent writes end in "database is locked".
    options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_START}
    return {**database, "CONN_MAX_AGE": 600, "OPTIONS": options}


def _postgresql(database: dict[str, Any], pool: int) -> dict[str, Any]:
    options = {**NOTICES_A_DEAD_SERVER, **database.get("OPTIONS", {})}
    database = {**database, "ENGINE": ENGINE}
    if not pool:
        return {**database, "CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}
    # The pool and CONN_MAX_AGE exclude each other. Whether a connection of the pool is alive is asked by ENGINE.
    options["prepare_threshold"] = ASKED_BEFORE_PREPARED
    options["pool"] = {"min_size": 1, "max_size": pool, "timeout": POOL_SECONDS}
    return {**database, "CONN_MAX_AGE": 0, "OPTIONS": options}


def _make_folder_of(database: str) -> None:
    """For its owner alone: in it are answers about health, and letters."""
    folder = Path(database).parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        words = f"The database cannot be kept in {folder}: {error.strerror}. Name another folder in VAR_DIR."
        raise ImproperlyConfigured(words) from None
