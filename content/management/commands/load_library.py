from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content.files.library import LIBRARY, LibraryError, read_library
from content.loading.loader import Report, compare, load


class Command(BaseCommand):
    help = "Brings the library files into the database. Staff edits are kept; nothing is deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=LIBRARY, help="Load the files of another folder.")
        parser.add_argument("--check", action="store_true", help="Write nothing; end with 1 if files and rows differ.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            library = read_library(options["folder"])
            report = compare(library) if options["check"] else load(library, at=timezone.now())
        except LibraryError as error:
            raise CommandError(f"Nothing was loaded. Repair these first:\n{error}", returncode=1) from None
        if options["verbosity"]:
            self.tell(report)
        if options["check"] and not report.is_clean:
            raise CommandError("The files and the rows differ.", returncode=1)

    def tell(self, report: Report) -> None:
        for heading, lines in (
            ("Kept as staff edited it", report.kept),
            ("Conflict, settle it in the admin", report.conflicts),
            ("In no file", report.only_here),
        ):
            for line in lines:
                self.stdout.write(f"{heading}: {line}")
        self.stdout.write(f"Library: {report.summary}.")
