"""Django's own, one at a time: two machines that are put up at once would do the same steps to one database."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.commands import migrate
from django.db import connection

LOCK = 7_310_425
"""Any number that nothing else takes as an advisory lock of this database."""

WAITING = "Another migrate is at work. Waiting until it is done."


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        with self.alone():
            super().handle(*args, **options)

    @contextmanager
    def alone(self) -> Iterator[None]:
        if connection.vendor == "postgresql":
            with self._of_postgresql():
                yield
        else:
            with self._of_sqlite():
                yield

    @contextmanager
    def _of_postgresql(self) -> Iterator[None]:
        """Held by a transaction that stays open beside the work. A lock of the session would be left behind in a
        pooler, which lends each transaction another one, and every later migrate would wait for it without end."""
        import psycopg  # noqa: PLC0415 (a site on SQLite need not load it)

        options: dict[str, Any] = {**connection.get_connection_params(), "autocommit": False}
        with psycopg.connect(**options) as turn:
            turn.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            if turn.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK]).fetchone() != (True,):
                self.stderr.write(WAITING)
                turn.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            yield

    @contextmanager
    def _of_sqlite(self) -> Iterator[None]:
        database = Path(str(connection.settings_dict["NAME"]))
        if not database.parent.is_dir():
            yield
            return
        with database.with_name(f"{database.name}.migrating").open("w") as turn:
            try:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.stderr.write(WAITING)
                fcntl.flock(turn, fcntl.LOCK_EX)
            yield
