"""The real library in the test's database: loaded from its files once a run, then copied in from memory."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.core.serializers import sort_dependencies
from django.db import connection, models


class Shelf:
    def __init__(self) -> None:
        self.rows: dict[type[models.Model], list[models.Model]] = {}

    def fill(self) -> None:
        if self.rows:
            self.copy_in()
        else:
            call_command("load_library", verbosity=0)
            self.rows = {kind: list(kind._default_manager.all()) for kind in library_tables()}

    def copy_in(self) -> None:
        for kind, rows in self.rows.items():
            kind._default_manager.bulk_create(rows)
        # The rows came with their numbers, so PostgreSQL has yet to hear which are taken.
        for statement in connection.ops.sequence_reset_sql(no_style(), list(self.rows)):
            with connection.cursor() as cursor:
                cursor.execute(statement)


def library_tables() -> list[type[Any]]:
    """Every table of the library, each after those that it points to."""
    content = apps.get_app_config("content")
    kinds = sort_dependencies([(content, list(content.get_models()))])
    return [*kinds, *(kind for kind in content.get_models(include_auto_created=True) if kind not in kinds)]
