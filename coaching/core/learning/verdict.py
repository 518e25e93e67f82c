"""What may be said to a person of what a technique does for them: from enough of their own goes, and from them alone.

Studies and other people set what is tried (`personalise`); they have no part here. Before any go nothing is expected,
neither help nor harm, and techniques differ by about 0.8 points of 0 to 10. Example: 8 goes with a mean drop
of 2.2 and a noise of 2.0.

    own share 0.64 / (0.64 + 4 / 8) = 0.56        mean 0.56 x 2.2 = 1.24, spread root of 0.64 x (1 - 0.56) = 0.53
    chance that a go truly takes anything off: 1.24 / 0.53 = 2.33 standard deviations, so 0.99

The bounds are our choice. They were set with made-up people (`tests/coaching/test_words_of_own_goes.py`): where nothing
helps, "likely helps" is said to fewer than 5 of 100, at whatever go one asks; where a go truly takes 2 points
off, it is said to more than 80 of 100 after 15 goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import erf, sqrt

from content.core.signals import FEWEST_TO_JUDGE

WORTH_A_WORD = 0.5
"""Points of 0 to 10 from which a drop is called a help: half a tap."""

TRUE_SPREAD = 0.8
"""How far techniques differ in what they truly do, in points of 0 to 10."""

LIKELY, UNLIKELY = 0.99, 0.6
"""The chance of a help from which it is called likely, and up to which it is called none so far."""

FEWEST_WORSE = 3
"""So many goes, each of them worse after than before, are told at once: nobody goes on for a fair trial of that."""


class Verdict(StrEnum):
    UNRATED = "unrated"
    EARLY = "early"
    WORSE = "worse"
    HELPS = "helps"
    NOT_SO_FAR = "not_so_far"
    UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True)
class Judged:
    """`mean` of the own goes, below 0 where it was worse after. `chance`: that a go truly takes anything off."""

    verdict: Verdict
    goes: int
    worse: int
    better: int
    of_about: int
    mean: float
    chance: float


def judge(gains: Sequence[float], corrected: Sequence[float], *, fair_trial: int, noise: float) -> Judged:
    """`gains` are the points for the better as told, go by go; `corrected` the same less what drifts back by itself."""
    goes, worse = len(gains), sum(gain < 0 for gain in gains)
    of_about = max(fair_trial, FEWEST_TO_JUDGE)
    mean = sum(gains) / goes if goes else 0.0
    chance = chance_of_help(corrected, noise)
    better = sum(gain > 0 for gain in gains)
    least = min(mean, _mean(corrected))
    if goes >= of_about and least >= WORTH_A_WORD and chance >= LIKELY and 2 * better > goes:
        verdict = Verdict.HELPS
    else:
        verdict = _otherwise(goes, worse, of_about, least, chance)
    return Judged(verdict=verdict, goes=goes, worse=worse, better=better, of_about=of_about, mean=mean, chance=chance)


def chance_of_help(corrected: Sequence[float], noise: float) -> float:
    """The chance that one go truly takes anything off, from these goes alone."""
    share = TRUE_SPREAD**2 / (TRUE_SPREAD**2 + noise**2 / len(corrected)) if corrected else 0.0
    spread = TRUE_SPREAD * sqrt(1 - share)
    return 0.5 * (1 + erf(share * _mean(corrected) / (max(spread, 1e-6) * sqrt(2))))


def _otherwise(goes: int, worse: int, of_about: int, mean: float, chance: float) -> Verdict:
    if not goes:
        return Verdict.UNRATED
    if goes >= FEWEST_WORSE and worse == goes:
        return Verdict.WORSE
    if goes < of_about:
        return Verdict.EARLY
    if mean <= -WORTH_A_WORD and worse * 2 > goes:
        return Verdict.WORSE
    return Verdict.NOT_SO_FAR if mean <= 0 or chance <= UNLIKELY else Verdict.UNCLEAR


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0
