from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from coaching.core.simulator.cohort_kinds import Kind, make_cohort
from coaching.core.simulator.simulate import Outcome, Policy, simulate
from coaching.core.simulator.tally import HEADINGS, Tally
from coaching.simulator.cohort_files import dice, library_options, library_world


class Command(BaseCommand):
    help = "Print the table of docs/simulation.md: coach against evidence, one row a kind of cohort."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=500, help="of each cohort (default 500)")
        parser.add_argument(
            "--seeds", type=int, default=5, help="how many cohorts of a kind, from seed 1 on (default 5)"
        )
        parser.add_argument("--kind", choices=[kind.value for kind in Kind], help="this row alone")
        parser.add_argument("--no-pooling", action="store_true", help="nobody agreed to pool")

    def handle(self, *args: Any, people: int, seeds: int, kind: str | None, no_pooling: bool, **options: Any) -> None:
        self.stdout.write("| " + " | ".join(HEADINGS) + " |")
        self.stdout.write("| " + " | ".join("---" for _ in HEADINGS) + " |")
        for each in [Kind(kind)] if kind else Kind:
            runs = [_run(each, people, seed, is_pooled=not no_pooling) for seed in range(1, seeds + 1)]
            self.stdout.write("| " + " | ".join(Tally(kind=each, runs=runs).row()) + " |")
            self.stdout.flush()


def _run(kind: Kind, people: int, seed: int, *, is_pooled: bool) -> tuple[Outcome, Outcome]:
    cohort = make_cohort(kind, people, dice(seed), library_options())
    world = library_world(seed, is_pooled=is_pooled)
    return simulate(cohort, Policy.EVIDENCE, world), simulate(cohort, Policy.COACH, world)
