"""Writes the whole database into one file, while the site runs."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from accounts.backups.archive import CannotBackUp
from accounts.backups.saving import back_up, default_place, forget_old

KEYS = (
    "The keys are not in it, and it is of no use without them: save SECRET_KEY and FIELD_KEYS apart from it.\n"
    "They are in {place}."
)


class Command(BaseCommand):
    help = "Back up the database into one file: whole, checked, for its owner alone. The site may run meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="default: VAR_DIR/backups/unloop-DATE.tar.gz")
        parser.add_argument("--keep-days", type=int, default=0, help="then remove older backups in that folder")

    def handle(self, *, file: Path | None, keep_days: int, **options: object) -> None:
        at = timezone.now()
        to = file or default_place(at)
        try:
            rows = back_up(to, at=at)
        except CannotBackUp as reason:
            raise CommandError(str(reason)) from None
        except OSError as error:
            raise CommandError(f"{to} cannot be written: {error.strerror}.") from None
        except Error:
            raise CommandError("The database does not answer.") from None
        size = to.stat().st_size
        self.stdout.write(f"{to}: {sum(rows.values())} rows in {len(rows)} tables, {size:,} bytes, checked.")
        if keep_days and (gone := forget_old(to.parent, days=keep_days, at=at)):
            self.stdout.write(f"{gone} older than {keep_days} days removed.")
        self.stdout.write(KEYS.format(place=place_of_keys()))


def place_of_keys() -> str:
    made = Path(settings.VAR_DIR) / "secrets.env"
    return str(made) if made.exists() else "the environment of the site (.env, or its service file)"
