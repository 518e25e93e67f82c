"""The list of voices and recordings, `content/library/voices/manifest.json`, read into frozen values.

    {"voices": [{"name": "heart", "language": "en", "says": "Heart, a woman's voice", "settings": "..."}],
     "recordings": {"en/heart/3f2a...": {"seconds": 3.42, "bytes": 10234, "loudness": -20.1}}}

The first voice of a language is the one that speaks unless somebody chose another. `settings` says how its recordings
were made; it is part of their names (`names.py`). Seconds and LUFS are those of the whole file. Whatever is not of
this shape is refused with the place where it stands.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import isfinite
from types import MappingProxyType
from typing import Any

WORD = re.compile(r"[a-z][a-z0-9-]{0,30}\Z")
LANGUAGE = re.compile(r"[a-z]{2}\Z")
KEY = re.compile(r"([a-z]{2}/[a-z][a-z0-9-]{0,30})/[0-9a-f]{20}\Z")
LONGEST_SECONDS = 120
MOST_BYTES = 1024 * 1024
OF_A_VOICE = {"name", "language", "says", "settings"}
OF_A_RECORDING = {"seconds", "bytes", "loudness"}


class ManifestError(ValueError):
    """What is wrong with the list, and where."""


@dataclass(frozen=True, kw_only=True)
class Voice:
    name: str
    language: str
    says: str
    """What it is called where somebody chooses."""

    settings: str

    @property
    def key(self) -> str:
        return f"{self.language}/{self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recording:
    """`loudness` in LUFS, integrated over the file (ITU-R BS.1770-4)."""

    seconds: float
    bytes: int
    loudness: float


@dataclass(frozen=True, kw_only=True)
class Manifest:
    voices: tuple[Voice, ...] = ()
    recordings: Mapping[str, Recording] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def languages(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(voice.language for voice in self.voices))

    def voices_in(self, language: str) -> tuple[Voice, ...]:
        return tuple(voice for voice in self.voices if voice.language == language)

    def voice(self, language: str, name: str) -> Voice | None:
        return next((voice for voice in self.voices_in(language) if voice.name == name), None)


def read_manifest(text: str) -> Manifest:
    """Raises ManifestError, in words that finish the sentence "the list of voices ..."."""
    try:
        told = json.loads(text)
    except ValueError as error:
        raise ManifestError(f"is no JSON: {error}") from None
    if not isinstance(told, dict) or told.keys() != {"voices", "recordings"}:
        raise ManifestError("must hold voices and recordings, and nothing else")
    voices = _voices(told["voices"])
    return Manifest(voices=voices, recordings=_recordings(told["recordings"], {voice.key for voice in voices}))


def _voices(told: Any) -> tuple[Voice, ...]:
    if not isinstance(told, list):
        raise ManifestError("must list its voices in [ ]")
    voices = tuple(_voice(f"voice {place}", one) for place, one in enumerate(told, start=1))
    keys = [voice.key for voice in voices]
    if twice := next((key for key in keys if keys.count(key) > 1), ""):
        raise ManifestError(f"names the voice {twice} twice")
    return voices


def _voice(place: str, told: Any) -> Voice:
    if not isinstance(told, dict) or told.keys() != OF_A_VOICE:
        raise ManifestError(f"{place}: must have {', '.join(sorted(OF_A_VOICE))}, and nothing else")
    for name, value in told.items():
        if not isinstance(value, str) or not value.strip():
            raise ManifestError(f"{place}: {name} must be a text")
    if not WORD.match(told["name"]):
        raise ManifestError(f"{place}: name must be lower-case letters, digits and hyphens")
    if not LANGUAGE.match(told["language"]):
        raise ManifestError(f"{place}: language must be two letters, such as en")
    return Voice(**told)


def _recordings(told: Any, voices: set[str]) -> Mapping[str, Recording]:
    if not isinstance(told, dict):
        raise ManifestError("must name its recordings in { }")
    return MappingProxyType({key: _recording(key, one, voices) for key, one in told.items()})


def _recording(key: str, told: Any, voices: set[str]) -> Recording:
    match = KEY.match(key)
    if not match or match[1] not in voices:
        raise ManifestError(f"{key}: must be language, voice and 20 hex digits, of a voice in the list")
    if not isinstance(told, dict) or told.keys() != OF_A_RECORDING:
        raise ManifestError(f"{key}: must have {', '.join(sorted(OF_A_RECORDING))}, and nothing else")
    seconds, size, loudness = (_number(key, name, told[name]) for name in ("seconds", "bytes", "loudness"))
    if not 0 < seconds <= LONGEST_SECONDS:
        raise ManifestError(f"{key}: seconds must be more than 0 and {LONGEST_SECONDS} at most")
    if size != int(size) or not 0 < size <= MOST_BYTES:
        raise ManifestError(f"{key}: bytes must be a whole number from 1 to {MOST_BYTES}")
    return Recording(seconds=seconds, bytes=int(size), loudness=loudness)


def _number(key: str, name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ManifestError(f"{key}: {name} must be a number")
    return float(value)
