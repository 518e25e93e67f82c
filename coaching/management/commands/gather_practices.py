"""`manage.py gather_practices`: the newest practices of everybody, put together anew from their own rows."""

from typing import Any

from django.core.management.base import BaseCommand

from coaching.models import Practice


class Command(BaseCommand):
    help = "Put the newest practices of each person together anew. Safe to stop, and safe to run twice."

    def handle(self, *args: Any, **options: Any) -> None:
        people, wrong = Practice.objects.gather_all()
        self.stdout.write(f"Put together for {people} people. Of {wrong} of them something else had been kept.")
