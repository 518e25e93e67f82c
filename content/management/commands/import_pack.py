from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from content.loading.packs import PackError, take_pack


class Command(BaseCommand):
    help = "Loads a whole library from one zip, as load_library does from files. All of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what `export_pack` wrote")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open("rb") as source:
                report = take_pack(source, at=timezone.now(), by=None)
        except FileNotFoundError:
            raise CommandError(f"There is no file {options['file']}.", returncode=1) from None
        except PackError as error:
            raise CommandError(str(error), returncode=1) from None
        self.stdout.write(f"Library: {report.summary}.")
