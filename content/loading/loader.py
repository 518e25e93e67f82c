"""Brings the library files into the database without losing what staff wrote there.

Every file is read and judged first; one fault anywhere stops the load before the first
write. Then each field is merged three ways (`content/core/files/merge.py`) and all is written in
one transaction, with the rows locked, so that an edit saved meanwhile is never overwritten.
Nothing is deleted: a row that no file holds is reported and left alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from content.core.files.formats import Fault
from content.core.files.merge import MISSING, Merged, RowState, merge
from content.core.vocabulary import Change
from content.editing.history import begin_all, remember_all
from content.editing.nouns import MODELS
from content.editing.publishing import publish_from_file
from content.files.library import NOUNS, Entry, FileFault, Library, LibraryError
from content.models import NamedRow, Proposing, Publishable, Row
from content.pictures.drawing import keep_original
from content.reading.rendering import render, render_what_shows
from content.search import index

Rows = Mapping[str, Mapping[str, Row]]
"""By noun and key."""


@dataclass(frozen=True, kw_only=True)
class RowMerge:
    """One row beside its file: each field merged, nothing written yet."""

    entry: Entry
    row: Row
    fields: dict[str, Merged]

    @property
    def name(self) -> str:
        return f"{self.entry.noun} {self.entry.key}"

    @property
    def is_new(self) -> bool:
        return self.row.pk is None

    @cached_property
    def changed(self) -> dict[str, Any]:
        now = self.row.authored_values()
        return {name: merged.value for name, merged in self.fields.items() if self.is_new or merged.value != now[name]}

    @property
    def says(self) -> dict[str, Any]:
        """What staff see once this is written: the merged fields, and what they are working on."""
        proposed = self.row.proposal.get("values", {}) if isinstance(self.row, Proposing) else {}
        return {name: merged.value for name, merged in self.fields.items()} | proposed

    @property
    def base(self) -> dict[str, Any]:
        return {name: merged.base for name, merged in self.fields.items() if merged.base is not MISSING}

    @property
    def conflicts(self) -> dict[str, Any]:
        return {name: self.entry.values[name] for name in self.in_state(RowState.CONFLICT)}

    def in_state(self, state: RowState) -> list[str]:
        return [name for name, merged in self.fields.items() if merged.state is state]


@dataclass(kw_only=True)
class Report:
    """What a load did, or would do, each line naming a row and its fields."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    only_here: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Files and rows say the same."""
        return not (self.added or self.changed or self.kept or self.conflicts or self.only_here)

    @property
    def summary(self) -> str:
        return (
            f"{len(self.added)} added, {len(self.changed)} changed, {len(self.kept)} kept as staff edited them, "
            f"{len(self.conflicts)} conflicts, {len(self.only_here)} in no file"
        )


def load(library: Library, at: datetime, by: AbstractBaseUser | None = None) -> Report:
    """Writes what the files changed; new texts are published from `at` on. Raises LibraryError before any write."""
    _refuse_what_rows_cannot_hold(library)
    with transaction.atomic():
        index.set_up(connection)
        rows = rows_held()
        merges = list(merges_of(library, rows))
        report = _report(library, rows, merges)
        begin_all((merged.row for merged in merges if not merged.is_new), at=at)
        for merged in merges:
            _keep_picture(merged)
            _write(merged, at)
        for merged in merges:
            merged.row.assign_many(merged.changed)
        _show_pictures_anew(merges)
        remember_all(((merged.row, merged.says) for merged in merges if merged.changed), Change.LOADED, at=at, by=by)
    return report


@transaction.atomic
def compare(library: Library) -> Report:
    """What `load` would do; writes nothing."""
    _refuse_what_rows_cannot_hold(library)
    rows = rows_held()
    return _report(library, rows, list(merges_of(library, rows)))


def rows_held() -> Rows:
    """All that can come from files, the rows locked; to be called inside a transaction."""
    return {noun: MODELS[noun].objects.with_relations().select_for_update().keyed() for noun in NOUNS}


def merges_of(library: Library, rows: Rows) -> Iterator[RowMerge]:
    """Every entry beside its row."""
    for noun in NOUNS:
        for key, entry in library.of(noun).items():
            yield _merge_row(entry, rows[noun].get(key) or _new_row(entry))


def _new_row(entry: Entry) -> Row:
    model = MODELS[entry.noun]
    return model(slug=entry.key) if issubclass(model, NamedRow) else model()


def _merge_row(entry: Entry, row: Row) -> RowMerge:
    now = entry.values if row.pk is None else row.authored_values()
    fields = {
        name: merge(base=row.loaded.get(name, MISSING), file=entry.values[name], row=now[name]) for name in row.AUTHORED
    }
    return RowMerge(entry=entry, row=row, fields=fields)


def _keep_picture(merged: RowMerge) -> None:
    """A picture that is not taken is kept too: a conflict may yet be settled in its favour."""
    if merged.entry.beside and merged.entry.values["digest"] != merged.row.authored_value("digest"):
        keep_original(merged.entry.beside.read_bytes())


def _write(merged: RowMerge, at: datetime) -> None:
    row, is_new = merged.row, merged.is_new
    is_same = row.loaded == merged.base and row.conflicts == merged.conflicts
    row.assign(merged.changed)
    row.loaded, row.conflicts = merged.base, merged.conflicts
    was_rendered = render(row)
    if is_new or merged.changed or was_rendered or not is_same:
        row.save()
    if is_new and isinstance(row, Publishable):
        publish_from_file(row, at)


def _show_pictures_anew(merges: list[RowMerge]) -> None:
    """Texts of the files are rendered already, after the pictures; those that are only here are not."""
    for merged in merges:
        if merged.changed:
            render_what_shows(merged.row)


def _report(library: Library, rows: Rows, merges: list[RowMerge]) -> Report:
    report = Report(only_here=list(_rows_in_no_file(library, rows)))
    for merged in merges:
        if merged.is_new:
            report.added.append(merged.name)
        elif merged.changed:
            report.changed.append(f"{merged.name}: {', '.join(merged.changed)}")
        if names := merged.in_state(RowState.EDITED_HERE):
            report.kept.append(f"{merged.name}: {', '.join(names)}")
        report.conflicts += [f"{merged.name}: {name}" for name in merged.conflicts]
    return report


def _rows_in_no_file(library: Library, rows: Rows) -> Iterator[str]:
    for noun in NOUNS:
        yield from (f"{noun} {key}" for key in sorted(rows[noun].keys() - library.of(noun).keys()))


def _refuse_what_rows_cannot_hold(library: Library) -> None:
    """Lengths and address forms are the models' to know; they are asked before the first write."""
    faults = [fault for entry in library.entries for fault in _model_faults(entry)]
    if faults:
        raise LibraryError(faults)


def _model_faults(entry: Entry) -> list[FileFault]:
    row = _new_row(entry)
    row.assign(entry.values)
    relations = [column.name for column in row._meta.get_fields() if column.is_relation]
    try:
        row.clean_fields(exclude=relations)
    except ValidationError as error:
        said = [(name, message) for name, messages in error.message_dict.items() for message in messages]
        return [entry.place(Fault(field=name, message=message)) for name, message in said]
    return []
