from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content.files.checks import check_library
from content.files.library import LIBRARY, survey


class Command(BaseCommand):
    help = "Checks the library files: shapes, sources, links, words, lengths and reading grade. Ends with 1 on errors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=LIBRARY, help="Check the files of another folder.")
        parser.add_argument("--quiet", action="store_true", help="Print errors only.")

    def handle(self, *args: Any, **options: Any) -> None:
        library, faults = survey(options["folder"])
        findings = check_library(library)
        errors = [placed for placed in findings if placed.is_error]
        for line in [*faults, *(errors if options["quiet"] else findings)]:
            self.stdout.write(str(line))
        wrong = len(faults) + len(errors)
        summary = f"{wrong} errors, {len(findings) - len(errors)} warnings"
        if wrong:
            raise CommandError(summary, returncode=1)
        self.stdout.write(summary)
