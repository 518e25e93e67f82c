"""What tells of danger is answered within a second, so it waits for no other writer as long as other posts may.

The patience of the connection is cut as soon as danger is told, and given back when the request ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection
from django.http import HttpRequest

LOCK, STATEMENT = 300, 600
"""In milliseconds: for another writer, and for one statement on PostgreSQL."""

HURRIED = "danger_is_in_a_hurry"


def hurry(request: HttpRequest) -> None:
    if HURRIED not in vars(request):
        _wait_for(LOCK, STATEMENT)
        vars(request)[HURRIED] = True


def no_more_hurry(request: HttpRequest) -> None:
    if vars(request).pop(HURRIED, False):
        _be_patient_again()


@contextmanager
def in_haste() -> Iterator[None]:
    """For a few statements that are of no use when they come late."""
    _wait_for(LOCK, STATEMENT)
    try:
        yield
    finally:
        _be_patient_again()


def _be_patient_again() -> None:
    """A connection that cannot be given its patience back is let go: nobody else may get it so."""
    try:
        _wait_for(_usual(), 0)
    except Error:
        with suppress(Error):
            connection.close()


def _wait_for(lock: int, statement: int) -> None:
    """In milliseconds; 0 is no limit of its own."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA busy_timeout = {lock}")
        else:
            asked = "SELECT set_config('lock_timeout', %s, false), set_config('statement_timeout', %s, false)"
            cursor.execute(asked, [str(lock), str(statement)])


def _usual() -> int:
    return int(connection.settings_dict["OPTIONS"].get("timeout", 0) * 1000) if connection.vendor == "sqlite" else 0
