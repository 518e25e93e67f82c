"""Puts a backup in the place of the database."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import Error
from django.utils import timezone

from accounts.backups.archive import CannotBackUp
from accounts.backups.saving import restore

AS_IT_WAS = "What was there was left as it is."


class Command(BaseCommand):
    help = "Put a backup in the place of the database, whole or not at all. Stop the site and its workers first."
    # The database that is to be replaced may be of any age, or broken.
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what `backup` wrote")
        parser.add_argument("--replace", action="store_true", help="the database holds data, and it may go")

    def handle(self, *, file: Path, replace: bool, **options: object) -> None:
        try:
            restored = restore(file, replaces=replace, at=timezone.now())
        except CannotBackUp as reason:
            raise CommandError(str(reason)) from None
        except OSError as error:
            raise CommandError(f"The backup cannot be put in: {error.strerror}. {AS_IT_WAS}") from None
        except Error:
            raise CommandError(f"The database does not answer, or did not take it. {AS_IT_WAS}") from None
        self.stdout.write(f"{file} of {restored.made_at:%d %B %Y, %H:%M} UTC is in its place, and up to date.")
        if restored.erased.gone:
            self.stdout.write(f"{restored.erased.gone} who had been erased since were erased again.")
        for words in restored.told:
            self.stdout.write(words)
        if restored.erased.left:
            raise CommandError(
                f"{restored.erased.left} who had been erased since could not be erased again, and are back. "
                "The log says why. Before the site starts: manage.py erase_again"
            )
