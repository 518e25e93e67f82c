"""PracticeStore: the newest practices of a person, together and sealed, so that a page reads one small row of them.

It holds nothing that its practices do not, and is made anew from them. `changes` is another number after each change of
a practice; what is kept counts while it was `made_of` that number, so a page that read a moment too early keeps nothing
that is out of date. `coaching/models/practice.py` alone writes it.

A practice that is put in changes little of a long seal, so it is sealed by itself, behind it, in `sealed_later`: what
is kept is then both together, and `followed_to` is the number of the last that came. Now and then those behind go
into the seal (`take_in`). A release from before knows `made_of` alone, and reads anew what has something behind it.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models

from accounts.sealing import CannotOpen, mark_of, mark_of_keys, seal, seal_spelled, unseal
from coaching.core.practice.past import PastPractice, PastPractices, key_of, line_of, put_in, written
from coaching.kept import Kept
from coaching.models.person import Person
from coaching.models.sealed_parts import filled_up
from content.reading.ready_made import ReadyUpdate

MOST_PRACTICES = 500
"""The newest of one person: pages and the learner read these, and none that is older."""

BITS = 62
"""Of the numbers that tell one change from another; the database holds 63."""

ROOM_BEHIND = 1792
"""Letters, for eight practices. They are always as many, filled up: of a row that stays as long as it was, SQLite
writes the pages that changed, and not the twenty of the long seal. PostgreSQL leaves that seal alone in any case, and
moves what is longer than these out of the row.
"""

GO = "go"
"""The name of the practice in a seal of one."""

_first_of: Kept[tuple[int | None]] = Kept()
"""The key of the newest practice in a seal that this process has opened, by the mark of the seal and of the keys."""


def another_number() -> int:
    return secrets.randbits(BITS)


class PracticeStoreQuerySet(models.QuerySet[Any]):
    def mark(self, people: Collection[str]) -> None:
        """The practices of these people changed: what is kept of them counts no more. In the same transaction."""
        if people:
            rows: list[Any] = [PracticeStore(person_id=pk, changes=another_number()) for pk in sorted(people)]
            self.bulk_create(rows, update_conflicts=True, update_fields=["changes"], unique_fields=["person"])

    def open_for(self, person: str) -> "PracticeStore":
        """The row of a person, which may hold nothing so far."""
        row = self.filter(person_id=person).first()
        if row is None:
            # Another tab may come first. Whoever writes a practice meanwhile finds the row, and marks it.
            rows: list[Any] = [PracticeStore(person_id=person, changes=another_number())]
            self.bulk_create(rows, ignore_conflicts=True)
            row = self.get(person_id=person)
        return row


class PracticeStore(models.Model):
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="practice_store")
    changes = models.BigIntegerField()
    made_of = models.BigIntegerField(null=True, blank=True)
    sealed_newest = models.TextField(blank=True)
    # A release from before leaves these empty, and a table that is large already takes them at once.
    followed_to = models.BigIntegerField(null=True, blank=True, editable=False)
    newest_at = models.DateTimeField(null=True, blank=True, editable=False)
    sealed_later = models.TextField(null=True, blank=True, editable=False)  # noqa: DJ001

    objects = PracticeStoreQuerySet.as_manager()

    def __str__(self) -> str:
        return f"newest practices of person {self.person_id[:6]}"

    @property
    def mark(self) -> str:
        """Of what is kept here now: each sealing has another one, whoever it is and whatever it says."""
        behind = self._behind.rstrip()
        return f"{mark_of(self.sealed_newest)}/{mark_of(behind)}" if behind else mark_of(self.sealed_newest)

    @property
    def _behind(self) -> str:
        """What counts of `sealed_later`. Whatever was made of the last number is whole without it."""
        is_followed = self.made_of != self.changes == self.followed_to
        return (self.sealed_later or "") if is_followed else ""

    @property
    def _context(self) -> str:
        """Other than that of 0.9.0, which kept no lines: beside this one it finds nothing to open, and reads anew."""
        return f"coaching.practice_store.lines:{self.person_id}"

    @property
    def newest(self) -> list[str]:
        """A line each, so that one more is put in without the others being read (`core/practice/past.py`)."""
        return self._lines_in(self.sealed_newest)

    @newest.setter
    def newest(self, lines: list[str]) -> None:
        self.sealed_newest = seal("\n".join(lines), self._context)

    @property
    def later(self) -> list[str]:
        """Those behind, in the order in which they came."""
        return _lines_behind(self.sealed_later or "", self.person_id)

    @later.setter
    def later(self, lines: list[str]) -> None:
        self.sealed_later = " ".join(seal_behind(line, self.person_id) for line in lines).ljust(ROOM_BEHIND)

    def has_room(self, sealed: str) -> bool:
        return len((self.sealed_later or "").rstrip()) + len(sealed) <= ROOM_BEHIND

    def _lines_in(self, sealed: str, behind: str = "") -> list[str]:
        opened: tuple[tuple[str, str], list[str]] | None = vars(self).get("_opened")
        if opened is None or opened[0] != (sealed, behind):
            lines = self._open(sealed)
            for line in _lines_behind(behind, self.person_id):
                lines = put_in(lines, line, MOST_PRACTICES)
            opened = vars(self)["_opened"] = ((sealed, behind), lines)
        return opened[1]

    def _open(self, sealed: str) -> list[str]:
        try:
            lines = unseal(sealed, self._context)
        except CannotOpen:
            rows = unseal(sealed, f"coaching.practice_store.newest:{self.person_id}")  # of an earlier release
            return [line_of(row) for row in rows]
        return lines.split("\n") if lines else []

    @property
    def _counts(self) -> bool:
        return self.changes in (self.made_of, self.followed_to)

    def read(self, first: int | None) -> Sequence[PastPractice] | None:
        """The newest first; None where they have to be read from the practices themselves.

        A seal that this process has opened is opened again only for a page that comes to one of the practices in it.
        """
        sealed, behind = self.sealed_newest, self._behind
        if not self._counts:
            return None
        try:
            # By all of it, so that one that was damaged since is opened, and found to be so.
            told = [mark_of_keys(), self.person_id, self.mark, hash((sealed, behind))]
            known = _first_of.of(None, told, lambda: (_first(self._lines_in(sealed, behind)),))
        except CannotOpen:
            return None
        return PastPractices(lambda: self._lines_in(sealed, behind)) if known == (first,) else None

    def take_in(self, line: str, at: datetime, others: tuple[int | None, datetime | None]) -> bool:
        """Whatever is kept goes into one seal, and a new one behind it, which began at `at`.

        `others` is the newest but the new one, as its own row has it: a process of an earlier release, which knows
        nothing of this row, may have written it a moment ago. False where they are not what is kept.
        """
        first, first_at = others
        try:
            lines = self._lines_in(self.sealed_newest, self._behind) if self._counts else None
        except CannotOpen:
            return False
        if lines is None or _first(lines) != first:
            return False
        self.newest, self.later = lines, [line]
        newest_at = max(at, first_at or at)
        told = {"sealed_newest": self.sealed_newest, "sealed_later": self.sealed_later, "newest_at": newest_at}
        return bool(FOLD.change(row=self.pk, changes=self.changes, number=another_number(), **told))

    def keep(self, newest_first: Iterable[PastPractice], number: int) -> bool:
        """False when a practice changed since this row was read: then nothing is kept."""
        self.newest = written(newest_first)
        told = {"made_of": number, "sealed_newest": self.sealed_newest}
        return bool(KEEP.change(row=self.pk, changes=self.changes, number=number, **told))


def seal_behind(line: str, person: str) -> str:
    return seal_spelled(filled_up(f'{{"{GO}":{line}}}'), f"coaching.practice_store.later:{person}")


def _lines_behind(sealed: str, person: str) -> list[str]:
    return [line_of(unseal(one, f"coaching.practice_store.later:{person}")[GO]) for one in sealed.split()]


def _first(lines: Sequence[str]) -> int | None:
    return key_of(lines[0]) if lines else None


def _keep(row: int, changes: int, number: int, made_of: int, sealed_newest: str) -> Any:
    unchanged = PracticeStore.objects.filter(pk=row, changes=changes)
    return unchanged, {"changes": number, "made_of": made_of, "sealed_newest": sealed_newest}


def _fold(row: int, changes: int, number: int, sealed_newest: str, sealed_later: str, newest_at: datetime) -> Any:
    unchanged = PracticeStore.objects.filter(pk=row, changes=changes)
    told = {"sealed_newest": sealed_newest, "sealed_later": sealed_later, "newest_at": newest_at}
    return unchanged, {"changes": number, "made_of": changes, "followed_to": number, **told}


KEEP = ReadyUpdate(_keep, row=int, changes=int, number=int, made_of=int, sealed_newest=str)
FOLD = ReadyUpdate(_fold, row=int, changes=int, number=int, sealed_newest=str, sealed_later=str, newest_at=datetime)
