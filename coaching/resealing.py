"""Sealing everything anew with the newest key, so that an old one can be thrown away.

Rows are taken in batches and each is replaced only while it still holds what was read, so a
person who writes meanwhile loses nothing. What the newest key has sealed is passed by: running
it again, or after it was stopped, is safe.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.db.models import Q

from accounts.erasing import freed_pages
from accounts.resealing import Tally
from accounts.sealing import CannotOpen, is_current
from coaching.models import (
    Booster,
    BreathPattern,
    CheckIn,
    ComparisonDay,
    Ending,
    Intake,
    LessonProgress,
    LogEntry,
    Plan,
    Practice,
    PracticeStore,
    ResearchShare,
    Rhythm,
    SharedLink,
    ToolEntry,
    WeekReview,
    WeekStep,
)
from coaching.models.sealed_parts import SealedParts, parts_of
from coaching.models.sealing_begins import has_begun

BATCH, LOOKED_AT = 200, 20_000


@dataclass(frozen=True, kw_only=True)
class SealedColumn:
    """A column that holds a seal, and the property through which it is opened and sealed; none where it holds parts."""

    model: type[models.Model]
    column: str
    opened_by: str = ""

    @property
    def name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"


SEALED_COLUMNS = (
    SealedColumn(model=Intake, column="sealed_answers", opened_by="answers"),
    SealedColumn(model=Intake, column="sealed_safety_level"),
    SealedColumn(model=Practice, column="sealed_ratings"),
    SealedColumn(model=Plan, column="sealed_steps"),
    SealedColumn(model=ComparisonDay, column="sealed_rating"),
    SealedColumn(model=LogEntry, column="sealed_value"),
    SealedColumn(model=WeekReview, column="sealed_told"),
    SealedColumn(model=Booster, column="sealed_look"),
    SealedColumn(model=ToolEntry, column="sealed_answers", opened_by="answers"),
    SealedColumn(model=LessonProgress, column="sealed_notes", opened_by="notes"),
    SealedColumn(model=BreathPattern, column="sealed_name", opened_by="name"),
    SealedColumn(model=CheckIn, column="sealed_answers", opened_by="answers"),
    SealedColumn(model=Rhythm, column="sealed_step", opened_by="step"),
    SealedColumn(model=WeekStep, column="sealed_place", opened_by="place"),
    SealedColumn(model=LogEntry, column="sealed_words", opened_by="words"),
    SealedColumn(model=PracticeStore, column="sealed_newest", opened_by="newest"),
    SealedColumn(model=PracticeStore, column="sealed_later", opened_by="later"),
    SealedColumn(model=ResearchShare, column="sealed_shift", opened_by="shift"),
    SealedColumn(model=Ending, column="sealed_words", opened_by="words"),
    SealedColumn(model=SharedLink, column="sealed_verifier", opened_by="verifier"),
    SealedColumn(model=SharedLink, column="sealed_content", opened_by="content"),
)


def reseal(sealed: SealedColumn) -> Tally:
    done, passed, closed = 0, 0, []
    for row in _rows(sealed):
        try:
            is_new = _reseal_row(sealed, row)
        except CannotOpen:
            closed.append(row.pk)
            continue
        done, passed = done + is_new, passed + (not is_new)
    return Tally(column=sealed.name, resealed=done, current=passed, closed=tuple(closed))


def _rows(sealed: SealedColumn) -> Iterator[models.Model]:
    """Every row, a batch at a time by its key, so that no query stays open while rows are written."""
    rows, last = sealed.model._base_manager.order_by("pk"), None
    while batch := list((rows.filter(pk__gt=last) if last is not None else rows)[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _reseal_row(sealed: SealedColumn, row: models.Model) -> bool:
    before = getattr(row, sealed.column)
    if is_current((before or "").strip()):  # a column may be empty, or filled up with nothing else in it
        return False
    if sealed.opened_by:
        setattr(row, sealed.opened_by, getattr(row, sealed.opened_by))
    else:
        parts: Any = row
        parts.close(sealed.column, parts.opened(sealed.column))
    # No way of the model's own: what the row says stays the same.
    unchanged = sealed.model._base_manager.filter(pk=row.pk, **{sealed.column: before})
    return bool(unchanged.update(**{sealed.column: getattr(row, sealed.column)}))


# --- What stands readable -----------------------------------------------------------------


class Looked:
    """In this process: nothing stood readable any more. Nothing is written so again, so nobody has to look anew."""

    all_is_sealed = False


def look_again() -> Iterator[int]:
    """As `seal_what_stands_open`, some rows at a time, for a worker, which looks every hour."""
    done = 0
    for count in _steps() if not Looked.all_is_sealed else ():
        done += count
        yield count
    if done:
        freed_pages.clear()
    Looked.all_is_sealed = Looked.all_is_sealed or (has_begun() and not done)


def seal_what_stands_open() -> int:
    """Seal what a release from before kept readable: how many rows it was. None while one may run."""
    return sum(_steps())


def _steps() -> Iterator[int]:
    for model in models_with_parts() if has_begun() else ():
        yield from _seal_rows(model)


def models_with_parts() -> list[type[SealedParts]]:
    return [model for model in apps.get_app_config("coaching").get_models() if issubclass(model, SealedParts)]


def _seal_rows(model: type[SealedParts]) -> Iterator[int]:
    """No index knows which stand open, so few thousand are looked at in a step."""
    stands, after = _stands_open(model), 0
    last = model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
    while after < last:
        until = after + LOOKED_AT
        with transaction.atomic():
            rows = model._base_manager.select_for_update().filter(stands, pk__gt=after, pk__lte=until)
            some = list(rows.order_by("pk")[:BATCH])
            for row in some:
                _seal_row(row)
        yield len(some)
        after = some[-1].pk if len(some) == BATCH else until


def _stands_open(model: type[SealedParts]) -> Q:
    """What has a seal in every row has one where there is nothing to say, or that would be seen."""
    stands = Q()
    for part in parts_of(model).values():
        stands |= ~Q(**{part.plain: part.emptied})
        stands |= Q(**{part.of: ""}) if part.hides_nothing else Q()
    return stands


def _seal_row(row: SealedParts) -> None:
    parts = parts_of(type(row))
    for column in {part.of for part in parts.values()}:
        try:
            row.opened(column)
        except CannotOpen:
            return
        told = {name: getattr(row, name) for name, part in parts.items() if part.of == column}
        row.close(column, {name: value for name, value in told.items() if parts[name].is_told(value)})
    for part in parts.values():
        setattr(row, part.plain, part.emptied)
    type(row)._base_manager.filter(pk=row.pk).update(**row.columns_of(parts))
