"""`manage.py reseal`: seal all that is sealed anew with the first key of FIELD_KEYS: answers, seeds, sessions."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.resealing import Tally, reseal_accounts
from coaching.resealing import SEALED_COLUMNS, reseal, seal_what_stands_open


class Command(BaseCommand):
    help = "Seal everything anew with the first key of FIELD_KEYS. Safe to stop, and safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{seal_what_stands_open()} rows from before numbers and levels were sealed are sealed now.")
        tallies = [reseal(sealed) for sealed in SEALED_COLUMNS]
        tallies += reseal_accounts()
        for tally in tallies:
            self.stdout.write(f"{tally.column}: {tally.resealed} sealed anew, {tally.current} already were.")
        if any(tally.closed for tally in tallies):
            raise CommandError(_closed_words(tallies))
        self.stdout.write("Everything is sealed with the first key. The others are no longer needed.")


def _closed_words(tallies: list[Tally]) -> str:
    lines = [f"{tally.column}: rows {', '.join(map(str, tally.closed))}" for tally in tallies if tally.closed]
    return "Some rows no key opens. Keep the old keys, or put them back:\n" + "\n".join(lines)
