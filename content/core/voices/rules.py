"""What a recording has to be, whoever made it: as loud as every other, and done before its step is.

Seconds and LUFS throughout. Loudness is integrated, ITU-R BS.1770-4; -20 LUFS leaves speech its natural peaks and is as
loud as a quiet room needs.
"""

LOUDNESS = -20.0
LOUDNESS_WITHIN = 1.0


def is_too_long(seconds: float, room: float | None) -> bool:
    """`room`: the shortest seconds that a step leaves for it, if any does."""
    return room is not None and seconds > room


def is_even(loudness: float) -> bool:
    return abs(loudness - LOUDNESS) <= LOUDNESS_WITHIN
