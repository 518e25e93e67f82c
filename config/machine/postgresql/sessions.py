"""Whether a statement meets the session of the server that the one before it met.

A pooler such as PgBouncer, where it lends a connection for one transaction at a time, has the next one meet another
session. What outlives a transaction there (a prepared statement, an open cursor, a setting, a lock of the session) is
lost to who left it, and found by somebody else.
"""

import logging
from typing import Any

import psycopg

log = logging.getLogger("unloop.database")
SAID = (
    "Between this site and PostgreSQL stands a pooler, which may lend each transaction another connection: nothing is "
    "kept there. With DATABASE_POOL=0 no connection is held that the pooler could give to others."
)


def is_direct(connection: psycopg.Connection[Any]) -> bool:
    """The number of its process that a server tells whoever connects is made up anew by a pooler."""
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    return row is not None and bool(row[0] == connection.info.backend_pid)


class Saying:
    """Once in a process: each connection finds out anew."""

    def __init__(self) -> None:
        self.was_said = False

    def say(self) -> None:
        if not self.was_said:
            self.was_said = True
            log.warning(SAID)


pooler_is_there = Saying()
