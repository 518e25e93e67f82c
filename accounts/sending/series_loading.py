"""Brings the letters of `accounts/library/` into the database without losing what staff wrote there.

As the library of lessons (`content/loading/loader.py`): every file is read and checked first, and one fault anywhere
stops the load before the first write; each field is merged three ways; nothing is deleted. A series that is new
begins at once, for whoever confirms from then on; one that staff ended stays ended.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import F

from accounts.core.letters.files import LetterFile, LetterFileError, format_of, read_letter
from accounts.letters.checking import NotReadyError, make_sure_it_is_ready
from accounts.models import Edition, EditionKind, Occasion, Series, SeriesLetter
from accounts.sending import series as running
from content.core.files.merge import MISSING, Merged, RowState, merge

LIBRARY = Path(__file__).parent.parent / "library"
OUT_OF_THE_WAY = 1000


class SeriesFilesError(Exception):
    """The files hold faults; nothing may be loaded until each is repaired."""


@dataclass(frozen=True, kw_only=True)
class CheckedLetter:
    """One letter of a series, read and checked."""

    series: str
    slug: str
    file: LetterFile


@dataclass(frozen=True, kw_only=True)
class SeriesFiles:
    titles: dict[str, str]
    letters: tuple[CheckedLetter, ...]


def read_series(folder: Path = LIBRARY) -> SeriesFiles:
    titles = {slug: table["title"] for slug, table in tomllib.loads((folder / "series.toml").read_text()).items()}
    faults: list[str] = []
    letters = tuple(_letters(folder, titles, faults))
    if faults:
        raise SeriesFilesError("\n".join(faults))
    return SeriesFiles(titles=titles, letters=letters)


def _letters(folder: Path, titles: dict[str, str], faults: list[str]) -> Iterator[CheckedLetter]:
    of = format_of(Occasion.values)
    for path in sorted(folder.glob("*/*.md")):
        series = path.parent.name
        try:
            file = read_letter(path.read_text(encoding="utf-8"), of)
        except (LetterFileError, UnicodeDecodeError) as error:
            faults.append(f"{series}/{path.name}: {error}")
            continue
        if series not in titles:
            faults.append(f"{series}/{path.name}: series.toml has no [{series}]")
        yield CheckedLetter(series=series, slug=f"{series}-{path.stem}", file=file)


@transaction.atomic
def load(files: SeriesFiles, *, at: datetime) -> list[str]:
    """What staff should know of: fields kept as they edited them, and those in conflict."""
    _refuse_what_is_not_ready(files, at=at)
    known = {slug: _series(slug, title) for slug, title in files.titles.items()}
    SeriesLetter.objects.filter(series__slug__in=known).update(position=F("position") + OUT_OF_THE_WAY)
    said = [line for letter in files.letters for line in _take_in(letter, known[letter.series][0])]
    _put_the_rest_behind(files)
    for series, is_new in known.values():
        if is_new:
            running.begin(series, at=at)
    return said


def _put_the_rest_behind(files: SeriesFiles) -> None:
    """Letters of staff's own, and those that no file holds any more, come after those of the files, in their order."""
    slugs = [one.slug for one in files.letters]
    for series in files.titles:
        places = [one.file.place["position"] for one in files.letters if one.series == series]
        rest = SeriesLetter.objects.filter(series__slug=series).exclude(edition__slug__in=slugs).order_by("position")
        for place, letter in enumerate(rest, start=max(places, default=0) + 1):
            letter.position = place
            letter.save(update_fields=["position"])


def _refuse_what_is_not_ready(files: SeriesFiles, *, at: datetime) -> None:
    faults = []
    for letter in files.letters:
        try:
            make_sure_it_is_ready(Edition(slug=letter.slug, kind=EditionKind.SERIES, **letter.file.values), at=at)
        except NotReadyError as error:
            faults.append(f"{letter.slug}: {error}")
    if faults:
        raise SeriesFilesError("\n".join(faults))


def _series(slug: str, title: str) -> tuple[Series, bool]:
    return Series.objects.get_or_create(slug=slug, defaults={"title": title})


def _take_in(letter: CheckedLetter, series: Series) -> list[str]:
    edition = Edition.objects.select_for_update().filter(slug=letter.slug).first()
    edition = edition or Edition(slug=letter.slug, kind=EditionKind.SERIES)
    merged = {name: _merged(edition, name, value) for name, value in letter.file.values.items()}
    for name, field in merged.items():
        setattr(edition, name, field.value)
    edition.loaded = {name: field.base for name, field in merged.items() if field.base is not MISSING}
    edition.save()
    SeriesLetter.objects.update_or_create(edition=edition, defaults={"series": series, **letter.file.place})
    return [f"{letter.slug}: {name}: {field.state.value}" for name, field in merged.items() if _is_staffs(field)]


def _merged(edition: Edition, name: str, value: Any) -> Merged:
    if edition._state.adding:
        return merge(base=MISSING, file=value, row=value)
    return merge(base=edition.loaded.get(name, MISSING), file=value, row=getattr(edition, name))


def _is_staffs(field: Merged) -> bool:
    return field.state in (RowState.EDITED_HERE, RowState.CONFLICT)
