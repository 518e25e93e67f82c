"""Puts a change of a row on which safety rests in force, or turns it down: a second pair of eyes.

Danger signs, cautions, the questions about conditions, evidence, and what counts as a change. What one person changes
waits beside the row, and everybody is kept safe by the row as it was, until another person who may change such rows
says yes to exactly what stands there. Whoever wrote in the change cannot, whatever they are allowed otherwise. Files
and packs pass by here: they were looked at where they come from.
"""

from collections.abc import Callable
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from content.core.vocabulary import Change
from content.editing.history import latest_number, remember
from content.editing.saving import write
from content.models import Caution, ConditionText, Confirmed, DangerSign, DemandCaution, Evidence, Scale

CONFIRMED: tuple[type[Confirmed], ...] = (DangerSign, Caution, DemandCaution, ConditionText, Evidence, Scale)


class ConfirmingError(ValueError):
    """The change cannot be put in force, or not by this person; the message says why."""


@transaction.atomic
def confirm(row: Confirmed, *, by: AbstractBaseUser, at: datetime, seen: int) -> None:
    """`seen` is the number of the version that was read."""
    row = _held(row, by, seen)
    if wrote_in(row, by):
        raise ConfirmingError(f"“{row}” stays as it is: you wrote in this change, so somebody else has to confirm it.")
    if stale := row.stale_fields():
        words = "changed in force too since this was written; save the change once more"
        raise ConfirmingError(f"“{row}” stays as it is: {', '.join(stale)} {words}.")
    values, row.proposal = row.proposal["values"], {}
    write(row, values)
    remember(row, Change.CONFIRMED, by=by, at=at, note=f"{', '.join(values)}.")


@transaction.atomic
def turn_down(row: Confirmed, *, by: AbstractBaseUser, at: datetime, note: str, seen: int) -> None:
    """Whoever wrote it may take it back; it stays in the history, and can be restored from there."""
    row = _held(row, by, seen)
    if not note.strip() and not wrote_in(row, by):
        raise ConfirmingError(f"The change to “{row}” still waits: say why it should not be.")
    row.proposal = {}
    row.save(update_fields=["proposal", "updated"])
    remember(row, Change.SENT_BACK, by=by, at=at, note=note.strip() or "Taken back.")


def wrote_in(row: Confirmed, person: AbstractBaseUser) -> bool:
    return person.pk in row.proposal.get("by", [])


def may_change(person: AbstractBaseUser, kind: type[Confirmed]) -> bool:
    has_perm: Callable[[str], bool] = person.has_perm  # type: ignore[attr-defined]
    return has_perm(f"content.change_{kind._meta.model_name}")


def _held(row: Confirmed, by: AbstractBaseUser, seen: int) -> Confirmed:
    """The row as it stands now, held until the transaction ends, with the change that was read."""
    if not may_change(by, type(row)):
        raise ConfirmingError("You may not do this: it takes the right to change such rows.")
    held: Confirmed = type(row).objects.select_for_update().get(pk=row.pk)
    if not held.proposal:
        raise ConfirmingError(f"“{held}” has no change that waits.")
    if seen != latest_number(held):
        raise ConfirmingError(f"“{held}” stays as it is: it changed after you opened it. Read it again.")
    return held
