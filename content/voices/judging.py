"""Judges a recording that staff bring: an MP3 of one line, as long and as loud as it may be.

The decoder is loaded with the first file that is brought, so that a site where nobody does needs no memory for it.
What the file says beside its sound (a name, a place, a picture) is taken out.
"""

from importlib import import_module
from typing import Any

from content.core.voices.loudness import loudness_of
from content.core.voices.rules import LONGEST, Measured, ends_of, faults_of
from content.core.voices.true_peak import true_peak_of

BYTES_AT_MOST = 1024 * 1024
RATE = 24_000
"""At which it is measured, that of the recordings that ship with the library. The peak is that of the file itself."""

TAG, TAG_HEAD = b"ID3", 10
OLD_TAG, OLD_TAG_SIZE = b"TAG", 128
SYNC, SYNC_BITS = 0xFF, 0xE0
NO_MP3 = "This is no MP3 that can be read. Save the recording as MP3, with one or two channels."


class SoundError(ValueError):
    """Why a file is not taken, in sentences."""


def sound_of(upload: bytes, room: int | None) -> tuple[bytes, Measured]:
    """The bytes to keep, and what was measured. Raises SoundError with all that is wrong."""
    if len(upload) > BYTES_AT_MOST:
        raise SoundError(f"This file has {len(upload) / BYTES_AT_MOST:.1f} MB; a recording may have 1 MB at most.")
    sound = without_tags(upload)
    measured = _measured(sound)
    faults = list(faults_of(measured, room))
    if faults:
        raise SoundError(" ".join(faults))
    return sound, measured


def without_tags(upload: bytes) -> bytes:
    """From the first frame of sound to the last."""
    while upload[:3] == TAG and len(upload) > TAG_HEAD:
        size = 0
        for byte in upload[6:10]:
            size = (size << 7) | (byte & 0x7F)
        upload = upload[TAG_HEAD + size :]
    return upload[:-OLD_TAG_SIZE] if upload[-OLD_TAG_SIZE:][:3] == OLD_TAG else upload


def _measured(sound: bytes) -> Measured:
    if len(sound) < 2 or sound[0] != SYNC or sound[1] & SYNC_BITS != SYNC_BITS:
        raise SoundError(NO_MP3)
    decoder: Any = import_module("miniaudio")
    try:
        told = decoder.mp3_get_info(sound)
        if told.duration > 2 * LONGEST:
            raise SoundError(f"It takes {told.duration:.0f} seconds; a line takes {LONGEST:.0f} at most.")
        samples = decoder.decode(sound, decoder.SampleFormat.FLOAT32, nchannels=1, sample_rate=RATE).samples
        brought = decoder.mp3_read_f32(sound)
    except decoder.MiniaudioError as error:
        raise SoundError(NO_MP3) from error
    if not samples:
        raise SoundError(NO_MP3)
    before, after = ends_of(samples, RATE)
    return Measured(
        seconds=len(samples) / RATE,
        loudness=loudness_of(samples, RATE),
        peak=max(true_peak_of(brought.samples[place :: brought.nchannels]) for place in range(brought.nchannels)),
        before=before,
        after=after,
    )
