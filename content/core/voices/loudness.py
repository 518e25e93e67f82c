"""How loud speech is, as ITU-R BS.1770-4 measures it: in LUFS, over the whole of one channel.

The samples go through two filters that hear as a head does (K-weighting), are squared and averaged over blocks of 400
ms that overlap by three quarters, and blocks of silence do not count: those below -70 LUFS, then those more than 10
below the average of the rest. A recording of two channels is mixed into one before, as a player of one channel does.
The constants of the filters are those of the recommendation, given for any rate as in libebur128.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log10, pi, tan

SILENT = -70.0
"""LUFS: nothing is heard."""

BELOW = 10.0
HOPS_A_BLOCK = 4
OFFSET = -0.691


@dataclass(frozen=True, kw_only=True)
class Filter:
    """y = b0 x + b1 x1 + b2 x2 - a1 y1 - a2 y2"""

    b0: float
    b1: float
    b2: float
    a1: float
    a2: float

    def through(self, samples: Iterable[float]) -> list[float]:
        b0, b1, b2, a1, a2 = self.b0, self.b1, self.b2, self.a1, self.a2
        first = second = 0.0
        heard = []
        for sample in samples:
            now = b0 * sample + first
            first = b1 * sample - a1 * now + second
            second = b2 * sample - a2 * now
            heard.append(now)
        return heard


def loudness_of(samples: Sequence[float], rate: int) -> float:
    """`samples` from -1 to 1, `rate` of them a second. What is shorter than a block is one block."""
    heard = high_pass(rate).through(head(rate).through(samples))
    blocks = _blocks(heard, rate // 10)
    audible = [power for power in blocks if _lufs(power) > SILENT]
    if not audible:
        return SILENT
    gate = _lufs(sum(audible) / len(audible)) - BELOW
    loud = [power for power in audible if _lufs(power) > gate]
    return _lufs(sum(loud) / len(loud))


def _blocks(heard: Sequence[float], hop: int) -> list[float]:
    squares = [sum(one * one for one in heard[at : at + hop]) for at in range(0, len(heard) - hop + 1, hop)]
    if len(squares) < HOPS_A_BLOCK:
        return [sum(one * one for one in heard) / len(heard)] if heard else []
    starts = range(len(squares) - HOPS_A_BLOCK + 1)
    return [sum(squares[at : at + HOPS_A_BLOCK]) / (HOPS_A_BLOCK * hop) for at in starts]


def _lufs(power: float) -> float:
    return OFFSET + 10 * log10(power) if power > 0 else float("-inf")


def head(rate: int) -> Filter:
    """What a head does to sound: the high is louder by 4 dB."""
    turn, quality = tan(pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    middle = high**0.4996667741545416
    whole = 1 + turn / quality + turn * turn
    return Filter(
        b0=(high + middle * turn / quality + turn * turn) / whole,
        b1=2 * (turn * turn - high) / whole,
        b2=(high - middle * turn / quality + turn * turn) / whole,
        a1=2 * (turn * turn - 1) / whole,
        a2=(1 - turn / quality + turn * turn) / whole,
    )


def high_pass(rate: int) -> Filter:
    """What is below hearing does not count."""
    turn, quality = tan(pi * 38.13547087602444 / rate), 0.5003270373238773
    whole = 1 + turn / quality + turn * turn
    return Filter(
        b0=1.0, b1=-2.0, b2=1.0, a1=2 * (turn * turn - 1) / whole, a2=(1 - turn / quality + turn * turn) / whole
    )
