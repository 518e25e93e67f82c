"""Puts a backup in the place of the database."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from accounts.backups.archive import CannotBackUp
from accounts.backups.saving import restore


class Command(BaseCommand):
    help = "Put a backup in the place of the database, whole or not at all. Stop the site and its workers first."
    # The database that is to be replaced may be of any age, or broken.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="the database holds data, and it may go")

    def handle(self, *, file: Path, replace: bool, **options: object) -> None:
        try:
            erased = restore(file, replaces=replace)
        except CannotBackUp as reason:
            raise CommandError(str(reason)) from None
        except OSError as error:
            raise CommandError(f"The backup cannot be put in: {error.strerror}.") from None
        except Error:
            raise CommandError("The database does not answer.") from None
        self.stdout.write(f"{file} is in its place, and up to date.")
        if erased:
            self.stdout.write(f"{erased} who had been erased since were erased again.")
