"""What a recording is like: how long, how loud, how near to clipping, and where it is silent.

Also read by the gate, which has none of what makes speech. Seconds, LUFS and dB throughout; samples from -1 to 1,
24,000 a second, one channel.
"""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pyloudnorm
import soundfile
from scipy.signal import resample_poly

from content.core.voices.rules import HIGHEST_PEAK, LOUDNESS, LOUDNESS_WITHIN

RATE = 24_000
SILENCE_BELOW = -45.0
"""dB under the loudest 20 ms of a line."""

MOST_BEFORE, MOST_AFTER = 0.15, 0.2
"""Seconds of silence: MP3 itself puts about 0.07 before a sound, and a soft vowel is not heard from its first wave."""

MOST_INSIDE = 1.2
"""Seconds: a longer silence is a pause, and pauses belong to the steps of a guide."""

LEAST = 1.0
"""A shorter sound is measured as if it came again and again for so long: BS.1770 looks at windows of 0.4 seconds."""

WINDOW = int(0.02 * RATE)


@dataclass(frozen=True, kw_only=True)
class Measured:
    seconds: float
    loudness: float
    peak: float
    """dBTP."""

    before: float
    after: float
    """Seconds of silence."""

    inside: float
    """Seconds of the longest silence within the speech."""


def measured(mp3: bytes) -> Measured:
    sound, rate = soundfile.read(BytesIO(mp3), dtype="float64")
    if rate != RATE or sound.ndim != 1:
        raise ValueError(f"{rate} samples a second in {sound.ndim} channels")
    first, last = speech_in(sound)
    return Measured(
        seconds=len(sound) / RATE,
        loudness=loudness(sound[first:last]) if last - first < LEAST * RATE else loudness(sound),
        peak=peak(sound),
        before=first / RATE,
        after=(len(sound) - last) / RATE,
        inside=_longest_silence(sound[first:last]),
    )


def faults(mp3: bytes) -> list[str]:
    """Why this may not be handed out; empty where nothing is wrong with it."""
    try:
        measures = measured(mp3)
    except (soundfile.LibsndfileError, ValueError, IndexError) as error:
        return [f"cannot be played: {error}"]
    wrong = {
        f"loudness is {measures.loudness:.1f} LUFS": abs(measures.loudness - LOUDNESS) > LOUDNESS_WITHIN,
        f"its true peak is {measures.peak:.1f} dB": measures.peak > HIGHEST_PEAK,
        f"begins with {measures.before:.2f} seconds of silence": measures.before > MOST_BEFORE,
        f"ends with {measures.after:.2f} seconds of silence": measures.after > MOST_AFTER,
        f"is silent for {measures.inside:.2f} seconds": measures.inside > MOST_INSIDE,
    }
    return [words for words, is_so in wrong.items() if is_so]


def loudness(sound: np.ndarray) -> float:
    times = int(np.ceil(LEAST * RATE / len(sound)))
    return float(pyloudnorm.Meter(RATE).integrated_loudness(np.tile(sound, times)))


def peak(sound: np.ndarray) -> float:
    """True peak: the largest value between the samples as well, looked at four times as closely."""
    return float(20 * np.log10(max(1e-9, np.abs(resample_poly(sound, 4, 1)).max())))


def speech_in(sound: np.ndarray) -> tuple[int, int]:
    heard = np.flatnonzero(_levels(sound) > SILENCE_BELOW)
    return int(heard[0]) * WINDOW, min(len(sound), (int(heard[-1]) + 1) * WINDOW)


def _longest_silence(sound: np.ndarray) -> float:
    longest = here = 0
    for is_heard in _levels(sound) > SILENCE_BELOW:
        here = 0 if is_heard else here + 1
        longest = max(longest, here)
    return longest * WINDOW / RATE


def _levels(sound: np.ndarray) -> np.ndarray:
    """dB of each 20 ms, under the loudest of them."""
    windows = np.pad(sound, (0, -len(sound) % WINDOW)).reshape(-1, WINDOW)
    powers = (windows**2).mean(axis=1)
    return np.asarray(10 * np.log10(np.maximum(powers, 1e-12) / max(powers.max(), 1e-12)))
