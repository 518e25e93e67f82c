"""What a process that serves pages holds at its start: nothing that only a worker, or one page in a thousand, needs."""

import gc
import os
import re
import sqlite3
import subprocess
import sys
import weakref
from contextlib import closing
from pathlib import Path

import pytest

from config.machine.database import database_at, with_options
from config.pages import settled
from tests.imports import ROOT

LATER = {
    "aiohttp": "with pywebpush",
    "PIL": "a picture that is brought, or read by a phone",
    "charset_normalizer": "lists that somebody brings",
    "disposable_email_domains": "an address that asks for letters",
    "dkim": "a site that signs its mail itself",
    "flufl": "the worker, and mail that came back",
    "fontTools": "a paper",
    "icalendar": "a calendar of reminders",
    "imap_tools": "the worker, and mail that came back",
    "jwcrypto": "a record that is handed out",
    "pywebpush": "the worker",
    "qrcode": "an address that a phone reads",
    "requests": "the worker, and what a mail provider reports",
    "tomlkit": "the library as files",
    "weasyprint": "a paper",
    "zxcvbn": "a new password",
}
"""Each takes megabytes and hundredths of a second, and by what it is asked for."""

START = """
import sys, django
django.setup()
import config.urls, django.core.handlers.wsgi
print(" ".join(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.long
def test_no_process_that_serves_pages_loads_what_it_may_never_need() -> None:
    wanted = {"DJANGO_SETTINGS_MODULE": "config.settings", "MAIL_PROVIDER": "", "MAIL_WEBHOOK_SECRET": ""}
    started = subprocess.run(
        [sys.executable, "-c", START],
        cwd=ROOT,
        env={**os.environ, **wanted, "MAIL_WEBHOOK_KEY": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(started.stdout.split())
    assert {"django", "coaching", "accounts"} <= loaded
    assert {name: LATER[name] for name in LATER.keys() & loaded} == {}


def test_a_connection_to_sqlite_maps_nothing_of_the_file_and_keeps_half_a_megabyte_of_it(tmp_path: Path) -> None:
    """Each thread has one, so that whatever it holds is held many times."""
    file = tmp_path / "site.sqlite3"
    started = with_options(database_at(f"sqlite:///{file}"), pool=0)["OPTIONS"]["init_command"]
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(started)
        held = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("mmap_size", "cache_size")}
    assert held == {"mmap_size": 0, "cache_size": -500}


@pytest.mark.parametrize("told_in", ["script/serve", "Containerfile", "deploy/unloop-web.service"])
def test_threads_share_one_heap_however_the_site_is_started(told_in: str) -> None:
    """Or each holds on to what its pages took once."""
    told = (ROOT / told_in).read_text(encoding="utf-8")
    assert re.findall(r"MALLOC_ARENA_MAX=\"?(?:\$\{MALLOC_ARENA_MAX:-)?(\d)", told) == ["1"]


class Circle:
    def __init__(self) -> None:
        self.itself = self


def test_what_stays_is_set_aside_and_what_is_over_is_not() -> None:
    """A circle that nothing points to is found before, and so does not stay for ever."""
    stays = {"text": ["of the library"]}
    over = Circle()
    left = weakref.ref(over)
    del over
    before = gc.get_freeze_count()
    try:
        settled.go_on(pauses=(0,))
        assert gc.get_freeze_count() > before
        assert not any(one is stays for one in gc.get_objects())
        assert left() is None
    finally:
        gc.unfreeze()
