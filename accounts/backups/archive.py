"""A backup is one file: the database, and a list of what must be found in it.

The list (`contents.json`) names the release, the kind of database, its migrations, how many rows each table had and the
SHA-256 of the copy, so that a restore can tell a whole backup from half a one before it touches anything.
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

LIST, DATABASE = "contents.json", "database"
FORMAT = 1
PIECE = 1 << 20


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


def write(
    database: Path, to: Path, *, kind: str, migrations: list[list[str]], rows: dict[str, int], at: datetime
) -> None:
    """For its owner alone. The name is taken last, so that a file that has it is whole."""
    contents = Contents(
        made_at=at.isoformat(timespec="seconds"), kind=kind, migrations=migrations, rows=rows, sha256=sum_of(database)
    )
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = to.with_name(f".{to.name}.{os.getpid()}")
    listed = database.with_name(LIST)
    listed.write_text(json.dumps(asdict(contents), indent=1, sort_keys=True), encoding="utf-8")
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=3) as archive:
                archive.add(listed, LIST)
                archive.add(database, DATABASE)
            file.flush()
            os.fsync(file.fileno())
        making.replace(to)
    except BaseException:
        making.unlink(missing_ok=True)
        raise


@contextmanager
def opened(backup: Path) -> Iterator[tuple[Contents, Path]]:
    """What the backup holds, and its database as a file that lasts as long as the block. Raises CannotBackUp."""
    with TemporaryDirectory(prefix="unloop-restore-") as folder:
        try:
            with tarfile.open(backup, mode="r:gz") as archive:
                for name in (LIST, DATABASE):
                    archive.extract(name, folder, filter="data")
            told: dict[str, Any] = json.loads((Path(folder) / LIST).read_text(encoding="utf-8"))
            contents = Contents(**told)
        except (OSError, EOFError, KeyError, TypeError, ValueError, tarfile.TarError):
            raise CannotBackUp(f"{backup} is no whole backup of this site.") from None
        database = Path(folder) / DATABASE
        if contents.format != FORMAT or sum_of(database) != contents.sha256:
            raise CannotBackUp(f"{backup} is damaged: its sum is not the one that was written with it.")
        yield contents, database


def sum_of(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened_file:
        while piece := opened_file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def missing(wanted: dict[str, int], counted: dict[str, int]) -> list[str]:
    """The tables that do not have the rows they should."""
    return sorted(table for table, count in wanted.items() if counted.get(table) != count)
