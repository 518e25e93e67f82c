"""What an entry of the data map says: what is kept, why, for how long, who sees it, and how it lies there.

`columns` are written as "app.Model: column column ...".
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Lies(StrEnum):
    SEALED = "Sealed: only this site's key opens it"
    PARTLY = "What is secret in it is sealed, and of codes that were shown only a scrambled mark is kept"
    READABLE = "Readable in the database, so that it can be looked up"
    EMPTIED = "Readable while it is not empty"
    HASHED = "A scrambled mark: it can be compared, and not read"
    AS_THERE = "As in the database: what is sealed there is sealed here, and the keys are not in it"
    OPEN = "Readable on your device"
    LOCKED = "Locked on your device with a key that no page can read out"


@dataclass(frozen=True, kw_only=True)
class Kept:
    what: str
    why: str
    how_long: str
    who: str
    lies: Lies
    columns: tuple[str, ...] = ()
    on_page: bool = True
    """Off for what only says how rows belong together."""

    def named_columns(self) -> Iterator[tuple[str, str]]:
        for line in self.columns:
            model, _, names = line.partition(": ")
            yield from ((model, name) for name in names.split())


@dataclass(frozen=True, kw_only=True)
class Cookie:
    name: str
    why: str
    how_long: str


@dataclass(frozen=True, kw_only=True)
class Store:
    """What scripts keep in the browser. `places` are written as "caches: name", "localStorage: name" and so on."""

    what: str
    why: str
    how_long: str
    lies: Lies
    places: tuple[str, ...]


YOU, YOU_AND_STAFF = "You", "You, and staff who run the site"
STAFF_SEES_THAT = "You. Staff see that it is there, and when it was made, and never what it says"
AS_THE_ACCOUNT = (
    "Until you erase it or your account. Without an account: 90 days after your last visit, or until you press Erase"
)
