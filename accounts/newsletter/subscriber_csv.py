"""Subscribers as a CSV file, with the proof of each consent."""

import csv
from collections.abc import Iterable
from io import StringIO

from accounts.core.importing.files import guarded
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
    "consent_how",
    "consent_at",
    "confirmed_at",
    "unsubscribed_at",
]


def as_csv(subscribers: Iterable[Subscriber]) -> str:
    return table([COLUMNS, *([_value(subscriber, column) for column in COLUMNS] for subscriber in subscribers)])


def _value(subscriber: Subscriber, column: str) -> object:
    """How they agreed is what a list said of it, or the way by which they came here."""
    if column == "consent_how":
        return subscriber.consent_note or subscriber.get_consent_way_display()
    return getattr(subscriber, column)


def table(lines: Iterable[Iterable[object]]) -> str:
    """Lines of cells as CSV that a spreadsheet may open: none of them runs."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerows([cell(value) for value in line] for line in lines)
    return file.getvalue()


def cell(value: object) -> str:
    words = " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return guarded(words)
