"""The two-level normal model: what few observations of one person say, pulled towards what is expected.

    observation = expected + what is this person's own     (standard deviation `person`)
                           + what is this technique's own   (standard deviation `technique`)
                           + the chance of one go           (standard deviation `noise`)

It is empirical Bayes shrinkage, the same arithmetic as in a random-effects meta-analysis: each mean is
weighed by its precision (one over its variance). `personalise` shows it step by step with numbers.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log, sqrt


@dataclass(frozen=True, kw_only=True)
class Levels:
    """Standard deviations, in the unit of the observation; `noise` is that of a single one."""

    person: float
    technique: float
    noise: float


@dataclass(frozen=True, kw_only=True)
class Observed:
    """`mean` of several observations; `n` is their number, less where older ones count less."""

    mean: float
    n: float


@dataclass(frozen=True, kw_only=True)
class Posterior:
    """`own_share` is the weight of the person's own observations in `mean`, 0 to 1."""

    mean: float
    sd: float
    own_share: float


def posterior(
    expected: Mapping[str, float],
    observed: Mapping[str, Observed],
    levels: Levels,
    spreads: Mapping[str, float] | None = None,
) -> dict[str, Posterior]:
    """One value for each technique in `expected`. `spreads` replaces `levels.technique` where it is better known."""
    spreads = spreads or {}
    variances = {slug: spreads.get(slug, levels.technique) ** 2 for slug in expected}
    shift = person_shift(
        (
            (seen.mean - expected[slug], variances[slug] + levels.noise**2 / seen.n)
            for slug, seen in observed.items()
            if slug in expected
        ),
        levels.person,
    )
    return {
        slug: _pulled(value + shift, variances[slug], observed.get(slug), levels.noise)
        for slug, value in expected.items()
    }


def person_shift(residuals: Iterable[tuple[float, float]], spread: float) -> float:
    """How far the person lies from what is expected over all techniques.

    `residuals` are pairs of (mean - expected, its variance): their precision-weighted average, pulled
    towards 0 by the precision of the spread between people.
    """
    if spread <= 0:
        return 0.0
    pull, total = 1 / spread**2, 0.0
    for residual, variance in residuals:
        pull += 1 / variance
        total += residual / variance
    return total / pull


def log_likelihood(people: Iterable[Iterable[tuple[float, float]]], person: float, technique: float) -> float:
    """How well two spreads fit; for each person pairs of (mean - expected, noise variance of that mean)."""
    total = 0.0
    for pairs in people:
        precision = weighted = 0.0
        for residual, noise in pairs:
            variance = technique**2 + noise
            precision += 1 / variance
            weighted += residual / variance
            total -= log(variance) + residual**2 / variance
        inflation = 1 + person**2 * precision
        total -= log(inflation) - person**2 * weighted**2 / inflation
    return total / 2


def _pulled(expected: float, variance: float, seen: Observed | None, noise: float) -> Posterior:
    if seen is None or seen.n <= 0 or variance <= 0:
        return Posterior(mean=expected, sd=sqrt(variance), own_share=0.0)
    share = variance / (variance + noise**2 / seen.n)
    mean = expected + share * (seen.mean - expected)
    return Posterior(mean=mean, sd=sqrt(variance * (1 - share)), own_share=share)
