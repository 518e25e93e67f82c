"""How high a sound goes between its samples too, as ITU-R BS.1770-4 (Annex 2) measures it: the true peak, in dBTP.

A player draws a curve through the samples, and the curve may go higher than any of them: what looks whole is then cut
off where it is heard. So it is looked at four times as closely, with the filter of the recommendation (48 taps, in four
phases), which is the same for any rate.

The filter is written out here, because what knows it is heavy or hard to have: numpy, scipy and soxr would come to each
web machine for a file that staff bring once in a while, and pyebur128 has no wheel for Python 3.13 and later.
"""

from collections.abc import Iterator, Sequence
from math import log10
from operator import mul

HALF = (
    (
        *(0.001708984375, 0.010986328125, -0.0196533203125, 0.033203125, -0.0594482421875, 0.1373291015625),
        *(0.97216796875, -0.102294921875, 0.047607421875, -0.026611328125, 0.014892578125, -0.00830078125),
    ),
    (
        *(-0.0291748046875, 0.029296875, -0.0517578125, 0.089111328125, -0.16650390625, 0.465087890625),
        *(0.77978515625, -0.2003173828125, 0.1015625, -0.0582275390625, 0.0330810546875, -0.0189208984375),
    ),
)
PHASES = (*HALF, *(tuple(reversed(taps)) for taps in reversed(HALF)))
TAPS = len(PHASES[0])
REACH = max(sum(map(abs, taps)) for taps in PHASES)
"""No window rises above its highest sample by more than this factor."""


def true_peak_of(samples: Sequence[float]) -> float:
    """`samples` of one channel, from -1 to 1, at any rate up to 48,000 a second; minus infinity where all are 0."""
    highest = max(max(samples, default=0.0), -min(samples, default=0.0))
    for window in _windows_above(samples, highest / REACH):
        highest = max(highest, *(abs(sum(map(mul, taps, window))) for taps in PHASES))
    return 20 * log10(highest) if highest > 0 else float("-inf")


def _windows_above(samples: Sequence[float], level: float) -> Iterator[Sequence[float]]:
    """Those that could rise above the highest sample: all with one in them that is not softer than `level`.

    In speech they are few, and the others cannot change the answer.
    """
    padded = [*([0.0] * (TAPS - 1)), *samples, *([0.0] * (TAPS - 1))]
    until = 0
    for at, sample in enumerate(padded):
        if abs(sample) >= level > 0:
            until = at + TAPS
        if at < until:
            yield padded[at - TAPS + 1 : at + 1]
