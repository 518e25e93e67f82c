"""Which one technique to offer next: what helps most, or what is worth trying once.

    promise = worth + patience x learnable

`worth` is the drop to expect from one offer. `learnable` is how far one more rating is likely to move
it. `patience` says how many such standard deviations of hope the sessions ahead can pay for: trying
something that looks z standard deviations worse costs z once, and gains the chance that it turns out
better, E[max(0, N(-z, 1))], in each of the other h - 1 sessions. It pays up to the z where both are equal:

    (h - 1) x (density(z) - z x tail(z)) = z        h = 30: z = 1.31 ... h = 2: z = 0.28; h = 1: z = 0

This one-step form of the Gittins index explores only as far as it pays: nothing when people hardly differ
(nothing to learn), little when few sessions are left or ratings are noisy. Ties go to what expects more,
then to the order of the evidence.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import erfc, exp, pi, sqrt

from coaching.core.learning.norms import Norms
from coaching.core.learning.personalise import Estimate
from coaching.core.recommend.weigh import RANK_LOW, Weighed

STAY = 1.5
"""People go on after the sessions that were seen: this many times as many are planned for."""

LEAST_AHEAD = 3.0
"""Nobody is planned for as if this were their last session."""


def offer(weighed: Sequence[Weighed], estimates: Mapping[str, Estimate], ahead: float) -> str:
    """The technique to offer with so many sessions ahead; "" when nothing may be offered.

    `weighed` are the recommender's candidates for this person, the best by the evidence first.
    """
    known = [one for one in weighed if one.slug in estimates]
    best = max(known, key=lambda one: _lowered(one, promise(estimates[one.slug], ahead)), default=None)
    return best.slug if best else ""


def promise(estimate: Estimate, ahead: float) -> float:
    """What one more offer is worth, with what it may teach; points of 0 to 10."""
    return estimate.worth + patience(ahead) * estimate.learnable


def _lowered(one: Weighed, promised: float) -> float:
    """A caution that asks for the last place lowers what experience says as it lowers what the evidence says."""
    return promised * RANK_LOW if one.expected < one.prior and promised > 0 else promised


def sessions_ahead(done: int, norms: Norms) -> float:
    return max(STAY * norms.sessions - done, LEAST_AHEAD)


@cache
def patience(ahead: float) -> float:
    """How many standard deviations worse a technique may look and still be worth one try; 0 with one session left."""
    low, high = 0.0, 5.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if (ahead - 1) * _hoped(middle) > middle else (low, middle)
    return low


def _hoped(z: float) -> float:
    """E[max(0, N(-z, 1))]."""
    return exp(-z * z / 2) / sqrt(2 * pi) - z * erfc(z / sqrt(2)) / 2
