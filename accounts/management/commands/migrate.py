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
            yield from self._of_postgresql()
        else:
            yield from self._of_sqlite()

    def _of_postgresql(self) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
            if not cursor.fetchone()[0]:
                self.stderr.write(WAITING)
                cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])

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
