from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from coaching.core.simulator.made_up_reminders import row, stopped
from coaching.simulator.cohort_files import dice

HEADINGS = ("Practised without", "True effect", "Estimate off by", "Interval holds it", "Stopped as harmful")
USUAL, EFFECTS = (0.3, 0.5), (-0.25, -0.15, 0.0, 0.05, 0.15)


class Command(BaseCommand):
    help = "Print the table of reminders left out by chance in docs/simulation.md."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=2000, help="of each row (default 2000)")
        parser.add_argument("--slots", type=int, default=112, help="a person; two a day for eight weeks")
        parser.add_argument("--seed", type=int, default=1, help="of people and days (default 1)")

    def handle(self, *args: Any, people: int, slots: int, seed: int, **options: Any) -> None:
        self.stdout.write("| " + " | ".join(HEADINGS) + " |")
        self.stdout.write("| " + " | ".join("---" for _ in HEADINGS) + " |")
        for usual in USUAL:
            for true in EFFECTS:
                luck = dice(f"{seed}/{usual}/{true}")
                one, ended = row(true, people, slots, usual, luck), stopped(true, people, slots, usual, luck)
                cells = (_percent(usual), _points(true), _points(one.off), _percent(one.held), _percent(ended))
                self.stdout.write("| " + " | ".join(cells) + " |")
                self.stdout.flush()


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _points(share: float) -> str:
    return f"{100 * share:+.1f}".replace("-", "−")
