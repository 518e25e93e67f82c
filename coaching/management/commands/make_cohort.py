"""Made-up people for `simulate`. Where the numbers come from is told in `coaching.core.simulator.cohort_kinds`."""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coaching.core.simulator import cohort_kinds
from coaching.core.simulator.cohort_kinds import Kind, as_document, make_cohort
from coaching.simulator.cohort_files import dice, library_options


class Command(BaseCommand):
    help = "Write a cohort of made-up people for the simulation."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.description = f"{self.help}\n\n{cohort_kinds.__doc__}"
        parser.add_argument("out", type=Path, metavar="OUT.json", help="the file to write")
        parser.add_argument("--kind", required=True, choices=[kind.value for kind in Kind], help="as told above")
        parser.add_argument("--people", type=int, default=500, help="how many (default 500)")
        parser.add_argument("--seed", type=int, default=1, help="of the people (default 1)")

    def handle(self, *args: Any, out: Path, kind: str, people: int, seed: int, **options: Any) -> None:
        if people < 1:
            raise CommandError("--people must be at least 1.", returncode=2)
        cohort = make_cohort(Kind(kind), people, dice(seed), library_options())
        try:
            out.write_text(json.dumps(as_document(Kind(kind), seed, cohort), indent=1) + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{out}: cannot be written: {error.strerror}", returncode=2) from None
        self.stdout.write(f"Wrote {people} people to {out}.")
