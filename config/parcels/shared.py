"""Parcels that one process has packed and every other of this machine hands out: files in VAR_DIR/parcels.

Each stands under what it was packed from, a release and a state of the library, so no process takes what another one
would have packed differently. Of each parcel the newest two are kept: two releases may run side by side for a while.
What cannot be read or written is packed in this process alone, as if there were no files.
"""

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

log = logging.getLogger("unloop.parcels")
FOLDER = "parcels"
NEWEST = 2
Key = tuple[str, str]
"""Language and name of a parcel; neither has a dot."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """`bodies` are the same in each way of compressing that is kept; none of them is as it is."""

    digest: str
    bodies: dict[str, bytes]


def found(key: Key, state: str) -> Parcel | None:
    """`state` names what it was packed from; an empty one is shared with nobody. None where it is not there whole."""
    if not state:
        return None
    try:
        head, _, rest = _file(key, state).read_bytes().partition(b"\n")
        told = json.loads(head)
        digest, sizes = told["digest"], told["sizes"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    bodies = {}
    for way, size in sizes.items():
        bodies[way], rest = rest[:size], rest[size:]
    is_whole = not rest and all(len(body) == sizes[way] for way, body in bodies.items())
    return Parcel(digest=digest, bodies=bodies) if is_whole else None


def put_down(key: Key, state: str, parcel: Parcel) -> None:
    """Whole or not at all: a reader never meets half of it."""
    if not state:
        return
    head = {"digest": parcel.digest, "sizes": {way: len(body) for way, body in parcel.bodies.items()}}
    file = _file(key, state)
    made = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        _folder()
        made.write_bytes(json.dumps(head).encode() + b"\n" + b"".join(parcel.bodies.values()))
        made.replace(file)
    except OSError as error:
        log.warning("A parcel cannot be kept in VAR_DIR: %s.", error.strerror)
        return
    for older in sorted(file.parent.glob(f"{'.'.join(key)}.*"), key=_written_at, reverse=True)[NEWEST:]:
        older.unlink(missing_ok=True)


@contextmanager
def one_process(state: str) -> Iterator[None]:
    """Others wait until it is through, and then find what it has packed. Whoever ends or is killed lets go."""
    turn = None
    with suppress(OSError):
        turn = (_folder() / "turn").open("w") if state else None
    if turn is None:
        yield
        return
    with turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield


def _file(key: Key, state: str) -> Path:
    return Path(settings.VAR_DIR) / FOLDER / ".".join([*key, state])


def _folder() -> Path:
    folder = Path(settings.VAR_DIR) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _written_at(file: Path) -> float:
    with suppress(OSError):
        return file.stat().st_mtime
    return 0.0
