"""Sealing everything anew with the newest key, so that an old one can be thrown away.

Rows are taken in batches and each is replaced only while it still holds what was read, so a
person who writes meanwhile loses nothing. What the newest key has sealed is passed by: running
it again, or after it was stopped, is safe.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from accounts.resealing import Tally
from accounts.sealing import CannotOpen, is_current
from coaching.models import (
    BreathPattern,
    CheckIn,
    Ending,
    Intake,
    LessonProgress,
    LogEntry,
    PracticeStore,
    ResearchShare,
    Rhythm,
    SharedLink,
    ToolEntry,
    WeekStep,
)

BATCH = 200


@dataclass(frozen=True, kw_only=True)
class SealedColumn:
    """A column that holds a seal, and the property through which it is opened and sealed."""

    model: type[models.Model]
    column: str
    opened_by: str

    @property
    def name(self) -> str:
        return f"{self.model._meta.label_lower}.{self.column}"


SEALED_COLUMNS = (
    SealedColumn(model=Intake, column="sealed_answers", opened_by="answers"),
    SealedColumn(model=ToolEntry, column="sealed_answers", opened_by="answers"),
    SealedColumn(model=LessonProgress, column="sealed_notes", opened_by="notes"),
    SealedColumn(model=BreathPattern, column="sealed_name", opened_by="name"),
    SealedColumn(model=CheckIn, column="sealed_answers", opened_by="answers"),
    SealedColumn(model=Rhythm, column="sealed_step", opened_by="step"),
    SealedColumn(model=WeekStep, column="sealed_place", opened_by="place"),
    SealedColumn(model=LogEntry, column="sealed_words", opened_by="words"),
    SealedColumn(model=PracticeStore, column="sealed_newest", opened_by="newest"),
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
    rows, last = sealed.model._default_manager.order_by("pk"), None
    while batch := list((rows.filter(pk__gt=last) if last is not None else rows)[:BATCH]):
        yield from batch
        last = batch[-1].pk


def _reseal_row(sealed: SealedColumn, row: models.Model) -> bool:
    before = getattr(row, sealed.column)
    if is_current(before):
        return False
    setattr(row, sealed.opened_by, getattr(row, sealed.opened_by))
    unchanged = sealed.model._default_manager.filter(pk=row.pk, **{sealed.column: before})
    return bool(unchanged.update(**{sealed.column: getattr(row, sealed.column)}))
