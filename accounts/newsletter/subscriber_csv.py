"""Subscribers as a CSV file, with the proof of each consent."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain, islice

from accounts.core.importing.files import guarded
from accounts.models import Subscriber

AT_ONCE = 500
COLUMNS = [
    "email",
    "status",
    "topics",
    "pace",
    "language",
    "paused_until",
    "time_zone",
    "letters_hour",
    "consent_words",
    "consent_version",
    "consent_way",
    "consent_how",
    "consent_at",
    "confirmed_at",
    "unsubscribed_at",
]


def as_csv(subscribers: Iterable[Subscriber]) -> Iterator[str]:
    lines = ([_value(subscriber, column) for column in COLUMNS] for subscriber in subscribers)
    return in_pieces(chain([COLUMNS], lines))


def _value(subscriber: Subscriber, column: str) -> object:
    """How they agreed is what a list said of it, or the way by which they came here."""
    if column == "consent_how":
        return subscriber.consent_note or subscriber.get_consent_way_display()
    return getattr(subscriber, column)


def table(lines: Iterable[Iterable[object]]) -> str:
    """Lines of cells as CSV that a spreadsheet may open: none of them runs."""
    return "".join(in_pieces(lines))


def in_pieces(lines: Iterable[Iterable[object]]) -> Iterator[str]:
    """Some hundred lines at a time: a list may be long, and is never in memory whole."""
    coming = iter(lines)
    while some := list(islice(coming, AT_ONCE)):
        file = StringIO()
        csv.writer(file).writerows([cell(value) for value in line] for line in some)
        yield file.getvalue()


def cell(value: object) -> str:
    words = " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return guarded(words)
