"""What a process runs, in one word: two that would make the same page of the same library say the same.

Its code, its templates and translations, the packages, the names of its static files, and its settings. Whatever
processes keep for each other stands under it (`shared.py`), so that a release never hands out what another made.
"""

import json
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac

FOLDERS = ("accounts", "coaching", "config", "content", "templates")
KINDS = (".py", ".html", ".txt", ".mo", ".svg", ".xml")
SETS = (set, frozenset)


@cache
def release() -> str:
    """Read once a process, in a thirtieth of a second. Empty where it cannot be told: files may change meanwhile while
    a site is written (DEBUG), and static files that were not collected have no names of their own.
    """
    names = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if settings.DEBUG or not names.exists():
        return ""
    digest = sha256(_settings().encode())
    for path in [*_files(), settings.BASE_DIR / "requirements.lock", names]:
        digest.update(f"{path}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    for folder in FOLDERS:
        yield from sorted(path for path in (settings.BASE_DIR / folder).rglob("*") if path.suffix in KINDS)


def _settings() -> str:
    """Under the key of the site: nobody who reads a name that was made of it learns a setting."""
    told = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    words = json.dumps(told, sort_keys=True, default=_plain, skipkeys=True)
    return salted_hmac("config.release", words, algorithm="sha256").hexdigest()


def _plain(value: Any) -> Any:
    """Without what is different in each process: the order of a set, and where something lies in memory."""
    if isinstance(value, SETS):
        return sorted(map(str, value))
    return str(value) if isinstance(value, Path) else type(value).__name__
