"""The log that a person may keep: one tap each, never asked for, and let go of as easily."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction

from accounts.sealing import CannotOpen
from coaching.core.person.told import Trigger
from coaching.core.progress.scales import SCALES, total_of
from coaching.core.tools.crisis_words import never_as_a_wish
from coaching.core.week.log_watch import STRETCH, Logged, is_weighing_down
from coaching.models import Intake, LogEntry, Person, Rhythm
from coaching.models.check_in import PastCheckIn
from content.reading.ready_made import ReadyMade

Kind = LogEntry.Kind
SHOWN = 30
OWN_AT_MOST = 8


@dataclass(frozen=True, kw_only=True)
class Log:
    """`managed` and `categories` are words that the person used before, the newest first."""

    entries: tuple[LogEntry, ...]
    managed: tuple[str, ...]
    categories: tuple[str, ...]
    has_flare: bool
    weighs_down: bool
    """More and more entries, and a lower mood or more worry with them."""


def add(
    person: Person, kind: str, *, client_id: str, on: date, at: datetime, value: int | None, words: Mapping[str, Any]
) -> LogEntry:
    """Keep an entry, once however often the tap is sent; another tap on the same page is another entry."""
    client_id = _id_of(client_id, kind, value, words)
    entry = LogEntry(person=person, client_id=client_id, kind=kind, on=on, at=at, value=value)
    entry.words = dict(words)
    told = {"kind": kind, "on": on, "at": at, "value": value, "sealed_words": entry.sealed_words}
    return LogEntry.objects.get_or_create(person=person, client_id=client_id, defaults=told)[0]


def _id_of(page: str, kind: str, value: int | None, words: Mapping[str, Any]) -> str:
    return sha256(json.dumps([page, kind, value, sorted(words.items())]).encode()).hexdigest()[:40]


def log_of(person: Person, today: date) -> Log:
    recent = list(person.log.filter(on__gt=today - 2 * STRETCH)[:500])
    entries = recent[:SHOWN]
    return Log(
        entries=tuple(entries),
        managed=_own_words(recent, Kind.MANAGED, "what"),
        categories=_own_words(recent, Kind.TREATMENT, "category"),
        has_flare=has_flare(person),
        weighs_down=is_weighing_down(
            (Logged(day=one.on, mood=one.value if one.kind == Kind.MOOD else None) for one in recent),
            today,
            _worries(person),
        ),
    )


def _worries(person: Person) -> Iterator[tuple[date, int | None]]:
    """What was told of worry, each on its day, newest first: at the questions, and at check-ins. Nothing is read or
    opened before it is asked for."""
    told: list[tuple[date, Intake | PastCheckIn]] = [(row.day, row) for row in reversed(person.all_check_ins)]
    told += [((row.finished_at or row.changed_at).date(), row) for row in person.all_intakes]
    for day, row in sorted(told, key=lambda one: one[0], reverse=True):
        yield day, total_of(SCALES["gad7"], _answers(row))


def _answers(row: Intake | PastCheckIn) -> dict[str, Any]:
    try:
        return row.answers
    except CannotOpen:
        return {}


def triggers_first(own: tuple[Trigger, ...]) -> tuple[Trigger, ...]:
    """Every trigger that there is a word for, those first that this person named when they came."""
    return (*own, *(trigger for trigger in Trigger if trigger not in own))


def has_flare(person: Person) -> bool:
    """Whether the newest word of a flare is that it began."""
    newest = person.log.filter(kind__in=[Kind.FLARE_BEGAN, Kind.FLARE_ENDED]).order_by("-at", "-id").first()
    return newest is not None and newest.kind == Kind.FLARE_BEGAN


def _own_words(entries: list[LogEntry], kind: str, name: str) -> tuple[str, ...]:
    said = (never_as_a_wish(entry.words.get(name, "")) for entry in entries if entry.kind == kind)
    return tuple(dict.fromkeys(filter(None, said)))[:OWN_AT_MOST]


def forget(person: Person, key: int) -> None:
    person.log.filter(pk=key).delete()


@transaction.atomic
def stop(person: Person, at: datetime) -> None:
    """No more offer to log. What was logged stays until it is deleted."""
    Rhythm.objects.filter(person=person, log_stopped_at=None).update(log_stopped_at=at)


def begin_again(person: Person) -> None:
    Rhythm.objects.filter(person=person).update(log_stopped_at=None)


def managed_since(person: Person, since: date) -> list[str]:
    """What somebody managed, in their own words, the newest first."""
    rows = MANAGED.objects(person=person.pk, since=since - timedelta(days=1))
    return list(dict.fromkeys(filter(None, (never_as_a_wish(row.words.get("what", "")) for row in rows))))


MANAGED = ReadyMade(
    lambda person, since: LogEntry.objects.filter(person=person, kind=Kind.MANAGED, on__gte=since),
    person=str,
    since=date,
)
