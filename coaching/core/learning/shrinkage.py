"""The two-level normal model: what few observations of one person say, pulled towards what is expected.

    observation = expected + what is this person's own     (standard deviation `person`)
                           + what is this technique's own   (standard deviation `technique`)
                           + the chance of one go           (standard deviation `noise`)

It is empirical Bayes shrinkage, the same arithmetic as in a random-effects meta-analysis: each mean is
weighed by its precision (one over its variance). `personalise` shows it step by step with numbers.

How far the expected values hold for one person is not known. So several spreads between techniques are
believed in at once, each a `Belief`: one says that they hold nearly, another that this person is quite
different. Each gives a posterior, and they are averaged by how likely each makes the person's own
observations (Bayesian model averaging; Hoeting and others, 1999).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, sqrt


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


@dataclass(frozen=True, kw_only=True)
class Belief:
    """`share`: how far it is believed before anything was seen. `factor` multiplies the spread between techniques."""

    share: float
    factor: float


PLAIN = (Belief(share=1.0, factor=1.0),)


def posterior(
    expected: Mapping[str, float],
    observed: Mapping[str, Observed],
    levels: Levels,
    spreads: Mapping[str, float] | None = None,
    beliefs: Sequence[Belief] = PLAIN,
) -> dict[str, Posterior]:
    """One value for each technique in `expected`. `spreads` replaces `levels.technique` where it is better known."""
    spreads = spreads or {}
    seen = {slug: one for slug, one in observed.items() if slug in expected and one.n > 0}
    widths = {slug: spreads.get(slug, levels.technique) for slug in expected}
    posteriors, likely = [], []
    for belief in beliefs:
        variances = {slug: (belief.factor * width) ** 2 for slug, width in widths.items()}
        pairs = [(one.mean - expected[slug], variances[slug] + levels.noise**2 / one.n) for slug, one in seen.items()]
        shift = person_shift(pairs, levels.person)
        likely.append(log(belief.share) + likelihood_of_one(pairs, levels.person))
        posteriors.append(
            {
                slug: _pulled(value + shift, variances[slug], seen.get(slug), levels.noise)
                for slug, value in expected.items()
            }
        )
    shares = shares_of(likely)
    return {slug: _averaged([each[slug] for each in posteriors], shares) for slug in expected}


def shares_of(likely: Sequence[float]) -> list[float]:
    """Shares that add up to 1, from logarithms of how likely each is."""
    most = max(likely)
    weights = [exp(one - most) for one in likely]
    return [weight / sum(weights) for weight in weights]


def _averaged(posteriors: Sequence[Posterior], shares: Sequence[float]) -> Posterior:
    """One mean and standard deviation for several; that they disagree is a part of what is not known."""
    pairs = list(zip(posteriors, shares, strict=True))
    mean = sum(share * one.mean for one, share in pairs)
    variance = sum(share * (one.sd**2 + (one.mean - mean) ** 2) for one, share in pairs)
    return Posterior(mean=mean, sd=sqrt(variance), own_share=sum(share * one.own_share for one, share in pairs))


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
    return sum(
        likelihood_of_one(((residual, technique**2 + noise) for residual, noise in pairs), person) for pairs in people
    )


def likelihood_of_one(pairs: Iterable[tuple[float, float]], person: float) -> float:
    """Of one person; pairs of (mean - expected, its whole variance)."""
    total = precision = weighted = 0.0
    for residual, variance in pairs:
        precision += 1 / variance
        weighted += residual / variance
        total -= log(variance) + residual**2 / variance
    inflation = 1 + person**2 * precision
    return (total - log(inflation) + person**2 * weighted**2 / inflation) / 2


def _pulled(expected: float, variance: float, seen: Observed | None, noise: float) -> Posterior:
    if seen is None or seen.n <= 0 or variance <= 0:
        return Posterior(mean=expected, sd=sqrt(variance), own_share=0.0)
    share = variance / (variance + noise**2 / seen.n)
    mean = expected + share * (seen.mean - expected)
    return Posterior(mean=mean, sd=sqrt(variance * (1 - share)), own_share=share)
