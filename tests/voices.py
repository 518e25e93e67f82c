"""Voices for tests: a list of recordings and files of a few bytes, in a folder of their own."""

import json
from array import array
from collections.abc import Iterable, Mapping
from math import pi, sin
from pathlib import Path
from typing import Any

import lameenc

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


def an_mp3(
    seconds: float = 2.0,
    *,
    loudness: float = -20.0,
    silence: float = 0.0,
    channels: int = 1,
    rate: int = 24_000,
    silent_channel: int | None = None,
) -> bytes:
    """A tone of 1 kHz, as loud as that in LUFS, with silence before it; one of two channels may be silent."""
    # Of a tone of 1 kHz in one channel at full scale the recommendation says -3.01 LUFS; the encoder takes 5 % off.
    height = 32767 * 10 ** ((loudness + 3.01) / 20) / 0.95
    tone = [round(height * sin(2 * pi * 1000 * at / rate)) for at in range(int(seconds * rate))]
    mono = [*([0] * int(silence * rate)), *tone]
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(channels)
    encoder.set_quality(7)
    spread = [0 if channel == silent_channel else sample for sample in mono for channel in range(channels)]
    return bytes(encoder.encode(array("h", spread).tobytes()) + encoder.flush())
