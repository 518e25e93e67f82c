"""While a release is put in, the one before runs on the new schema: no migration takes from it what it reads or writes.

A column that goes, or takes another name, breaks each query of the old code. One that is added and may not be empty,
with no default that the database itself knows, breaks each row that the old code writes. What has to go does so one
release after the code has stopped asking for it. The first tests of each rule show that it would be noticed broken.
"""

from collections.abc import Iterator

import pytest
from django.db import models
from django.db.migrations import operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

APPS = {"accounts": 18, "coaching": 12, "content": 25}
"""The last migration of each app before this was promised."""

EXCUSED = {
    "accounts.profiles_without_reminders": "in the release that moves these columns, before any site of others ran",
    "accounts.wishes_of_profiles": "the move of those columns",
    "coaching.when_letters_look": "came while this was being promised; it stays as it is once it ran somewhere",
}
"""App and words of a migration that the release before does not survive, and why that is no harm."""

TAKE_AWAY = (
    operations.RemoveField,
    operations.RenameField,
    operations.DeleteModel,
    operations.RenameModel,
    operations.AlterModelTable,
)


def is_harmful(operation: Operation) -> bool:
    if isinstance(operation, operations.SeparateDatabaseAndState):
        return any(is_harmful(inner) for inner in operation.database_operations)
    if isinstance(operation, TAKE_AWAY):
        return True
    if isinstance(operation, operations.AddField):
        return not _can_be_left_out(operation.field)
    return False


def _can_be_left_out(field: models.Field) -> bool:
    """Whether the database itself knows what stands there in a row that does not name the column."""
    return field.null or field.has_db_default() or field.generated or isinstance(field, models.ManyToManyField)


def later() -> Iterator[tuple[str, str, Operation]]:
    """App, name and step of each migration since."""
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in APPS and int(name.partition("_")[0]) > APPS[app]:
            yield from ((app, name, each) for each in migration.operations)


def harmful() -> Iterator[str]:
    steps = list(later())
    # Of a table that came since, the release before knows nothing.
    new = {(app, each.name_lower) for app, _, each in steps if isinstance(each, operations.CreateModel)}
    for app, name, each in steps:
        is_of_new = (app, getattr(each, "model_name", "").lower()) in new
        if is_harmful(each) and not is_of_new and f"{app}.{name.partition('_')[2]}" not in EXCUSED:
            yield f"{app}.{name}: {each.describe()}"


@pytest.mark.parametrize(
    "operation",
    [
        operations.RemoveField("person", "seen_on"),
        operations.RenameField("person", "seen_on", "seen_at"),
        operations.DeleteModel("person"),
        operations.AddField("person", "note", models.CharField(max_length=10, default="")),
        operations.SeparateDatabaseAndState([operations.RemoveField("person", "seen_on")], []),
    ],
)
def test_what_the_release_before_does_not_survive_is_noticed(operation: Operation) -> None:
    assert is_harmful(operation)


@pytest.mark.parametrize(
    "field",
    [
        models.CharField(max_length=10, default="", db_default=""),
        models.DateField(null=True),
        models.ManyToManyField("accounts.User"),
    ],
)
def test_a_column_that_may_be_left_out_does_no_harm(field: models.Field) -> None:
    assert not is_harmful(operations.AddField("person", "note", field))


def test_no_migration_takes_from_the_release_before() -> None:
    assert list(harmful()) == []
