"""Columns whose rules live in the code alone, and in no migration.

A migration writes down what a field says of itself. A list of words, a check, or a function of ours that makes the
first value changes nothing in the database. Written down all the same, it would tie the first migration to the code of
today: rename a word or a function, and no new database could be made. These fields keep such rules to themselves.
`tests/test_frozen_migrations.py` says so when a model needs one of them.
"""

from typing import Any

from django.db import models

RULES = ("choices", "validators")


class RuledField(models.Field):
    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """As Django's own field, with what the database must know and no more."""
        name, _, args, said = super().deconstruct()
        kept = {key: value for key, value in said.items() if key not in RULES and not _is_of_ours(key, value)}
        return name, f"django.db.models.{self.get_internal_type()}", list(args), kept


class RuledCharField(RuledField, models.CharField):
    pass


class RuledJSONField(RuledField, models.JSONField):
    pass


def _is_of_ours(key: str, value: object) -> bool:
    """A first value that a function makes. `dict` and `list` stay: their names will not change."""
    return key == "default" and callable(value) and not isinstance(value, type)
