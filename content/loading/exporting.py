"""Writes what staff edited back into the library files, so that git and the studio can live together.

Only what readers may see leaves: a draft, a text in review, a change that waits for one, and a picture that no
text for readers shows stay here.
A file that nobody edited keeps every byte. Where the file changed too, the file is left alone and the
conflict is named. All is written to the side and read back first: what would not read as the same
values is never put in place.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction

from content.core.files.merge import RowState
from content.editing.nouns import MODELS
from content.files.library import LIBRARY, NOUNS, VOICES, FileFault, Library, LibraryError, read_library
from content.files.originals import file_of_picture
from content.files.writer import file_of, with_entry, with_fields
from content.loading.loader import RowMerge, merges_of, rows_held
from content.models import PictureOriginal, Publishable, Row
from content.pictures.uses import pictures_for_readers


@dataclass(kw_only=True)
class Exported:
    """What was written, and what was not and why; each line names a row."""

    texts: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    """The digest of what each file of a picture shall hold."""

    written: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    unpublished: list[str] = field(default_factory=list)

    @property
    def files(self) -> list[str]:
        return [*self.texts, *self.pictures]

    @property
    def summary(self) -> str:
        return (
            f"{len(self.written)} entries written to {len(self.files)} files, {len(self.conflicts)} conflicts, "
            f"{len(self.unpublished)} left out because no reader sees them"
        )


def export_library(folder: Path = LIBRARY) -> Exported:
    """Brings the files of a folder up to date; a folder without files begins with those of the site."""
    with TemporaryDirectory() as aside:
        draft = Path(aside) / "library"
        has_files = any(folder.glob("*.toml"))
        copy_files(folder if has_files else LIBRARY, draft)
        exported = write_into(draft)
        names = exported.files if has_files else [path.relative_to(draft) for path in draft.rglob("*.*")]
        for name in names:
            _put(draft / name, folder / name)
    return exported


def write_into(folder: Path) -> Exported:
    """Changes files that nobody else reads, and reads them back."""
    library = read_library(folder)
    exported, expected = _plan(library, folder)
    for name, text in exported.texts.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    _write_pictures(exported, folder)
    _refuse_what_reads_differently(read_library(folder), expected)
    return exported


def _write_pictures(exported: Exported, folder: Path) -> None:
    for name, digest in exported.pictures.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(bytes(PictureOriginal.objects.get(digest=digest).data))


def copy_files(source: Path, target: Path) -> None:
    """The texts and pictures. Recordings follow from the texts, and are made from them anew."""
    left_out = shutil.ignore_patterns("__pycache__", ".*", VOICES)
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=left_out)


Expected = dict[tuple[str, str], dict[str, object]]


@transaction.atomic
def _plan(library: Library, folder: Path) -> tuple[Exported, Expected]:
    exported, expected = Exported(), Expected()
    for merged in merges_of(library, rows_held()):
        if merged.row.pk:
            _plan_entry(merged, folder, exported, expected)
    in_use = pictures_for_readers()
    for noun, row in _rows_without_file(library):
        if _is_for_readers(row) and (noun != "picture" or row.key in in_use):
            values = row.authored_values()
            _add(exported, folder, noun, row.key, values)
            expected[noun, row.key] = values
        else:
            exported.unpublished.append(f"{noun} {row.key}")
    return exported, expected


def _plan_entry(merged: RowMerge, folder: Path, exported: Exported, expected: Expected) -> None:
    exported.conflicts += [f"{merged.name}: {name}" for name in merged.conflicts]
    edited = {name: merged.fields[name].value for name in merged.in_state(RowState.EDITED_HERE)}
    if edited and not _is_for_readers(merged.row):
        exported.unpublished.append(merged.name)
    elif edited:
        entry = merged.entry
        before = exported.texts.get(entry.file) or (folder / entry.file).read_text(encoding="utf-8")
        text = with_fields(before, entry.noun, entry.key, edited)
        if text != before:
            exported.texts[entry.file] = text
        _add_picture(exported, entry.noun, entry.key, edited)
        exported.written.append(f"{merged.name}: {', '.join(edited)}")
        expected[entry.noun, entry.key] = entry.values | edited


def _add(exported: Exported, folder: Path, noun: str, key: str, values: dict[str, object]) -> None:
    name = file_of(noun, key)
    path = folder / name
    text = exported.texts.get(name) or (path.read_text(encoding="utf-8") if path.exists() else "")
    exported.texts[name] = with_entry(text, noun, key, values)
    _add_picture(exported, noun, key, values)
    exported.written.append(f"{noun} {key}: new")


def _add_picture(exported: Exported, noun: str, key: str, values: Mapping[str, Any]) -> None:
    if noun == "picture" and "digest" in values:
        exported.pictures[file_of_picture(key)] = values["digest"]


def _rows_without_file(library: Library) -> Iterator[tuple[str, Row]]:
    for noun in NOUNS:
        known = library.of(noun).keys()
        yield from ((noun, row) for row in MODELS[noun].objects.with_relations() if row.key not in known)


def _is_for_readers(row: Row) -> bool:
    return not isinstance(row, Publishable) or row.is_live


def _refuse_what_reads_differently(library: Library, expected: Expected) -> None:
    """A guard, not a path: it would be a fault of the writer, and the files must not pay for it."""
    for (noun, key), values in expected.items():
        entry = library.of(noun).get(key)
        if entry is None or entry.values != values:
            raise LibraryError([FileFault(file=file_of(noun, key), message=f"{key} could not be written")])


def _put(source: Path, target: Path) -> None:
    """Whole or not at all: readers of the file see the old or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    shutil.copyfile(source, beside)
    beside.replace(target)
