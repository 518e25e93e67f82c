"""Real processes of ours, on the test's own database, for what only shows between processes."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def start(*command: str, **settings: str) -> subprocess.Popen[str]:
    """Start `manage.py` with a command; what it says can be read from its `stdout`."""
    environment = {**os.environ, "DATABASE_URL": database_url(), "PYTHONUNBUFFERED": "1", **settings}
    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def database_url() -> str:
    """Where this test's database is, which is not where the settings of the run point."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    return f"postgres://{at['USER']}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


def wait_until(is_so: Callable[[], bool], *, seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def wait_for_line(process: subprocess.Popen[str], words: str) -> list[str]:
    """Read what the process says up to the line with these words; fail with all of it when it ends before."""
    said: list[str] = []
    for line in process.stdout or []:
        said.append(line.rstrip())
        if words in line:
            return said
    raise AssertionError(f"never said {words!r}: {said}")


def read_to_end(process: subprocess.Popen[str], *, seconds: float = 60) -> str:
    """What it still says until it ends, by force in the end. (`communicate` would lose lines read ahead.)"""
    watchdog = threading.Timer(seconds, process.kill)
    watchdog.start()
    said = process.stdout.read() if process.stdout else ""
    process.wait()
    watchdog.cancel()
    return said
