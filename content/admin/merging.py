"""Two editors at once: the second is shown what the first said, and nothing of either is lost.

A form says which version it was opened from. When a later one is there, each field is merged three
ways: what only one of them changed is taken, what both changed is for the second to choose.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from content.admin.fields import TableField
from content.admin.forms import RowForm, initial_of
from content.admin.shown import as_text, label_of
from content.core.files.merge import RowState, merge
from content.core.texts.differences import Line, side_by_side
from content.editing.history import latest_number, versions_of
from content.models import Row

CHOICE = "choice-"
TYPED = "typed-"
OURS = ("csrfmiddlewaretoken", "opened_from")


@dataclass(frozen=True, kw_only=True)
class FieldMerge:
    """One field that somebody else changed since the form was opened."""

    name: str
    label: str
    base: str
    theirs: str
    mine: str
    lines: tuple[Line, ...]
    is_conflict: bool
    can_be_typed: bool

    @property
    def rows(self) -> int:
        """Of the box to write in: some more than what is there."""
        return min(20, 2 + max(self.mine.count("\n"), len(self.mine) // 80))


def opened_from(request: HttpRequest) -> int:
    typed = request.POST.get("opened_from", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 0


def is_stale(request: HttpRequest, row: Row) -> bool:
    return opened_from(request) != latest_number(row)


def merges(form: RowForm, row: Row, theirs: Mapping[str, Any], number: int) -> list[FieldMerge]:
    """What to show for a form that passed its checks; empty when there is nothing to choose or to tell."""
    base, mine = values_at(row, number), form.plain
    fields = []
    for name in row.AUTHORED:
        merged = merge(base=base.get(name), file=theirs[name], row=mine[name])
        if name in form.fields and theirs[name] != mine[name] and theirs[name] != base.get(name):
            is_conflict = merged.state is RowState.CONFLICT
            fields.append(_field_merge(form, row, name, (base.get(name), theirs[name], mine[name]), is_conflict))
    return fields


def _field_merge(form: RowForm, row: Row, name: str, said: tuple[Any, Any, Any], is_conflict: bool) -> FieldMerge:  # noqa: FBT001
    base, theirs, mine = (as_text(value) for value in said)
    return FieldMerge(
        name=name,
        label=label_of(row, name),
        base=base,
        theirs=theirs,
        mine=mine,
        lines=side_by_side(theirs, mine) if is_conflict else side_by_side(base, theirs),
        is_conflict=is_conflict,
        can_be_typed=isinstance(form.fields[name].widget, forms.Textarea | forms.TextInput)
        and not isinstance(form.fields[name], TableField),
    )


def values_at(row: Row, number: int) -> Mapping[str, Any]:
    version = versions_of(row).filter(number=number or 1).first()
    return version.values if version else row.working_values()


def typed_before(request: HttpRequest) -> list[tuple[str, str]]:
    """All that the second editor sent, to be sent once more with their choices."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OURS and not name.startswith((CHOICE, TYPED))
        for value in values
    ]


def with_choices(request: HttpRequest, make_form: Any, row: Row) -> QueryDict:
    """What was sent, with the other's words put in where they were chosen."""
    data = request.POST.copy()
    theirs = make_form(instance=row, initial=initial_of(row, values_at(row, opened_from(request))))
    for key in [key for key in data if key.startswith(CHOICE)]:
        name, choice = key.removeprefix(CHOICE), data.get(key)
        if choice == "theirs" and name in theirs.fields:
            data.setlist(name, _as_sent(theirs[name]))
        elif choice == "typed" and f"{TYPED}{name}" in data:
            data.setlist(name, data.getlist(f"{TYPED}{name}"))
    return data


def _as_sent(field: forms.BoundField) -> list[Any]:
    value = field.value()
    if isinstance(value, bool):
        return ["on"] if value else []
    if isinstance(value, list | tuple):
        return [str(item) for item in value]
    return ["" if value is None else str(value)]
