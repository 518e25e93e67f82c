import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coaching.core.simulator.census import MINUTES, Census, plan_of, take_census, uniform_answers
from coaching.core.simulator.cohort_kinds import make_answers
from coaching.core.simulator.cohorts import Dice
from coaching.simulator.cohort_files import dice, library_options

KINDS: Mapping[str, Callable[[Dice], dict[str, Any]]] = {
    "uniform": uniform_answers,
    "uniform_without_own": lambda luck: uniform_answers(luck, with_own=False),
    "cohort": make_answers,
}


class Command(BaseCommand):
    help = "Run many made-up people through the recommender and count their plans (see docs/plans.md)."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--people", type=int, default=600, metavar="N", help="of each kind (default 600)")
        parser.add_argument("--seed", type=int, default=1, help="of the answers (default 1)")
        parser.add_argument("--json", action="store_true", help="print one object in place of the tables")

    def handle(self, *args: Any, people: int, seed: int, **options: Any) -> None:
        if people < 1:
            raise CommandError("--people: there must be one at least", returncode=2)
        census = {kind: list(_census(kind, people, seed)) for kind in KINDS}
        if options["json"]:
            kinds = {kind: {str(one.minutes): as_row(one) for one in rows} for kind, rows in census.items()}
            self.stdout.write(json.dumps({"people": people, "seed": seed, "kinds": kinds}))
            return
        for kind, rows in census.items():
            self.stdout.write(in_words(kind, rows))


def _census(kind: str, people: int, seed: int) -> Iterator[Census]:
    known = library_options()
    luck = dice(f"{kind}/{seed}")
    answers = [KINDS[kind](luck) for _ in range(people)]
    for minutes in MINUTES:
        options = replace(known, minutes_a_day=minutes)
        yield take_census([plan_of(told, options) for told in answers], minutes, options)


def as_row(census: Census) -> dict[str, Any]:
    row = asdict(census) | {"most_in_plan": round(census.most, 4)}
    for name in ("in_plan", "first"):
        row[name] = {slug: round(share, 4) for slug, share in row[name].items()}
    return row


def in_words(kind: str, rows: list[Census]) -> str:
    lines = [f"{kind}: {rows[0].people} people", "minutes  sets  orders  first serves the strongest  picks a person"]
    for one in rows:
        share = "-" if one.strongest_first is None else f"{one.strongest_first:.1%}"
        picks = ", ".join(f"{count} x {number}" for number, count in one.picks.items())
        lines.append(f"{one.minutes:7}  {one.sets:4}  {one.orders:6}  {share:>26}  {picks}")
    usual = next(one for one in rows if one.minutes == 30)
    lines.append("technique      in a plan  first    (at 30 minutes)")
    lines += [f"{slug:13}  {share:9.1%}  {usual.first.get(slug, 0.0):.1%}" for slug, share in usual.in_plan.items()]
    lines.append(f"never: {', '.join(usual.never) or 'none'}; short of three: {usual.short}\n")
    return "\n".join(lines)
