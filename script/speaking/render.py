"""Every spoken line that has no current recording is spoken, in the order in which people need them.

A line that is done lies in its file; whoever stops this and starts it again goes on where it was. Raw speech is kept as
well (FLAC, beside the model), so that a change of loudness or format needs no voice.
"""

import os
import time
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
import soundfile

from content.core.voices.manifest import Voice
from script.speaking.engine import Engine
from script.speaking.lines import Line, file_of
from script.speaking.measuring import RATE, Measured, faults, measured
from script.speaking.phonemes import phonemes_of
from script.speaking.sound import made_recording
from script.speaking.voices import FASTEST, PACE, STYLES, VOICES

SPARE_SECONDS = 0.1
"""Left free at the end of a step."""


def in_order(lines: Iterable[Line], voices: Iterable[Voice] = VOICES) -> Iterator[tuple[Line, Voice]]:
    """Help now first, then all guides, then lessons; in each, the first voice of a language before the second."""
    first = {voice.language: voice for voice in reversed(VOICES)}
    pairs = [(line, voice) for line in lines for voice in voices if voice.language == line.language]
    yield from sorted(
        pairs,
        key=lambda pair: (
            pair[0].is_lesson,
            first[pair[1].language] != pair[1],
            not pair[0].is_urgent,
        ),
    )


class Renderer:
    def __init__(self, engine: Engine, folder: Path, raw: Path) -> None:
        self.engine, self.folder, self.raw = engine, folder, raw

    def render(self, line: Line, voice: Voice) -> Measured | None:
        """None where it is there already."""
        path = file_of(line, voice, self.folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and self._fits(path, line):
            return None
        mp3, measures = self._made(line, voice)
        part = path.with_suffix(f".{os.getpid()}")
        part.write_bytes(mp3)
        part.replace(path)
        return measures

    @staticmethod
    def _fits(path: Path, line: Line) -> bool:
        body = path.read_bytes()
        return not faults(body) and (line.seconds is None or measured(body).seconds <= line.seconds)

    def _made(self, line: Line, voice: Voice) -> tuple[bytes, Measured]:
        """At the usual pace, or as fast as its step asks."""
        mp3, measures = self._at(line, voice, PACE)
        pace = PACE
        while line.seconds is not None and measures.seconds > line.seconds - SPARE_SECONDS and pace < FASTEST:
            wanted = pace * measures.seconds / (line.seconds - SPARE_SECONDS) + 0.01
            pace = round(min(FASTEST, max(pace + 0.02, wanted)), 2)
            mp3, measures = self._at(line, voice, pace)
        return mp3, measures

    def _at(self, line: Line, voice: Voice, pace: float) -> tuple[bytes, Measured]:
        mp3 = made_recording(self._raw(line, voice, pace))
        return mp3, measured(mp3)

    def _raw(self, line: Line, voice: Voice, pace: float) -> np.ndarray:
        phonemes = phonemes_of(line.text, line.language)
        if unknown := self.engine.unknown(phonemes):
            raise SystemExit(f"The model has no sign for {sorted(unknown)} in: {line.text}")
        told = "\n".join((STYLES[voice.name], str(pace), *phonemes))
        kept = self.raw / f"{sha256(told.encode()).hexdigest()[:24]}.flac"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            sound = self.engine.say(phonemes, STYLES[voice.name], pace)
            part = kept.with_suffix(f".{os.getpid()}")
            soundfile.write(part, sound * min(1, 0.99 / max(np.abs(sound).max(), 1e-9)), RATE, format="FLAC")
            part.replace(kept)
        return soundfile.read(kept, dtype="float64")[0]


def render_all(renderer: Renderer, lines: list[Line], voices: Iterable[Voice], part: int = 0, parts: int = 1) -> None:
    """`part` of `parts`: several processes share the lines."""
    pairs = list(in_order(lines, voices))
    for place, (line, voice) in enumerate(pairs):
        if place % parts != part:
            continue
        begun = time.process_time()
        measures = renderer.render(line, voice)
        if measures is None:
            continue
        late = " TOO LONG" if line.seconds is not None and measures.seconds > line.seconds else ""
        told = f"{measures.seconds:.2f} s {measures.loudness:.1f} LUFS {measures.peak:.1f} dBTP"
        spent = time.process_time() - begun
        print(
            f"{place}/{len(pairs)} {voice.language}/{voice.name} {told} cpu {spent:.2f}{late}: {line.text}", flush=True
        )
