"""Back up and restore, whichever database the site has."""

from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from accounts.backups import archive, postgresql, sqlite
from accounts.backups.archive import CannotBackUp
from accounts.erasing import tombstones
from accounts.work.schema import shipped_migrations

KINDS: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgresql}


def back_up(to: Path, *, at: datetime) -> dict[str, int]:
    """Write the backup; the rows of each table in it."""
    with TemporaryDirectory(prefix=".unloop-backup-", dir=_folder_of(to)) as folder:
        file = Path(folder) / archive.DATABASE
        rows: dict[str, int] = KINDS[connection.vendor].copy_to(file)
        migrations = [list(each) for each in sorted(MigrationRecorder(connection).applied_migrations())]
        archive.write(file, to, kind=connection.vendor, migrations=migrations, rows=rows, at=at)
    with archive.opened(to):
        """Read again, as a restore will."""
    return rows


def restore(backup: Path, *, replaces: bool) -> int:
    """Put it in the place of the database, bring it up to date, and erase again who was erased since: how many."""
    kind = KINDS[connection.vendor]
    with archive.opened(backup) as (contents, file):
        if contents.kind != connection.vendor:
            raise CannotBackUp(f"{backup} is of {contents.kind}, and this site has {connection.vendor}.")
        if newer := {tuple(each) for each in contents.migrations} - shipped_migrations():
            raise CannotBackUp(f"{backup} was made by a newer release: this one does not know {'.'.join(min(newer))}.")
        if not replaces and kind.holds_data():
            raise CannotBackUp("The database holds data already. Say --replace if the backup is to take its place.")
        # Who was erased since stands in the database that it replaces, if that can still be read.
        marks = kind.marks()
        kind.put(file, contents.rows)
    call_command("migrate", interactive=False, verbosity=0)
    tombstones.take_in(marks)
    return tombstones.erase_again()


def default_place(at: datetime) -> Path:
    return Path(settings.VAR_DIR) / "backups" / f"unloop-{at:%Y%m%dT%H%M%SZ}.tar.gz"


def forget_old(folder: Path, *, days: int, at: datetime) -> int:
    """Remove backups of ours in this folder that are older; how many there were."""
    old = [file for file in folder.glob("unloop-*.tar.gz") if at.timestamp() - file.stat().st_mtime > days * 86400]
    for file in old:
        file.unlink()
    return len(old)


def _folder_of(to: Path) -> Path:
    """The copy is made beside its place: there is room for it, and nobody else looks in."""
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return to.parent
