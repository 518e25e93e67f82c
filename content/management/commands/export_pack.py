from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.files.library import LibraryError
from content.loading.packs import write_pack


class Command(BaseCommand):
    help = "Writes the whole library, as readers see it, to one zip."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the zip to write")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("wb") as target:
                write_pack(target)
        except LibraryError as error:
            raise CommandError(f"Nothing was written. Repair these first:\n{error}", returncode=1) from None
        self.stdout.write(f"Written: {options['file']}.")
