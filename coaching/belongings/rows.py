"""All rows of a person as plain values, in a form that this site and any other can bring in again.

    {"form": "unloop-rows", "version": 1,
     "person": {...}, "profile": {...},
     "tables": {"intakes": [{"key": 1, "version": "3", "answers": {...}, ...}, ...], ...}}

`key` numbers the rows of one table in this file, and nothing else.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db import models

from accounts.members.extent import WHOLE, Extent
from accounts.models import Profile, User
from accounts.sealing import CannotOpen
from coaching.belongings.tables import PERSON_COLUMNS, PROFILE_COLUMNS, SEALED, TABLE_OF, TABLES, Table, told_name
from coaching.models import Person

FORM, VERSION = "unloop-rows", 1

Keys = dict[type[models.Model], dict[Any, int]]
"""Model -> the key of a row in the database -> its number in the file."""


def export_rows(user: User, extent: Extent = WHOLE) -> dict[str, Any]:
    """Always all of them: they are for programs, and on no page."""
    person = Person.objects.filter(user=user).first()
    head = {"form": FORM, "version": VERSION, "profile": _values(Profile.objects.of(user), PROFILE_COLUMNS)}
    if person is None:
        return {**head, "person": {}, "tables": {}}
    return {**head, "person": _values(person, PERSON_COLUMNS), "tables": rows_of(person)}


def rows_of(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, in the order of its making. A table without a row is left out."""
    keys: Keys = {}
    told: dict[str, list[dict[str, Any]]] = {}
    for table in TABLES:
        rows = list(table.model._default_manager.filter(**{table.to_person: person}).order_by("pk"))
        keys[table.model] = {row.pk: number for number, row in enumerate(rows, 1)}
        if rows:
            told[table.name] = [_row(table, row, keys) for row in rows]
    return told


def _row(table: Table, row: models.Model, keys: Keys) -> dict[str, Any]:
    told = {told_name(column): _exported_value(row, column, keys) for column in table.columns}
    return {"key": keys[table.model][row.pk], **told}


def _exported_value(row: models.Model, column: "models.Field", keys: Keys) -> Any:
    value = getattr(row, column.attname)
    if column.related_model in TABLE_OF:
        return keys[column.related_model].get(value)  # type: ignore[index]
    return _opened(row, told_name(column)) if column.name.startswith(SEALED) else _plain(value)


def _opened(row: models.Model, name: str) -> Any:
    """None for what no key opens any more: the rest of the file is still theirs to take."""
    try:
        return getattr(row, name)
    except CannotOpen:
        return None


def _values(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date | time) else value
