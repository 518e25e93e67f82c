"""The databases of a run: an empty one, and one that holds the library.

To make them takes many seconds, to copy them a fraction of one. The process that is first to need them makes both, and
each process works on copies of its own. They differ in the library, so a test runs on the one that it asks for and
finds there what `migrate`, `createcachetable` and `load_library` leave on a server. The empty one is cleared after each
test that commits, so it has no trigger that forbids that.
On SQLite they are kept for the next run as well, which makes them anew when a file of the site has changed.
"""

import fcntl
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from tempfile import mkdtemp

import psycopg
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection

from tests.pgplugin import FOLDER, SERVER

EMPTY, LIBRARY = "empty", "library"
MINE = os.environ.get("PYTEST_XDIST_WORKER", "alone")
# All that decides what a new database holds.
MADE_OF = ("config", "content", "accounts", "coaching", "requirements.txt", "tests/databases.py")


def take_copies(shelf: Path) -> None:
    """For this process; the first of all makes what the others copy. What may be kept is kept on the shelf."""
    wanted = connection.settings_dict["NAME"]
    with one_process_at_a_time():
        if not (folder() / "made").exists():
            make_or_find(shelf)
            (folder() / "made").touch()
    for name in (EMPTY, LIBRARY):
        copy(name, mine(name))
    connection.settings_dict["NAME"] = wanted


def make_or_find(shelf: Path) -> None:
    if SERVER in os.environ:
        make()
        return
    kept = shelf / fingerprint()
    if kept.exists():
        for name in (EMPTY, LIBRARY):
            shutil.copyfile(kept / name, place(name))
    else:
        make()
        keep(kept)


def make() -> None:
    create(EMPTY)
    turn_to(EMPTY)
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    turn_to(copy(EMPTY, LIBRARY))
    call_command("load_library", verbosity=0)
    turn_to(EMPTY)
    let_it_be_cleared()
    let_go()


def let_it_be_cleared() -> None:
    """What the database keeps for two years would stay from one test to the next."""
    with connection.schema_editor() as editor:
        import_module("accounts.migrations.0024_acts_stay_as_they_are").remove(apps, editor)


def keep(kept: Path) -> None:
    """In the place of older ones. Another run may have been as quick, and then these stand already."""
    for older in kept.parent.iterdir():
        shutil.rmtree(older, ignore_errors=True)
    making = Path(mkdtemp(dir=kept.parent))
    for name in (EMPTY, LIBRARY):
        shutil.copyfile(place(name), making / name)
    with suppress(OSError):
        making.rename(kept)


def fingerprint() -> str:
    parts = [path for name in MADE_OF for path in files_of(settings.BASE_DIR / name)]
    said = [
        f"{sys.version} {sqlite3.sqlite_version}".encode(),
        *(str(path).encode() + path.read_bytes() for path in parts),
    ]
    return sha256(b"".join(said)).hexdigest()[:16]


def files_of(place: Path) -> list[Path]:
    found = [place] if place.is_file() else sorted(place.rglob("*.*"))
    return [path for path in found if path.is_file() and path.suffix not in {".pyc", ".mp3"}]


def work_on(name: str) -> None:
    """Let the next test run on this process's copy of one of them."""
    if connection.settings_dict["NAME"] != place(mine(name)):
        turn_to(mine(name))


def holds_library() -> bool:
    return bool(connection.settings_dict["NAME"] == place(mine(LIBRARY)))


def turn_to(name: str) -> None:
    let_go()
    # What clears the empty one numbers the kinds of rows anew, and not in the other.
    ContentType.objects.clear_cache()
    # The threads of a live server find it here as well.
    connection.settings_dict["NAME"] = place(name)


def let_go() -> None:
    """A database with an open connection can neither be copied nor be left for another."""
    connection.close()
    if SERVER in os.environ:
        connection.close_pool()


# --- The two kinds of database -----------------------------------------------------------


def folder() -> Path:
    return Path(os.environ[FOLDER])


def mine(name: str) -> str:
    return f"{name}_{MINE}"


def place(name: str) -> str:
    return name if SERVER in os.environ else str(folder() / f"{name}.sqlite3")


def create(name: str) -> None:
    """On SQLite, the first connection creates it."""
    if SERVER in os.environ:
        tell_server(f"CREATE DATABASE {name}")


def copy(name: str, new_name: str) -> str:
    let_go()
    if SERVER in os.environ:
        tell_server(f"CREATE DATABASE {new_name} TEMPLATE {name}")
    else:
        shutil.copyfile(place(name), place(new_name))
    return new_name


def tell_server(command: str) -> None:
    with psycopg.connect(os.environ[SERVER], autocommit=True) as server:
        server.execute(command)


def end(process: int) -> None:
    """A process of the server whose client has left, and which would go on: nobody can copy or restore its database."""
    with psycopg.connect(os.environ[SERVER], autocommit=True) as server:
        server.execute("SELECT pg_terminate_backend(%s, 60000)", [process])


@contextmanager
def one_process_at_a_time() -> Iterator[None]:
    with (folder() / "making").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        yield
