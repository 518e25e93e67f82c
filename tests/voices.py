"""Voices for tests: a list of recordings and files of a few bytes, in a folder of their own."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from content.core.voices.manifest import Voice
from content.core.voices.names import key_of

HEART = Voice(name="heart", language="en", says="Heart", settings="made for tests")
MICHAEL = Voice(name="michael", language="en", says="Michael", settings="made for tests")
DORA = Voice(name="dora", language="es", says="Dora", settings="made for tests")
SOUND = {"seconds": 1.0, "loudness": -20.0}


def write_voices(
    folder: Path, said: Mapping[Voice, Iterable[str]], voices: Iterable[Voice] = (HEART, MICHAEL, DORA), **changed: Any
) -> None:
    """`said`: by each voice, its lines. `changed`: what each recording says of itself."""
    recordings = {}
    for voice, lines in said.items():
        for line in lines:
            body = f"{voice.key} says {line}".encode()
            path = folder / f"{key_of(line, voice)}.mp3"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(body)
            recordings[key_of(line, voice)] = {**SOUND, "bytes": len(body), **changed}
    write_list(folder, [vars(voice) for voice in voices], recordings)


def write_list(folder: Path, voices: Any, recordings: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps({"voices": voices, "recordings": recordings}))
