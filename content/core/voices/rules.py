"""What a recording has to be, whoever made it: as loud as every other, clean at both ends, and done before its step is.

Seconds, LUFS and dBTP throughout. Loudness is integrated (`loudness.py`); -20 LUFS leaves speech its natural peaks and
is as loud as a quiet room needs. The pauses between lines belong to the timeline: a file holds none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LOUDNESS = -20.0
LOUDNESS_WITHIN = 1.0
HIGHEST_PEAK = -1.0
"""True peak. Above it a recording is most likely cut off at its loudest, in the making or where it is heard."""

LONGEST_SILENCE = 0.5
"""At either end."""

HEARD = 0.003
"""Of full scale, -50 dBFS: below it is silence."""

SHORTEST = 0.2
LONGEST = 30.0
"""Of one line; the longest sentence of the library takes half as long."""


@dataclass(frozen=True, kw_only=True)
class Measured:
    """`peak` is the true peak (`true_peak.py`); `before` and `after`: for how long nothing is heard at either end."""

    seconds: float
    loudness: float
    peak: float
    before: float
    after: float


def ends_of(samples: Sequence[float], rate: int) -> tuple[float, float]:
    """Seconds of silence before the first sound, and after the last."""
    size = len(samples)
    first = next((at for at in range(size) if abs(samples[at]) >= HEARD), size)
    last = next((at for at in range(size - 1, -1, -1) if abs(samples[at]) >= HEARD), size - 1)
    return first / rate, (size - 1 - last) / rate


def faults_of(measured: Measured, room: int | None) -> Iterator[str]:
    """What is wrong with it, each in one sentence. `room`: the shortest seconds of a step that says it, if any."""
    if not SHORTEST <= measured.seconds <= LONGEST:
        yield f"It takes {measured.seconds:.1f} seconds; a line takes {SHORTEST} to {LONGEST:.0f}."
    if is_too_long(measured.seconds, room):
        yield f"It takes {measured.seconds:.1f} seconds, and the shortest step that says it has {room}."
    if not is_even(measured.loudness):
        within = f"{LOUDNESS:.0f}, at most {LOUDNESS_WITHIN:.0f} more or less"
        yield f"Its loudness is {measured.loudness:.1f} LUFS; it must be {within}."
    if measured.peak > HIGHEST_PEAK:
        yield f"Its true peak is {measured.peak:.1f} dBTP, so it may be cut off; {HIGHEST_PEAK:.0f} is the most."
    for seconds, ends in ((measured.before, "begins"), (measured.after, "ends")):
        if seconds > LONGEST_SILENCE:
            yield f"It {ends} with {seconds:.1f} seconds of silence; {LONGEST_SILENCE} is the most."


def is_too_long(seconds: float, room: float | None) -> bool:
    """`room`: the shortest seconds that a step leaves for it, if any does."""
    return room is not None and seconds > room


def is_even(loudness: float) -> bool:
    return abs(loudness - LOUDNESS) <= LOUDNESS_WITHIN
