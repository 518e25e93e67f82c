"""For a mail server that pipes each mail that came back: `|manage.py take_bounce` in an alias file."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.sending import returned

MOST = 5 * 1024 * 1024


class Command(BaseCommand):
    help = "Takes one mail that came back from its standard input, and says what was made of it."

    def handle(self, **options: Any) -> None:
        notice = returned.take(sys.stdin.buffer.read(MOST), at=timezone.now())
        self.stdout.write(f"Taken as: {notice}.")
