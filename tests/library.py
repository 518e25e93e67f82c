"""The real library in an empty database, for tests that keep what they write: loaded from its files once a run, then
copied in from memory. Every other test that asks for the library runs on a database that holds it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction


@dataclass(frozen=True)
class Table:
    """The rows as the database gave them: the models' own way in would take ten times as long."""

    name: str
    columns: list[str]
    rows: list[tuple[Any, ...]]


class Shelf:
    def __init__(self) -> None:
        self.tables: list[Table] = []

    def fill(self) -> None:
        if self.tables:
            self.copy_in()
        else:
            call_command("load_library", verbosity=0)
            self.tables = [read(kind) for kind in library_models()]

    @transaction.atomic
    def copy_in(self) -> None:
        """At the end of the transaction every row finds the one that it points to, whichever came first."""
        with connection.cursor() as cursor:
            for table in self.tables:
                cursor.executemany(insertion(table), table.rows)
            # The rows came with their numbers, so PostgreSQL has yet to hear which are taken.
            for statement in connection.ops.sequence_reset_sql(no_style(), library_models()):
                cursor.execute(statement)


def library_models() -> list[type[Any]]:
    return list(apps.get_app_config("content").get_models(include_auto_created=True))


def published_by(at: datetime) -> None:
    """For a test whose clock begins before the library was loaded: then all of it is there already."""
    for kind in library_models():
        if any(field.name == "publish_at" for field in kind._meta.concrete_fields):
            kind.objects.filter(publish_at__gt=at).update(publish_at=at)


def read(kind: type[Any]) -> Table:
    """The columns that the model knows: what the database works out by itself cannot be copied in."""
    quote = connection.ops.quote_name
    name, columns = kind._meta.db_table, [field.column for field in kind._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(name)}")  # noqa: S608 (a table of ours)
        return Table(name, columns, cursor.fetchall())


def insertion(table: Table) -> str:
    quote = connection.ops.quote_name
    columns, marks = ", ".join(map(quote, table.columns)), ", ".join(["%s"] * len(table.columns))
    return f"INSERT INTO {quote(table.name)} ({columns}) VALUES ({marks})"  # noqa: S608 (a table of ours)
