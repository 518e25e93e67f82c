from django.core.management.base import BaseCommand, CommandError

from coaching.data_map.columns import differences
from coaching.data_map.table import as_markdown


class Command(BaseCommand):
    help = (
        "Print docs/data.md: what is kept about people, from the one map in the code. Fails if a column is not in it."
    )

    def handle(self, **options: object) -> None:
        left_out, not_there = differences()
        if left_out or not_there:
            raise CommandError(f"Not in the map: {left_out}. In the map, and not there: {not_there}.")
        self.stdout.write(as_markdown(), ending="")
