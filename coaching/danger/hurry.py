"""What tells of danger is answered within a second, so it waits for no other writer as long as other posts may.

The patience of the connection is cut as soon as danger is told, and given back when the request ends.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import Error, connection, transaction
from django.http import HttpRequest

LOCK, STATEMENT = 300, 600
"""In milliseconds: for another writer, and for one statement on PostgreSQL."""

LIMITS = (
    "SELECT set_config('lock_timeout', %(lock)s, %(ends)s), set_config('statement_timeout', %(statement)s, %(ends)s)"
)
"""`ends`: with the transaction, rather than with the session."""

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
    if _hurried in connection.execute_wrappers:
        connection.execute_wrappers.remove(_hurried)
        return
    try:
        _wait_for(_usual(), 0)
    except Error:
        with suppress(Error):
            connection.close()


def _wait_for(lock: int, statement: int) -> None:
    """In milliseconds; 0 is no limit of its own."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {lock}")
    elif connection.has_its_own_session:  # type: ignore[attr-defined]
        with connection.cursor() as cursor:
            cursor.execute(LIMITS, {"lock": str(lock), "statement": str(statement), "ends": False})
    elif statement and _hurried not in connection.execute_wrappers:
        connection.execute_wrappers.append(_hurried)


def _hurried(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - as Django calls it
    """The limits end with each transaction: a session that is lent for one would keep them for whoever is next."""
    if not connection.in_atomic_block:
        with transaction.atomic():
            return _hurried(execute, sql, params, many, context)
    if not _has_failed():
        limits = {"lock": str(LOCK), "statement": str(STATEMENT), "ends": True}
        context["cursor"].cursor.execute(LIMITS, limits)
    return execute(sql, params, many, context)


def _has_failed() -> bool:
    """Such a transaction takes nothing but its end."""
    return bool(connection.connection.info.transaction_status.name == "INERROR")


def _usual() -> int:
    return int(connection.settings_dict["OPTIONS"].get("timeout", 0) * 1000) if connection.vendor == "sqlite" else 0
