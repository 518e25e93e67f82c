"""What a database still holds of a row that is gone.

SQLite overwrites what it frees (`PRAGMA secure_delete`, set with every connection). What stands in its journal goes
when that is written back and cut to nothing, which is done here, by a worker. PostgreSQL drops a dead row with its own
vacuum, and its journal with the next checkpoints: docs/operating.md says how soon.
"""

from django.db import connection


def clear() -> None:
    """Within a transaction there is nothing to write back yet."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
