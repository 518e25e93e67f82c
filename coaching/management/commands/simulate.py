import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coaching.core.simulator.cohorts import CohortError
from coaching.core.simulator.simulate import WINDOWS, Outcome, Policy, simulate
from coaching.simulator.cohort_files import library_options, library_world, load_cohort


class Command(BaseCommand):
    help = "Run a cohort of made-up people through the real recommender (see docs/simulation.md)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "cohort", type=Path, metavar="COHORT.json", help="what `make_cohort` wrote, or one of your own"
        )
        parser.add_argument(
            "--policy",
            choices=[policy.value for policy in Policy],
            default=Policy.COACH.value,
            help="who chooses what is offered (default coach)",
        )
        parser.add_argument("--seed", type=int, default=1, help="of the practices and ratings (default 1)")
        parser.add_argument("--no-pooling", action="store_true", help="nobody agreed to pool")
        parser.add_argument("--json", action="store_true", help="end with one line of JSON")

    def handle(self, *args: Any, cohort: Path, policy: str, seed: int, no_pooling: bool, **options: Any) -> None:
        try:
            people = load_cohort(cohort, library_options())
        except CohortError as wrong:
            raise CommandError(str(wrong), returncode=2) from None
        outcome = simulate(people, Policy(policy), library_world(seed, is_pooled=not no_pooling))
        if options["json"]:
            self.stdout.write(json.dumps(outcome.summary()))
        else:
            self.stdout.write(in_words(outcome))


def in_words(outcome: Outcome) -> str:
    lines = [
        f"Policy {outcome.policy}: {outcome.people} people, {len(outcome.offers)} offered sessions.",
        f"Relief a session {_figure(outcome.relief_per_session)} of 10.",
        *(f"Regret in sessions {window}: {_figure(outcome.regret(window))}." for window in WINDOWS),
        f"Unsafe picks: {outcome.unsafe_picks}.",
    ]
    return "\n".join(lines)


def _figure(value: float | None) -> str:
    return "no session" if value is None else f"{value:.3f}"
