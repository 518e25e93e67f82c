"""A backup is one file: the database, and a list of what must be found in it.

The list (`contents.json`) names the release, the kind of database, its migrations, how many rows each table had and the
SHA-256 of the copy, so that a restore can tell a whole backup from half a one before it touches anything.
"""

import hashlib
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from gzip import BadGzipFile
from pathlib import Path
from typing import Any

from accounts.backups.beside import folder_beside

LIST, DATABASE = "contents.json", "database"
FORMAT = 1
PIECE = 1 << 20
CANNOT_UNPACK = "cannot be read, or not be unpacked beside itself"

MARKS = "SELECT mark FROM accounts_tombstone"
"""What is left of who was erased, whichever the database."""


class CannotBackUp(Exception):
    """Says why in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    made_at: str
    kind: str
    """What Django calls the database: "sqlite" or "postgresql"."""

    migrations: list[list[str]]
    rows: dict[str, int]
    """How many rows each table has."""

    sha256: str
    format: int = FORMAT

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def write(
    database: Path, to: Path, *, kind: str, migrations: list[list[str]], rows: dict[str, int], at: datetime
) -> None:
    """For its owner alone. The name is taken last, so that a file that has it is whole."""
    contents = Contents(
        made_at=at.isoformat(timespec="seconds"), kind=kind, migrations=migrations, rows=rows, sha256=sum_of(database)
    )
    making = database.with_name("making")
    listed = database.with_name(LIST)
    listed.write_text(json.dumps(asdict(contents), indent=1, sort_keys=True), encoding="utf-8")
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as archive:
            archive.add(listed, LIST)
            archive.add(database, DATABASE)
        file.flush()
        os.fsync(file.fileno())
    making.replace(to)


@contextmanager
def opened(backup: Path) -> Iterator[tuple[Contents, Path]]:
    """What the backup holds, and its database as a file that lasts as long as the block. Raises CannotBackUp."""
    if not backup.is_file():
        raise CannotBackUp(f"There is no file {backup}.")
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(folder_beside(backup))
        except OSError as error:
            raise CannotBackUp(f"{backup} {CANNOT_UNPACK}: {error.strerror}.") from None
        contents = _unpack(backup, folder)
        database = folder / DATABASE
        if contents.format != FORMAT or sum_of(database) != contents.sha256:
            raise CannotBackUp(f"{backup} is damaged: its sum is not the one that was written with it.")
        yield contents, database


def _unpack(backup: Path, folder: Path) -> Contents:
    """What the system refuses (a full disk, a file of somebody else) is not said to be the fault of the backup."""
    try:
        with tarfile.open(backup, mode="r:gz") as archive:
            for name in (LIST, DATABASE):
                _copy_out(archive, name, folder / name)
            _read_to_the_end(archive)
        told: dict[str, Any] = json.loads((folder / LIST).read_text(encoding="utf-8"))
        return _with_a_moment(Contents(**told))
    except (EOFError, KeyError, TypeError, ValueError, zlib.error, tarfile.TarError, BadGzipFile):
        raise CannotBackUp(f"{backup} is no whole backup of this site.") from None
    except OSError as error:
        raise CannotBackUp(f"{backup} {CANNOT_UNPACK}: {error.strerror}.") from None


def _copy_out(archive: tarfile.TarFile, name: str, to: Path) -> None:
    """Its bytes alone, whatever owner, mode or link it claims.

    The filters of `extract` are newer than the Python of Debian 12.
    """
    held = archive.extractfile(name)
    if held is None:
        raise KeyError(name)
    with held, to.open("xb") as file:
        shutil.copyfileobj(held, file, PIECE)


def _read_to_the_end(archive: tarfile.TarFile) -> None:
    """The sum of the packed bytes stands behind them, and is looked at by whoever comes there."""
    rest: Any = archive.fileobj
    while rest.read(PIECE):
        pass


def _with_a_moment(contents: Contents) -> Contents:
    if contents.moment.tzinfo is None:
        raise ValueError("a moment has a zone")
    return contents


def sum_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened_file:
        while piece := opened_file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def missing(wanted: dict[str, int], counted: dict[str, int]) -> list[str]:
    """The tables that do not have the rows they should."""
    return sorted(table for table, count in wanted.items() if counted.get(table) != count)
