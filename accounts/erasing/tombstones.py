"""Who is erased stays erased, also when a backup from before is restored.

Erasing leaves a mark: a keyed hash of what names the row and can name no other (an account's number and the moment it
was made; the random id of a visit or of a subscription). Marks stand in the database and, as a restored database has
only those of its own day, in a file beside it (`settings.TOMBSTONES_FILE`), one line each. `erase_again` reads both,
and erases whoever is there and has a mark. Running it twice is safe.

What can be erased is registered by the app that keeps it, as in `accounts/members/personal_data.py`.
"""

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from accounts.models import Tombstone

KEPT = timedelta(days=400)
"""A backup that is older than this brings people back: docs/operating.md says so."""

MARK = re.compile(r"[0-9a-f]{64}")

log = logging.getLogger("unloop.accounts")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of rows that people can have erased: those that are here, what names each, and how it is erased."""

    name: str
    living: Callable[[], Iterable[Any]]
    named: Callable[[Any], str]
    erase: Callable[[Any], object]


@dataclass(frozen=True, kw_only=True)
class Erased:
    """How many rows went, and how many could not be erased."""

    gone: int
    left: int


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.name] = kind


def lay(kind: str, row: Any) -> None:
    """Called with the erasing itself, in its transaction, while the row still says what names it."""
    stone, _ = Tombstone.objects.get_or_create(mark=_mark(_kinds[kind], row, settings.SECRET_KEY))
    transaction.on_commit(partial(write_down, [stone.mark]))


def erase(kind: str, row: Any) -> bool:
    """Erase a row in the way of the app that keeps it, for code that may not import that app. Whether it went: what
    keeps one row from going keeps no other, and is logged without a word of the row's own."""
    try:
        with transaction.atomic():
            _kinds[kind].erase(row)
    except Exception as error:  # noqa: BLE001 - whatever it is, the next one goes
        log.error("%s %s could not be erased (%s).", kind, short_mark(kind, row.pk), type(error).__name__)
        return False
    return True


def short_mark(kind: str, key: object) -> str:
    """Of an account the same that stands in every other line about it (`accounts/guard/marks.py`)."""
    return salted_hmac(f"accounts.guard.{kind}", str(key), algorithm="sha256").hexdigest()[:12]


def erase_again() -> Erased:
    """Erase whoever a restored backup brought back."""
    take_in(_lines_of_file())
    marks = set(Tombstone.objects.values_list("mark", flat=True))
    done = [erase(kind.name, row) for kind in _kinds.values() for row in _marked(kind, marks)] if marks else []
    return Erased(gone=done.count(True), left=done.count(False))


def take_in(lines: Iterable[str]) -> None:
    """Marks from a file; what is no mark is passed by."""
    stones = [Tombstone(mark=line.strip()) for line in lines if MARK.fullmatch(line.strip())]
    Tombstone.objects.bulk_create(stones, batch_size=500, ignore_conflicts=True)


def to_forget(*, at: datetime) -> QuerySet[Tombstone]:
    """Marks that are older than any backup may be."""
    return Tombstone.objects.filter(laid_on__lt=(at - KEPT).date())


def write_down(marks: Iterable[str]) -> None:
    """Those that the file does not have yet."""
    known = set(_lines_of_file())
    if new := [f"{mark}\n" for mark in dict.fromkeys(marks) if mark not in known]:
        _write_lines("".join(new))


def _marked(kind: Kind, marks: set[str]) -> list[Any]:
    """Found before the first of them goes."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [row for row in kind.living() if any(_mark(kind, row, secret) in marks for secret in secrets)]


def _mark(kind: Kind, row: Any, secret: str) -> str:
    named = f"{kind.name}:{kind.named(row)}"
    return salted_hmac("accounts.tombstones", named, secret=secret, algorithm="sha256").hexdigest()


def _lines_of_file() -> Iterator[str]:
    file = Path(settings.TOMBSTONES_FILE)
    return iter(file.read_text(encoding="ascii").splitlines() if file.exists() else [])


def _write_lines(lines: str) -> None:
    """A disk that is full or cannot be written to keeps nobody from being erased: the row stands in the database."""
    try:
        descriptor = os.open(settings.TOMBSTONES_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(lines)
            file.flush()
            os.fsync(descriptor)
    except OSError as error:
        log.warning("A mark of erasing could not be written to its file (%s).", error.strerror)
