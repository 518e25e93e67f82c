"""Back up and restore, whichever database the site has."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from accounts.backups import archive, postgresql, settling, sqlite
from accounts.backups.archive import CannotBackUp, Contents
from accounts.backups.beside import folder_beside
from accounts.erasing import tombstones
from accounts.work.schema import shipped_migrations

KINDS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True, kw_only=True)
class Restored:
    made_at: datetime
    erased: tombstones.Erased
    told: list[str]
    """What whoever restores should know, in sentences."""


def back_up(to: Path, *, at: datetime) -> dict[str, int]:
    """Write the backup; the rows of each table in it. It is made beside its place: there nobody else looks in."""
    with folder_beside(to) as folder:
        file = folder / archive.DATABASE
        rows: dict[str, int] = KINDS[connection.vendor].copy_to(file)
        migrations = [list(each) for each in sorted(MigrationRecorder(connection).applied_migrations())]
        archive.write(file, to, kind=connection.vendor, migrations=migrations, rows=rows, at=at)
    with archive.opened(to):
        """Read again, as a restore will."""
    return rows


def restore(backup: Path, *, replaces: bool, at: datetime) -> Restored:
    """Put it in the place of the database. It is made whole beside that: brought up to date, without whoever was erased
    since, and with nothing in it that would be sent again. Only then does it take the place, at once.

    So a restore that is killed at any moment has changed nothing; the marks of who was erased are in their file first.
    """
    kind = KINDS[connection.vendor]
    with archive.opened(backup) as (contents, file):
        _refuse(backup, contents, kind, replaces=replaces)
        marks = kind.marks()
        tombstones.write_down(marks)
        with kind.in_place_of_the_old(file, contents.rows):
            call_command("migrate", interactive=False, verbosity=0)
            tombstones.take_in(marks)
            erased = tombstones.erase_again()
            told = settling.settle_all(made_at=contents.moment, at=at)
    return Restored(made_at=contents.moment, erased=erased, told=told)


def _refuse(backup: Path, contents: Contents, kind: ModuleType, *, replaces: bool) -> None:
    if contents.kind != connection.vendor:
        raise CannotBackUp(f"{backup} is of {contents.kind}, and this site has {connection.vendor}.")
    if newer := {tuple(each) for each in contents.migrations} - shipped_migrations():
        raise CannotBackUp(f"{backup} was made by a newer release: this one does not know {'.'.join(min(newer))}.")
    if not replaces and kind.holds_data():
        raise CannotBackUp("The database holds data already. Say --replace if the backup is to take its place.")


def default_place(at: datetime) -> Path:
    return Path(settings.VAR_DIR) / "backups" / f"unloop-{at:%Y%m%dT%H%M%SZ}.tar.gz"


def forget_old(folder: Path, *, days: int, at: datetime) -> int:
    """Remove backups of ours in this folder that are older; how many there were."""
    old = [file for file in folder.glob("unloop-*.tar.gz") if at.timestamp() - file.stat().st_mtime > days * 86400]
    for file in old:
        file.unlink()
    return len(old)
