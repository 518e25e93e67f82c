from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.files.library import LIBRARY, LibraryError
from content.loading.exporting import export_library


class Command(BaseCommand):
    help = "Writes what staff edited back into the library files. Ends with 1 when a conflict was left as it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=LIBRARY, help="Write to another folder.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            exported = export_library(options["folder"])
        except LibraryError as error:
            raise CommandError(f"Nothing was written. Repair these first:\n{error}", returncode=1) from None
        for heading, lines in (
            ("Written", exported.written),
            ("Conflict, settle it in the admin", exported.conflicts),
            ("Left out, no reader sees it", exported.unpublished),
        ):
            for line in lines:
                self.stdout.write(f"{heading}: {line}")
        self.stdout.write(f"Library: {exported.summary}.")
        if exported.conflicts:
            raise CommandError("Some fields changed here and in their file.", returncode=1)
