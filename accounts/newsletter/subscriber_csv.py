"""Subscribers as a CSV file, with the proof of each consent."""

import csv
from collections.abc import Iterable
from io import StringIO

from accounts.core.import_rows import FORMULA_STARTS
from accounts.models import Subscriber

COLUMNS = [
    "email",
    "status",
    "topics",
    "pace",
    "language",
    "paused_until",
    "consent_words",
    "consent_version",
    "consent_way",
    "consent_note",
    "consent_at",
    "confirmed_at",
    "unsubscribed_at",
]


def as_csv(subscribers: Iterable[Subscriber]) -> str:
    return table([COLUMNS, *([getattr(subscriber, column) for column in COLUMNS] for subscriber in subscribers)])


def table(lines: Iterable[Iterable[object]]) -> str:
    """Lines of cells as CSV that a spreadsheet may open: none of them runs."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerows([cell(value) for value in line] for line in lines)
    return file.getvalue()


def cell(value: object) -> str:
    words = " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words
