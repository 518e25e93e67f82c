from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from coaching.core.simulator.made_up_comparisons import row
from coaching.simulator.cohort_files import dice

HEADINGS = ("Weeks", "Days resemble", "Told though there is none", "Power stated", "A point seen", "Interval holds it")
WEEKS, RESEMBLES = (2, 3, 4), (0.0, 0.3, 0.6)


class Command(BaseCommand):
    help = "Print the table of comparisons of two techniques in docs/simulation.md."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=2000, help="of each row (default 2000)")
        parser.add_argument("--seed", type=int, default=1, help="of people and days (default 1)")

    def handle(self, *args: Any, people: int, seed: int, **options: Any) -> None:
        self.stdout.write("| " + " | ".join(HEADINGS) + " |")
        self.stdout.write("| " + " | ".join("---" for _ in HEADINGS) + " |")
        for weeks in WEEKS:
            for resembles in RESEMBLES:
                one = row(weeks, resembles, people, dice(f"{seed}/{weeks}/{resembles}"))
                shares = (one.told_falsely, one.stated, one.seen, one.held)
                cells = (str(weeks), f"{resembles:.1f}", *(f"{100 * share:.1f} %" for share in shares))
                self.stdout.write("| " + " | ".join(cells) + " |")
                self.stdout.flush()
