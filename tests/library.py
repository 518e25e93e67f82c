"""The real library in the test's database: loaded from its files once a run, then copied in from memory."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, models, transaction


class Shelf:
    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[models.Model]] = {}

    def fill(self) -> None:
        if self.rows:
            self.copy_in()
        else:
            call_command("load_library", verbosity=0)
            self.rows = {kind: list(kind._default_manager.all()) for kind in library_tables()}

    @transaction.atomic
    def copy_in(self) -> None:
        """At the end of the transaction every row finds the one that it points to, whichever came first."""
        for kind, rows in self.rows.items():
            kind._default_manager.bulk_create(rows)
        # The rows came with their numbers, so PostgreSQL has yet to hear which are taken.
        for statement in connection.ops.sequence_reset_sql(no_style(), list(self.rows)):
            with connection.cursor() as cursor:
                cursor.execute(statement)


def library_tables() -> list[type[Any]]:
    return list(apps.get_app_config("content").get_models(include_auto_created=True))
