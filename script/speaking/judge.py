"""DNSMOS, a judge of how clean speech sounds, beside espeak-ng on the same lines.

The judge looks at 9 seconds and repeats what is shorter, joins and all. So lines are put together, with half a second
between, into passages of at least 9 seconds: the same lines by each voice. It knows nothing of warmth.
"""

import json
import subprocess
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import chain
from pathlib import Path

import librosa
import numpy as np
import soundfile
from scipy.signal import resample_poly
from speechmos import dnsmos

from content.core.voices.manifest import Voice
from script.speaking.lines import Line, file_of
from script.speaking.measuring import RATE, loudness
from script.speaking.voices import VOICES

LEAST, ABOVE = 3.2, 0.3
PASSAGES = 12
SECONDS = 9.0
PAUSE = np.zeros(RATE // 2)
HEARS = 16_000
PARTS = ("ovrl_mos", "sig_mos", "bak_mos", "p808_mos")


def judge(folder: Path, lines: list[Line]) -> bool:
    """Prints a table and one line of JSON; true where every voice holds the floor."""
    warnings.filterwarnings("ignore")
    rows = {voice.key: _row(voice, folder, lines) for voice in VOICES if any((folder / voice.key).glob("*.mp3"))}
    print(f"{'voice':<12}{'overall':>9}{'speech':>9}{'quiet':>9}{'P.808':>9}{'espeak':>9}{'passages':>10}")
    for key, row in rows.items():
        marks = "".join(f"{row[part]:>9.2f}" for part in (*PARTS, "espeak"))
        print(f"{key:<12}{marks}{row['passages']:>10}")
    print(json.dumps(rows, sort_keys=True))
    return all(row["ovrl_mos"] >= LEAST and row["ovrl_mos"] >= row["espeak"] + ABOVE for row in rows.values())


def _row(voice: Voice, folder: Path, lines: list[Line]) -> dict[str, float]:
    passages = _passages(voice, folder, lines)
    ours = [_marks(_joined(passage, lambda line: _recorded(file_of(line, voice, folder)))) for passage in passages]
    theirs = [_marks(_joined(passage, _by_espeak)) for passage in passages]
    row = {part: round(float(np.mean([one[part] for one in ours])), 3) for part in PARTS}
    espeak = round(float(np.mean([one["ovrl_mos"] for one in theirs])), 3)
    return {**row, "espeak": espeak, "passages": len(passages)}


def _passages(voice: Voice, folder: Path, lines: list[Line]) -> list[list[Line]]:
    """Spread over everything that this voice says, in the order of the library."""
    said = [line for line in lines if line.language == voice.language and file_of(line, voice, folder).is_file()]
    passages: list[list[Line]] = [[]]
    seconds = 0.0
    for line in said:
        passages[-1].append(line)
        seconds += soundfile.info(file_of(line, voice, folder)).duration + 0.5
        if seconds >= SECONDS:
            passages.append([])
            seconds = 0.0
    return passages[: -1 : max(1, len(passages) // PASSAGES)][:PASSAGES]


def _joined(passage: list[Line], spoken: Callable[[Line], np.ndarray]) -> np.ndarray:
    return np.concatenate(list(chain.from_iterable((spoken(line), PAUSE) for line in passage)))


def _recorded(path: Path) -> np.ndarray:
    return np.asarray(soundfile.read(path)[0])


def _by_espeak(line: Line) -> np.ndarray:
    run = subprocess.run(["espeak-ng", "-v", line.language, "--stdout", line.text], capture_output=True, check=True)
    sound, rate = soundfile.read(BytesIO(run.stdout))
    even = resample_poly(sound, RATE, rate)
    return np.asarray(even * 10 ** ((-20 - loudness(even)) / 20))


def _marks(sound: np.ndarray) -> dict[str, float]:
    heard = librosa.resample(sound, orig_sr=RATE, target_sr=HEARS)
    return {part: float(mark) for part, mark in dnsmos.run(np.clip(heard, -1, 1), HEARS).items() if part in PARTS}


def outliers(folder: Path, lines: list[Line]) -> Iterator[str]:
    """Lines that last far longer or shorter than their letters let expect: cut off, or run away."""
    for voice in VOICES:
        said = [line for line in lines if line.language == voice.language and file_of(line, voice, folder).is_file()]
        lasts = np.array([soundfile.info(file_of(line, voice, folder)).duration for line in said])
        letters = np.array([len(line.text) for line in said])
        if len(said) < 30:
            continue
        slope, start = np.polyfit(letters, lasts, 1)
        for line, seconds, expected in zip(said, lasts, slope * letters + start, strict=True):
            if abs(seconds - expected) > max(0.7, 0.3 * expected):
                yield f"{voice.key} {seconds:.2f} s, {expected:.2f} expected: {line.text}"
