"""A whole library as one zip: to take along, to keep, to bring to another site.

A pack that comes in is a stranger. It is opened only after its own table of contents was judged
(how many files, how large, how tightly packed, which names), is then read with those bounds, and is
judged as a library before the first row is written. One thing wrong, and nothing of it is taken.
"""

import re
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from django.contrib.auth.base_user import AbstractBaseUser

from content.editing.nouns import MODELS
from content.editing.row_checks import slugs
from content.files.checks import check_library
from content.files.library import LIBRARY, ROWS, TABLES, Entry, Library, LibraryError, read_library
from content.loading.exporting import copy_files, write_into
from content.loading.loader import Report, load
from content.models import Ladder, Picture, Row

PACK_AT_MOST = 60 * 1024 * 1024
FILES_AT_MOST = 2000
FILE_AT_MOST = 2 * 1024 * 1024
TEXT_AT_MOST = 30 * 1024 * 1024
PICTURES_AT_MOST = 60 * 1024 * 1024
RATIO_AT_MOST = 100
"""Text packs to a fifth or a tenth of its size; a bomb to a thousandth. Pictures hardly pack at all."""

TABLE_FILES = {*TABLES.values(), *(name for name, _ in ROWS.values())}
TEXT_FILE = re.compile(
    r"(?:(?:lessons|tips)/[a-z0-9][a-z0-9._-]*\.md|(?:guides|ladders|step_rules)/[a-z0-9][a-z0-9._-]*\.toml)\Z"
)
PICTURE = re.compile(r"pictures/[a-z0-9][a-z0-9._-]*\.webp\Z")
FOLDER = re.compile(r"(?:lessons|tips|guides|ladders|step_rules|pictures)/\Z")
CAME_LATER = {
    "condition": ("label_es",),
    "danger_sign": ("advice", "question_es", "advice_es"),
    "crisis_line": ("services", "services_checked_on", "country_es", "emergency_es"),
    "technique": ("outcome", "asked", "fair_trial"),
    "caution": ("words_es",),
    "demand_caution": ("words_es",),
}
"""What files did not always name. A pack that is silent about it takes nothing away of what is kept here.

What a guide asks of the body is not among it: of a guide that is silent, nobody knows whether it is still the same one.
"""
THE_SAME_DAY = (1980, 1, 1, 0, 0, 0)


class PackError(ValueError):
    """Why a pack is not taken, in one sentence."""


def write_pack(target: IO[bytes]) -> None:
    """The library as readers see it. The same library gives the same bytes."""
    with TemporaryDirectory() as aside:
        folder = Path(aside) / "library"
        copy_files(LIBRARY, folder)
        write_into(folder)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as pack:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), THE_SAME_DAY)
                entry.external_attr = 0o644 << 16
                pack.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)


def take_pack(source: IO[bytes], *, at: datetime, by: AbstractBaseUser | None) -> Report:
    """Loads a pack as if its files were the site's own. Raises PackError before the first write."""
    with TemporaryDirectory() as aside:
        folder = Path(aside)
        _unpack(source, folder)
        try:
            library = _with_what_came_later(read_library(folder))
            wrong = [placed for placed in check_library(library, slugs(Picture), slugs(Ladder)) if placed.is_error]
            if wrong:
                raise PackError(_first_of([str(placed) for placed in wrong]))
            return load(library, at, by)
        except LibraryError as error:
            raise PackError(_first_of([str(fault) for fault in error.faults])) from None


def _with_what_came_later(library: Library) -> Library:
    rows = {noun: MODELS[noun].objects.with_relations().keyed() for noun in CAME_LATER}
    return Library(
        entries=tuple(_completed(entry, rows.get(entry.noun, {}).get(entry.key)) for entry in library.entries)
    )


def _completed(entry: Entry, row: Row | None) -> Entry:
    """With what the file said when it was last taken, where this one is silent; else with what stands here."""
    if row is None:
        return entry
    unsaid = [name for name in CAME_LATER[entry.noun] if name not in entry.lines]
    known = {name: row.loaded[name] if name in row.loaded else row.authored_value(name) for name in unsaid}
    return replace(entry, values=entry.values | known)


def _first_of(faults: list[str]) -> str:
    more = f" And {len(faults) - 1} more." if len(faults) > 1 else ""
    return f"Nothing of this pack was taken. Repair first: {faults[0]}.{more}"


def _unpack(source: IO[bytes], folder: Path) -> None:
    if source.seek(0, 2) > PACK_AT_MOST:
        raise PackError(f"This pack is larger than {_megabytes(PACK_AT_MOST)}.")
    try:
        with zipfile.ZipFile(source) as pack:
            for entry in _judged(pack.infolist()):
                _write(pack, entry, folder)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        raise PackError("This is no zip file that can be read.") from error


def _judged(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    if len(entries) > FILES_AT_MOST:
        raise PackError(f"This pack holds {len(entries)} files; {FILES_AT_MOST} at most.")
    pictures = [entry for entry in entries if PICTURE.match(entry.filename)]
    _refuse_too_much(pictures, PICTURES_AT_MOST)
    texts = [entry for entry in entries if entry not in pictures]
    size, packed = _refuse_too_much(texts, TEXT_AT_MOST), sum(entry.compress_size for entry in texts)
    if size > RATIO_AT_MOST * max(packed, 1):
        raise PackError("This pack is packed so tightly that it cannot hold a library.")
    return list(_named_well(entries))


def _refuse_too_much(entries: list[zipfile.ZipInfo], most: int) -> int:
    """What these files say that they hold, in bytes."""
    size = sum(entry.file_size for entry in entries)
    if size > most or any(entry.file_size > FILE_AT_MOST for entry in entries):
        raise PackError(f"This pack is too large once unpacked: {_megabytes(most)} at most.")
    return size


def _named_well(entries: list[zipfile.ZipInfo]) -> Iterator[zipfile.ZipInfo]:
    seen: set[str] = set()
    for entry in entries:
        name = entry.filename
        if FOLDER.match(name):
            continue
        if name not in TABLE_FILES and not TEXT_FILE.match(name) and not PICTURE.match(name):
            raise PackError(f"This pack holds “{name[:80]}”, which is no file of a library.")
        if name in seen or entry.flag_bits & 1 or stat.S_ISLNK(entry.external_attr >> 16):
            raise PackError(f"“{name[:80]}” in this pack is there twice, locked, or a link.")
        seen.add(name)
        yield entry


def _write(pack: zipfile.ZipFile, entry: zipfile.ZipInfo, folder: Path) -> None:
    # What the table of contents says of a size need not be true, so no more than that is read.
    with pack.open(entry) as packed:
        text = packed.read(FILE_AT_MOST + 1)
    if len(text) != entry.file_size:
        raise PackError(f"“{entry.filename}” in this pack is not as large as it says.")
    path = folder / entry.filename
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text)


def _megabytes(size: int) -> str:
    return f"{size // (1024 * 1024)} MB"
