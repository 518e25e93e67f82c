"""The recordings that ship with the library, as they lie in `content/library/voices/`.

The list of them (`content/core/voices/manifest.py`) is read when it is first asked for and again when its file has
changed. A list that cannot be read is as good as none, and is written to the log: no page ever breaks by it. A file
that is missing, or not as long as the list says, is no recording.
"""

import logging
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from content.core.voices.manifest import Manifest, ManifestError, Recording, Voice, read_manifest
from content.core.voices.names import key_of

LIST = "manifest.json"
UNREADABLE = (OSError, UnicodeDecodeError, ManifestError)
log = logging.getLogger("unloop.voices")


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """One line by one voice, whole and current."""

    path: Path
    recording: Recording

    @property
    def name(self) -> str:
        return self.path.stem


def manifest_in(folder: Path) -> Manifest:
    """An empty one where there is none, or none that can be read."""
    try:
        state = (folder / LIST).stat()
    except OSError:
        return Manifest()
    return _manifest(folder, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=1)
def _manifest(folder: Path, _changed: int, _size: int) -> Manifest:
    try:
        return _read(folder)
    except UNREADABLE as error:
        log.error("The voices are silent: %s %s", folder / LIST, error)
        return Manifest()


def _read(folder: Path) -> Manifest:
    return read_manifest((folder / LIST).read_text(encoding="utf-8"))


def fault_of_list(folder: Path) -> str:
    """Why the list cannot be read; empty where it can, or where there is none."""
    try:
        _read(folder)
    except FileNotFoundError:
        return ""
    except UNREADABLE as error:
        return str(error)
    return ""


def folder_now() -> Path:
    return Path(settings.VOICES_FOLDER)


def manifest() -> Manifest:
    return manifest_in(folder_now())


def recorded(line: str, voice: Voice, folder: Path) -> Recorded | None:
    return _at_key(key_of(line, voice), folder)


def recorded_as(name: str) -> Recorded | None:
    """By the name of its file, whichever voice says it."""
    folder = folder_now()
    every = (_at_key(f"{voice.key}/{name}", folder) for voice in manifest_in(folder).voices)
    return next((one for one in every if one), None)


def _at_key(key: str, folder: Path) -> Recorded | None:
    recording = manifest_in(folder).recordings.get(key)
    path = folder / f"{key}.mp3"
    if recording is None or not _is_whole(path, recording):
        return None
    return Recorded(path=path, recording=recording)


def _is_whole(path: Path, recording: Recording) -> bool:
    try:
        return path.stat().st_size == recording.bytes
    except OSError:
        return False
