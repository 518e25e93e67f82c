"""Settles a row that differs from its file: the file's words again, or ours from now on."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from content.core.vocabulary import Change
from content.editing.history import begin, remember
from content.editing.proposing import hold
from content.models import Confirmed, Row
from content.reading.rendering import render, render_what_shows


@transaction.atomic
def put_back(row: Row, *, by: AbstractBaseUser, at: datetime) -> list[str]:
    """Every field that was edited here says again what the file says. Returns the names of those fields.

    Where safety rests on the row, that too is a change which somebody else confirms.
    """
    begin(row, at)
    names = sorted({*row.edited_fields(), *row.conflicts})
    from_file = {name: row.conflicts.get(name, row.loaded.get(name)) for name in names}
    if names and isinstance(row, Confirmed):
        hold(row, row.working_values() | from_file, by)
    elif names:
        _write(row, from_file)
    if names:
        remember(row, Change.PUT_BACK, by=by, at=at, note=f"{', '.join(names)}.")
    return names


def _write(row: Row, from_file: dict[str, Any]) -> None:
    row.assign(from_file)
    row.loaded, row.conflicts = row.loaded | from_file, {}
    render(row)
    row.save()
    row.assign_many(from_file)
    render_what_shows(row)


@transaction.atomic
def keep_ours(row: Row, *, by: AbstractBaseUser, at: datetime) -> list[str]:
    """Conflicts end in favour of the row; it counts as edited here until the file says the same."""
    begin(row, at)
    names = sorted(row.conflicts)
    row.loaded, row.conflicts = row.loaded | row.conflicts, {}
    row.save()
    if names:
        remember(row, Change.KEPT, by=by, at=at, note=f"{', '.join(names)}.")
    return names


def notice_agreement(row: Row) -> None:
    """Where an edit made row and file say the same, the conflict is over."""
    agreed = {name: said for name, said in row.conflicts.items() if row.authored_value(name) == said}
    if agreed:
        row.conflicts = {name: said for name, said in row.conflicts.items() if name not in agreed}
        row.loaded = row.loaded | agreed
        row.save()
