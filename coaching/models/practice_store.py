"""PracticeStore: the newest practices of a person, together and sealed, so that a page reads one small row of them.

It holds nothing that its practices do not, and is made anew from them. `changes` is another number after each change of
a practice; what is kept counts while it was `made_of` that number, so a page that read a moment too early keeps nothing
that is out of date. `coaching/models/practice.py` alone writes it.
"""

import secrets
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import models

from accounts.sealing import CannotOpen, mark_of, mark_of_keys, seal, unseal
from coaching.core.practice.past import PastPractice, PastPractices, key_of, line_of, written
from coaching.kept import Kept
from coaching.models.person import Person
from content.reading.ready_made import ReadyUpdate

BITS = 62
"""Of the numbers that tell one change from another; the database holds 63."""


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

    objects = PracticeStoreQuerySet.as_manager()

    def __str__(self) -> str:
        return f"newest practices of person {self.person_id[:6]}"

    @property
    def mark(self) -> str:
        """Of what is kept here now: each sealing has another one, whoever it is and whatever it says."""
        return mark_of(self.sealed_newest)

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

    def _lines_in(self, sealed: str) -> list[str]:
        opened: tuple[str, list[str]] | None = vars(self).get("_opened")
        if opened is None or opened[0] != sealed:
            opened = vars(self)["_opened"] = (sealed, self._open(sealed))
        return opened[1]

    def _open(self, sealed: str) -> list[str]:
        try:
            lines = unseal(sealed, self._context)
        except CannotOpen:
            rows = unseal(sealed, f"coaching.practice_store.newest:{self.person_id}")  # of an earlier release
            return [line_of(row) for row in rows]
        return lines.split("\n") if lines else []

    def read(self, first: int | None) -> Sequence[PastPractice] | None:
        """The newest first; None where they have to be read from the practices themselves.

        A seal that this process has opened is opened again only for a page that comes to one of the practices in it.
        """
        sealed = self.sealed_newest
        if self.made_of != self.changes:
            return None
        try:
            # By all of it, so that one that was damaged since is opened, and found to be so.
            told = [mark_of_keys(), self.person_id, self.mark, hash(sealed)]
            known = _first_of.of(None, told, self._key_of_first)
        except CannotOpen:
            return None
        return PastPractices(lambda: self._lines_in(sealed)) if known == (first,) else None

    def _key_of_first(self) -> tuple[int | None]:
        return (key_of(self.newest[0]) if self.newest else None,)

    def lines(self, first: int | None) -> list[str] | None:
        """As they are written.

        `first` is the key of the newest practice as its own row has it: a process of an earlier release, which knows
        nothing of this row, may have written it a moment ago.
        """
        if self.made_of != self.changes:
            return None
        try:
            lines = self.newest
        except CannotOpen:
            return None
        return lines if first == (key_of(lines[0]) if lines else None) else None

    def keep(self, newest_first: Iterable[PastPractice], number: int) -> bool:
        """False when a practice changed since this row was read: then nothing is kept."""
        return self.keep_lines(written(newest_first), number)

    def keep_lines(self, lines: list[str], number: int) -> bool:
        self.newest = lines
        told = {"made_of": number, "sealed_newest": self.sealed_newest}
        return bool(KEEP.change(row=self.pk, changes=self.changes, number=number, **told))


def _keep(row: int, changes: int, number: int, made_of: int, sealed_newest: str) -> Any:
    unchanged = PracticeStore.objects.filter(pk=row, changes=changes)
    return unchanged, {"changes": number, "made_of": made_of, "sealed_newest": sealed_newest}


KEEP = ReadyUpdate(_keep, row=int, changes=int, number=int, made_of=int, sealed_newest=str)
