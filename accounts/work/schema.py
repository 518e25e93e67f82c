"""Whether the database has every migration of this code. More of them, of a newer release, do no harm."""

from functools import cache

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def is_migrated() -> bool:
    """Raises a database error where the database does not answer."""
    return shipped_migrations() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def shipped_migrations() -> set[tuple[str, str]]:
    """The migrations in this code; they cannot change while it runs."""
    return set(MigrationLoader(None).disk_migrations)
