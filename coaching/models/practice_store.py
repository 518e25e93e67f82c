"""PracticeStore: the newest practices of a person, together and sealed, so that a page reads one small row of them.

It holds nothing that its practices do not, and is made anew from them. `changes` is another number after each change of
a practice; what is kept counts while it was `made_of` that number, so a page that read a moment too early keeps nothing
that is out of date. `coaching/models/practice.py` alone writes it.

A practice that is put in changes little of a long seal, so it is sealed by itself, behind it, in `sealed_later`: what
is kept is then both together, and `followed_to` is the number of the last that came. Its key, which nobody knows before
it is in, stands beside its seal: so both rows are written in one statement (`BEHIND`). Now and then those behind go
into the seal (`fold`). A release from before knows no key beside a seal, and reads anew what has one.
"""

import json
import secrets
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any

from django.db import models

from accounts.sealing import CannotOpen, mark_of, mark_of_keys, seal, seal_spelled, unseal
from coaching.core.practice.past import PastPractice, PastPractices, begun, key_of, line_of, put_in, written
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
moves what is longer than these out of the row. More than these lie there only until somebody makes room.
"""

LETTERS_OF_A_KEY = 20
"""At most, with the spaces around it."""

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""When the newest of none began."""

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
        seals = [f"{seal_behind(line_of(rest), self.person_id)} {key}" for key, *rest in map(json.loads, lines)]
        self.sealed_later = " ".join(seals).ljust(ROOM_BEHIND)

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

    def fold(self, first: int | None) -> None:
        """All that is kept goes into one seal, and nothing lies behind it any more. Where a practice came or changed
        since this row was read, nothing is done: whoever put that in does the same."""
        if self.read(first) is not None:
            self._keep(self._lines_in(self.sealed_newest, self._behind))

    def keep(self, newest_first: Iterable[PastPractice]) -> bool:
        """False when a practice changed since this row was read: then nothing is kept."""
        return self._keep(written(newest_first))

    def _keep(self, lines: list[str]) -> bool:
        self.newest = lines
        told = {"sealed_newest": self.sealed_newest, "newest_at": begun(lines[0])[0] if lines else LONG_AGO}
        return bool(KEEP.change(row=self.pk, changes=self.changes, **told))


def seal_behind(line: str, person: str) -> str:
    """Of a practice whose line has no key."""
    return seal_spelled(filled_up(f'{{"{GO}":{line}}}'), f"coaching.practice_store.later:{person}")


def _lines_behind(sealed: str, person: str) -> list[str]:
    """Each seal is followed by the key of its practice; those of a release from before hold it themselves."""
    words, lines = sealed.split(), list[str]()
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if not word.isdecimal():
            key = [int(following)] if following.isdecimal() else []
            lines.append(line_of([*key, *unseal(word, f"coaching.practice_store.later:{person}")[GO]]))
    return lines


def _first(lines: Sequence[str]) -> int | None:
    return key_of(lines[0]) if lines else None


def _keep(row: int, changes: int, sealed_newest: str, newest_at: datetime) -> Any:
    """What lay behind is in it, or out of date; what comes from now on lies behind this."""
    told = {"sealed_newest": sealed_newest, "newest_at": newest_at, "sealed_later": " " * ROOM_BEHIND}
    return PracticeStore.objects.filter(pk=row, changes=changes), {"made_of": changes, "followed_to": changes, **told}


KEEP = ReadyUpdate(_keep, row=int, changes=int, sealed_newest=str, newest_at=datetime)

_COUNTS = (
    "store.changes = store.followed_to AND COALESCE(excluded.newest_at, store.newest_at) <= store.newest_at "
    f"AND LENGTH(store.sealed_later) < {2 * ROOM_BEHIND}"
)
# So many spaces, in as few letters as both databases understand.
_FILLING = f"REPLACE('{' ' * 28}', ' ', '{' ' * (ROOM_BEHIND // 28)}')"
_BEFORE = "CASE WHEN store.made_of = store.changes THEN '' ELSE RTRIM(store.sealed_later) || ' ' END"
_BEHIND = f"{_BEFORE} || excluded.sealed_later"
BEHIND = f"""
INSERT INTO coaching_practicestore AS store (person_id, changes, sealed_newest, newest_at, sealed_later)
SELECT %s, CAST(%s AS bigint), '',
    (SELECT started_at FROM coaching_practice WHERE person_id = %s AND id <> made.id ORDER BY started_at DESC LIMIT 1),
    CAST(%s AS text) || ' ' || made.id
FROM made WHERE true
ON CONFLICT (person_id) DO UPDATE SET
    changes = excluded.changes,
    followed_to = CASE WHEN {_COUNTS} THEN excluded.changes ELSE store.followed_to END,
    newest_at = CASE WHEN {_COUNTS} AND store.newest_at < %s THEN %s ELSE store.newest_at END,
    sealed_later = CASE WHEN {_COUNTS} THEN
        {_BEHIND} || SUBSTR({_FILLING}, LENGTH({_BEHIND}) + 1)
        ELSE store.sealed_later END
RETURNING followed_to = changes, LENGTH(RTRIM(sealed_later))
"""  # noqa: S608 - of its own words
"""One more practice, the row of which is `made`: behind the seal, or else what is kept counts no more.

It counts no more where it did not before, and where a practice is newer than all that are kept, as its own row has it:
a release wrote that which knows nothing of this row. The values are the person, another number, the person, the seal
and, twice, when it began.
"""
