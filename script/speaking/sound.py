"""Raw speech into a recording: trimmed, as loud as every other, never clipped, MP3.

Seconds and LUFS throughout; samples from -1 to 1, 24,000 a second, one channel.
"""

import lameenc
import numpy as np
from scipy.ndimage import maximum_filter1d, uniform_filter1d
from scipy.signal import resample_poly

from content.core.voices.rules import HIGHEST_PEAK, LOUDNESS
from script.speaking.measuring import MOST_AFTER, MOST_BEFORE, RATE, loudness, measured, speech_in

CLOSE = 0.2
"""LUFS, from what is aimed at."""

CEILING = -2.0
"""dBTP before encoding, which adds a little: a recording stays below -1."""

SPARE = 0.1
"""dB under the highest peak that is allowed."""

KILOBITS = 24
BEFORE, AFTER = 0.015, 0.06
"""Seconds left around speech, so that no first or last sound is cut."""

FADE = 0.01


def made_recording(sound: np.ndarray) -> bytes:
    """MP3 takes the highest sounds away and with them a little loudness, so it is given back and encoded again. What
    has become too soft at its ends to be heard is cut off too.
    """
    speech = _faded(trimmed(sound))
    aim, ceiling = LOUDNESS, CEILING
    for _ in range(4):
        mp3 = encoded(_made_even(speech, aim, ceiling))
        measures = measured(mp3)
        off, above = measures.loudness - LOUDNESS, measures.peak - HIGHEST_PEAK + SPARE
        late, over = max(0.0, measures.before - MOST_BEFORE), max(0.0, measures.after - MOST_AFTER)
        if abs(off) < CLOSE and above <= 0 and not late and not over:
            break
        speech = speech[round(late * RATE) : len(speech) - round(over * RATE)]
        aim -= off
        ceiling -= max(0.0, above)
    return mp3


def trimmed(sound: np.ndarray) -> np.ndarray:
    first, last = speech_in(sound)
    return sound[max(0, first - int(BEFORE * RATE)) : last + int(AFTER * RATE)]


def encoded(sound: np.ndarray) -> bytes:
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(KILOBITS)
    encoder.set_in_sample_rate(RATE)
    encoder.set_out_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(2)
    encoder.silence()
    whole = (np.clip(sound, -1, 1) * 32767).round().astype("<i2")
    return bytes(encoder.encode(whole.tobytes()) + encoder.flush())


def _made_even(sound: np.ndarray, aim: float, ceiling: float) -> np.ndarray:
    for _ in range(3):
        sound = _limited(sound * 10 ** ((aim - loudness(sound)) / 20), ceiling)
    return sound


def _faded(sound: np.ndarray) -> np.ndarray:
    ramp = np.linspace(0, 1, int(FADE * RATE))
    faded = sound.astype(np.float64)
    faded[: len(ramp)] *= ramp
    faded[-len(ramp) :] *= ramp[::-1]
    return faded


def _limited(sound: np.ndarray, ceiling: float) -> np.ndarray:
    """Softer for a few thousandths of a second wherever it would go above the ceiling."""
    fine = np.abs(resample_poly(sound, 4, 1)).reshape(-1, 4).max(axis=1)
    around = maximum_filter1d(fine, int(0.01 * RATE))
    gain = np.minimum(1, 10 ** (ceiling / 20) / np.maximum(around, 1e-9))
    return sound * uniform_filter1d(gain, int(0.005 * RATE))
