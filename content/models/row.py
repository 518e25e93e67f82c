"""What every row of the library has in common: it can be traced to its file.

A row is authored twice: in a file under `content/library/` and in the admin. `loaded`
holds each field as it was last taken from the file, which is the base of the loader's
three-way merge. `conflicts` holds the file's value of each field that both sides changed.
"""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import get_language

from content.core.files.merge import RowState


class RowQuerySet(models.QuerySet[Any]):
    def keyed(self) -> dict[str, Any]:
        return {row.key: row for row in self}

    def with_relations(self) -> Self:
        """With all that a file also names, so that `authored_values` asks the database nothing."""
        return self.prefetch_related(*self.model.many_fields())


class Row(models.Model):
    AUTHORED: ClassVar[tuple[str, ...]] = ()

    loaded = models.JSONField(default=dict, editable=False)
    conflicts = models.JSONField(default=dict, editable=False)
    created = models.DateTimeField(auto_now_add=True)
    updated = models.DateTimeField(auto_now=True)

    objects = RowQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        raise NotImplementedError

    def said(self, name: str) -> str:
        """A text of the row in the language of the page, where the row has it in that language."""
        own: str = getattr(self, name)
        language = (get_language() or "").partition("-")[0]
        return getattr(self, f"{name}_{language}", "") or own

    @property
    def state(self) -> RowState:
        """Where the row stands against its file, as far as the last load knows."""
        if not self.loaded:
            return RowState.ONLY_HERE
        if self.conflicts:
            return RowState.CONFLICT
        return RowState.EDITED_HERE if self.edited_fields() else RowState.FROM_FILE

    def edited_fields(self) -> list[str]:
        values = self.authored_values()
        return [name for name in self.AUTHORED if name in self.loaded and self.loaded[name] != values[name]]

    def authored_values(self) -> dict[str, Any]:
        return {name: self.authored_value(name) for name in self.AUTHORED}

    def working_values(self) -> dict[str, Any]:
        """What staff work on: what the row says, but for changes that still wait for a review."""
        return self.authored_values()

    @property
    def stage(self) -> str:
        """How far what staff work on has come; rows that nobody publishes have no stage."""
        return ""

    def authored_value(self, name: str) -> Any:
        """One field in the plain form that a file holds."""
        field = _field_of(self, name)
        if field.many_to_many:
            return sorted(row.slug for row in getattr(self, name).all()) if self.pk else []
        value = getattr(self, field.attname)
        return value.isoformat() if isinstance(value, date) else value

    def assign(self, values: dict[str, Any]) -> None:
        """Takes plain values, but for those that need the row to be saved first (`assign_many`)."""
        for name, value in values.items():
            if name not in self.many_fields():
                setattr(self, _field_of(self, name).attname, value)

    def assign_many(self, values: dict[str, Any]) -> None:
        for name in self.many_fields():
            if name in values:
                kind = _field_of(self, name).related_model
                getattr(self, name).set(kind.objects.filter(slug__in=values[name]))

    @classmethod
    def many_fields(cls) -> list[str]:
        return [field.name for field in cls._meta.many_to_many if field.name in cls.AUTHORED]


def _field_of(row: Row, name: str) -> Any:
    return row._meta.get_field(name)


class NamedRow(Row):
    slug = models.SlugField(
        "address name", max_length=60, unique=True, help_text="Lower-case letters, digits, - and _. It never changes."
    )

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        return self.slug
