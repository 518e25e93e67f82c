from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.sending.series_loading import LIBRARY, SeriesFilesError, load, read_series


class Command(BaseCommand):
    help = "Brings the letters of the series into the database, after `load_library`. Staff edits are kept."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=LIBRARY, help="Load the files of another folder.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = read_series(options["folder"])
            said = load(files, at=timezone.now())
        except SeriesFilesError as error:
            raise CommandError(f"Nothing was loaded. Repair these first:\n{error}", returncode=1) from None
        if options["verbosity"]:
            for line in said:
                self.stdout.write(line)
            self.stdout.write(f"Letters: {len(files.letters)} in {len(files.titles)} series.")
