"""Readings of made-up people, a week apart, drawn with a fixed seed."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import sqrt
from random import Random

from coaching.core.progress.scales import SCALES, Reading, Scale

PEG = SCALES["peg"]
FIRST = date(2026, 11, 2)


def readings(*totals: int) -> tuple[Reading, ...]:
    return tuple(Reading(on=FIRST + timedelta(days=7 * place), total=total) for place, total in enumerate(totals))


def still_people(
    scale: Scale, count: int, *, rho: float, weeks: int, comes_worst: bool = False, seed: int = 7
) -> Iterator[list[int]]:
    """People whose usual value stays, with the swing of the scale around it. `rho`: likeness of neighbours."""
    chance = Random(seed)  # noqa: S311 - made-up people, no secret
    for _ in range(count):
        usual = chance.uniform(0.3, 0.75) * scale.most
        person = list(_around(usual, scale, rho, weeks, chance))
        if not comes_worst or -scale.gain(usual, person[0]) >= scale.swing:
            yield person


def _around(usual: float, scale: Scale, rho: float, weeks: int, chance: Random) -> Iterator[int]:
    off = chance.gauss(0, scale.swing)
    for _ in range(weeks):
        yield min(scale.most, max(0, round(usual + off)))
        off = rho * off + sqrt(1 - rho**2) * chance.gauss(0, scale.swing)
