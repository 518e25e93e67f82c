"""Subscribers as a CSV file, with the proof of each consent."""

import csv
from collections.abc import Iterable
from io import StringIO

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
# A spreadsheet runs what begins with one of these as a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def as_csv(subscribers: Iterable[Subscriber]) -> str:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for subscriber in subscribers:
        writer.writerow([cell(getattr(subscriber, column)) for column in COLUMNS])
    return file.getvalue()


def cell(value: object) -> str:
    words = " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words
