"""Values that lie together in one seal of their row, and are plain in Python: ratings, levels, how sure somebody is.

    class Practice(SealedParts):
        sealed_ratings = a_seal()
        plain_pain_before = ...  # the column of before, `pain_before` in the database; empty once it is sealed
        pain_before = Part(a_rating(), of="sealed_ratings")

Nothing of it can be asked in a query. How long a seal is says nothing of what is in it: it is filled up to a length
that all share. Where both columns hold something the readable one counts, as a release from before may have written it
(`coaching/models/sealing_begins.py`).
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from inspect import getattr_static
from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models, transaction

from accounts.sealing import CannotOpen, seal_spelled, spelled, unseal
from coaching.models.sealing_begins import has_begun

FILLED_UP_TO = 128
"""Bytes: a seal is as long as the next multiple of it."""
FILLING = ""
NOTHING: tuple[Any, ...] = (None, "", {}, [])


def a_number(most: int = 10) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """From 0 to `most`, or none."""
    return models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(most)])


def a_seal() -> "models.TextField[str, str]":
    """A release from before, which does not know the column, leaves it empty."""
    return models.TextField(blank=True, default="", db_default="")


class Part(property):
    """One value of a seal. `unopened` is what is read where no key opens it.

    `hides_nothing`: where there is nothing to say, that is sealed as well, so that nobody sees it.
    """

    name: str
    plain: str
    """The column in which it may stand readable."""

    def __init__(self, field: Any, *, of: str, unopened: Any = None, hides_nothing: bool = False) -> None:
        self.field, self.of, self.unopened, self.hides_nothing = field, of, unopened, hides_nothing
        super().__init__(self._read, self._write)

    def __set_name__(self, owner: type, name: str) -> None:
        self.name, self.plain = name, f"plain_{name}"
        self.field.set_attributes_from_name(name)

    def _read(self, row: "SealedParts") -> Any:
        plain = getattr(row, self.plain)
        if plain not in NOTHING:
            return plain
        try:
            value = row.opened(self.of).get(self.name)
        except CannotOpen:
            return deepcopy(self.unopened)
        return self.emptied if value is None else value

    def _write(self, row: "SealedParts", value: Any) -> None:
        row.tell({self.name: value})

    def is_told(self, value: Any) -> bool:
        return value not in NOTHING or (self.hides_nothing and value is not None)

    @property
    def emptied(self) -> Any:
        """What stands in the readable column of a row that holds nothing there."""
        return None if self.field.null else self.field.get_default()


class SealedPartsQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> int:
        """Parts are sealed row by row, each held while it is."""
        told = {
            name: values.pop(name) for name in list(values) if isinstance(getattr_static(self.model, name, None), Part)
        }
        if not told:
            return super().update(**values)
        with transaction.atomic():
            rows = list(self.order_by().select_for_update())
            for row in rows:
                for name, value in told.items():
                    setattr(row, name, value)
                self.model._default_manager.filter(pk=row.pk).update(**values, **row.columns_of(told))
        return len(rows)

    update.alters_data = True  # type: ignore[attr-defined]


class SealedParts(models.Model):
    objects = SealedPartsQuerySet.as_manager()

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **values: Any) -> None:
        """From the database a row comes without names, and with its seals."""
        known = parts_of(type(self)) if values else {}
        told = {name: values.pop(name) for name in known if name in values}
        super().__init__(*args, **values)
        if told:
            self.tell(told)

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        if update_fields is not None:
            told = [name for name in update_fields if name in parts_of(type(self))]
            update_fields = [*(name for name in update_fields if name not in told), *self.columns_of(told)]
        super().save(*args, update_fields=update_fields, **options)

    def tell(self, told: Mapping[str, Any]) -> None:
        """Parts by their names: each seal is closed once, however many of it are told."""
        known, is_sealed = parts_of(type(self)), has_begun()
        by_seal: dict[str, dict[str, Any]] = {}
        for name, value in told.items():
            part = known[name]
            if value is not None:
                part.field.clean(value, None)
            setattr(self, part.plain, part.emptied if is_sealed else value)
            by_seal.setdefault(part.of, {})[name] = value if is_sealed and part.is_told(value) else None
        for column, own in by_seal.items():
            self._put_into(column, own)

    def _put_into(self, column: str, own: Mapping[str, Any]) -> None:
        # What a seal that no key opens holds is lost only where all of it is told anew.
        is_whole = own.keys() >= set(_parts_of(type(self), column))
        held = {} if is_whole else self.opened(column)
        then = {name: value for name, value in {**held, **own}.items() if value is not None}
        # A row is made with a dozen parts of which most were left out: each would be one more sealing of the same.
        if is_whole or then != held:
            self.close(column, then)

    def seal_context(self, column: str) -> str:
        """What the seal is bound to: a value that is copied into another row does not open there."""
        raise NotImplementedError

    def opened(self, column: str) -> dict[str, Any]:
        """The parts in a seal, opened once. Nobody changes what is returned."""
        kept, known = getattr(self, column), vars(self).get(f"_{column}")
        if known is None or known[0] != kept:
            known = vars(self)[f"_{column}"] = (kept, unseal(kept, self.seal_context(column)) or {})
        return known[1]

    def close(self, column: str, parts: Mapping[str, Any]) -> None:
        told = {name: value for name, value in parts.items() if name != FILLING}
        kept = seal_spelled(filled_up(spelled(told)), self.seal_context(column)) if told else ""
        setattr(self, column, kept)
        # As it would be opened again.
        vars(self)[f"_{column}"] = (kept, told)

    def columns_of(self, names: Iterable[str]) -> dict[str, Any]:
        """The columns of the database that hold these parts, as they are now."""
        parts = [parts_of(type(self))[name] for name in names]
        columns = {column for part in parts for column in (part.of, part.plain)}
        return {column: getattr(self, column) for column in sorted(columns)}


def filled_up(json_text: str) -> str:
    """An object in JSON that tells something, with as much beside it as lets no seal tell how much."""
    begun, ended = f'{json_text[:-1]},"{FILLING}":"', '"}'
    return begun + " " * (-len(begun + ended) % FILLED_UP_TO) + ended


@cache
def parts_of(model: type[models.Model]) -> dict[str, Part]:
    """By their names, in the order in which the model names them."""
    named = [(name, value) for each in reversed(model.__mro__) for name, value in vars(each).items()]
    return {name: value for name, value in named if isinstance(value, Part)}


@cache
def _parts_of(model: type[models.Model], column: str) -> tuple[str, ...]:
    return tuple(name for name, part in parts_of(model).items() if part.of == column)
