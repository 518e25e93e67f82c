"""The lines that are to be spoken, as `manage.py spoken_lines` prints them, and where their recordings lie."""

import json
from dataclasses import dataclass
from pathlib import Path

from content.core.voices.manifest import Voice
from content.core.voices.names import key_of


@dataclass(frozen=True, kw_only=True)
class Line:
    language: str
    text: str
    places: tuple[str, ...]
    seconds: int | None

    @property
    def is_lesson(self) -> bool:
        return all(place.startswith("lesson ") for place in self.places)

    @property
    def is_urgent(self) -> bool:
        return any(place.startswith("help-now") for place in self.places)


def read_lines(path: Path) -> list[Line]:
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Line(**{**one, "places": tuple(one["places"])}) for one in told]


def file_of(line: Line, voice: Voice, folder: Path) -> Path:
    return folder / f"{key_of(line.text, voice)}.mp3"
