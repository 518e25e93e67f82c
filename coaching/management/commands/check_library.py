from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coaching.voices.checking import voice_faults, without_recording
from content.files.checks import check_library
from content.files.library import LIBRARY, Library, survey
from content.voices.recordings import LIST, fault_of_list


class Command(BaseCommand):
    help = (
        "Checks the library files: shapes, sources, links, words, lengths, reading grade and recordings. "
        "Ends with 1 on errors."
    )

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
        if not faults:
            wrong += self._voices(library, options["folder"] / "voices", is_quiet=options["quiet"])
        summary = f"{wrong} errors, {len(findings) - len(errors)} warnings"
        if wrong:
            raise CommandError(summary, returncode=1)
        self.stdout.write(summary)

    def _voices(self, library: Library, folder: Path, *, is_quiet: bool) -> int:
        """Lines can be told only of files that hold their shapes. Which have no recording is said, and is no error."""
        unreadable = fault_of_list(folder)
        faults = (
            [f"voices/{LIST}: {unreadable}"] if unreadable else [str(fault) for fault in voice_faults(library, folder)]
        )
        for fault in faults:
            self.stdout.write(fault)
        silent = [] if is_quiet else [f"{voice.key}: {line.text}" for voice, line in without_recording(library, folder)]
        for one in silent:
            self.stdout.write(f"voices/{one}: has no recording, so the device's own voice says it")
        return len(faults)
