"""What a person's own ratings say of each technique: how far it lowers what they feel, and how sure that is.

One go gives two ratings, before and after, each 0 to 10. The estimate is the drop to expect from one go,
in points of 0 to 10; below 0 it made things worse. With few ratings it stays near the evidence, with
many it becomes the person's own mean. Step by step, for somebody who did yoga three times, from 8 to 4,
from 6 to 4 and from 4 to 3, and of whom a drop of 1.2 was expected:

1. Ratings drift back by themselves: who starts at a bad moment is soon nearer their usual, whatever
   they do. So each drop is corrected by 0.3 for each point that "before" lay above the usual: the mean
   of all their "before" ratings, where other people's usual (6) counts as one more.

       usual (6 + 8 + 6 + 4) / 4 = 6
       8 - 4 - 0.3 x (8 - 6) = 3.4        6 - 4 - 0.3 x 0 = 2        4 - 3 - 0.3 x (4 - 6) = 1.6

2. Older goes weigh less: each later go takes 2 % off the weight of those before it.

       weights 0.98 x 0.98 = 0.96, 0.98 and 1; together n = 2.94
       mean (0.96 x 3.4 + 0.98 x 2 + 1 x 1.6) / 2.94 = 2.32

3. Chance: ratings go up and down by about 2.0 (variance 4), which counts like 8 ratings beside the
   person's own scatter around their mean of 2.33 (squares 1.14 + 0.11 + 0.54 = 1.79, freedom 3 - 1 = 2).

       (8 x 4 + 1.79) / (8 + 2) = 3.38, so the mean of 2.94 goes has the variance 3.38 / 2.94 = 1.15

4. True differences: people differ in one technique by about 0.65 (variance 0.42), and over all
   techniques by about 0.8 (variance 0.64). How this person does over all: what each technique is off by,
   weighed by its precision (one over its variance), and pulled to 0.

       yoga is off by 2.32 - 1.2 = 1.12, with the variance 0.42 + 1.15 = 1.57
       (1.12 / 1.57) / (1 / 0.64 + 1 / 1.57) = 0.32, which is added to every expected value

5. What is left is pulled towards that by the precision of each (shrinkage).

       own share 0.42 / 1.57 = 0.27        estimate 1.52 + 0.27 x (2.32 - 1.52) = 1.74
       its standard deviation: root of 0.42 x (1 - 0.27) = 0.56

Expected are the evidence prior of `weigh`, moved by what other people rated when they agreed to pool
(`pooling`); 2.0, 0.65 and 0.8 are `norms`, and pooled numbers take their place too. Whether an offered
go was practised is learned the same way, from 1 and 0.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from coaching.core.learning.norms import Expected, Norms
from coaching.core.learning.shrinkage import Observed, Posterior, posterior

FORGET = 0.02
"""Each later go takes this share off the weight of an earlier one. A starting choice, tried in docs/simulation.md."""

NOISE_COUNTS = 8
"""What is known of other people's noise counts like this many of the person's own ratings."""

LEAST_KEPT, MOST_KEPT = 0.02, 0.99


@dataclass(frozen=True, kw_only=True)
class Session:
    """One technique offered. `before` and `after`, 0 to 10, are None where it was not practised or not rated."""

    technique: str
    practised: bool = True
    before: float | None = None
    after: float | None = None

    @property
    def is_rated(self) -> bool:
        return self.practised and self.before is not None and self.after is not None


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """`mean` drop of one go on 0 to 10, its standard deviation `sd`, and `n` rated goes behind it.

    `prior` is what was expected without own ratings, `rated` the person's own corrected mean, and
    `own_share` its weight in `mean`. `kept` is the chance that an offered go is practised. `learnable`
    is how far one more offer is likely to move `worth` (a standard deviation).
    """

    technique: str
    mean: float
    sd: float
    n: int = 0
    prior: float
    rated: float | None = None
    own_share: float = 0.0
    kept: float
    learnable: float

    @property
    def worth(self) -> float:
        """The drop to expect from offering it once: a technique that is not practised relieves nothing."""
        return self.kept * self.mean


def estimate(expected: Expected, sessions: Sequence[Session]) -> dict[str, Estimate]:
    """An estimate for every technique of which something is expected. `sessions` are in order, oldest first."""
    norms = expected.norms
    rated = [session for session in sessions if session.is_rated]
    techniques, drops = [session.technique for session in rated], corrected_drops(rated, norms)
    observed = discounted(techniques, drops)
    groups = grouped(techniques, drops)
    levels = replace(norms.drop, noise=own_noise(groups, norms.drop.noise))
    relief = posterior(expected.drops, observed, levels, expected.spreads)
    kept = _kept(expected, sessions)
    return {
        slug: Estimate(
            technique=slug,
            mean=relief[slug].mean,
            sd=relief[slug].sd,
            n=len(groups.get(slug, ())),
            prior=prior,
            rated=observed[slug].mean if slug in observed else None,
            own_share=relief[slug].own_share,
            kept=_chance(kept[slug].mean),
            learnable=_learnable(relief[slug], levels.noise, kept[slug], norms.kept.noise),
        )
        for slug, prior in expected.drops.items()
    }


def corrected_drops(rated: Sequence[Session], norms: Norms) -> list[float]:
    """Drop of each rated go, less what would have drifted back by itself (step 1)."""
    starts = [session.before or 0.0 for session in rated]
    usual = (norms.usual + sum(starts)) / (1 + len(starts))
    return [
        before - (session.after or 0.0) - norms.drift_back * (before - usual)
        for before, session in zip(starts, rated, strict=True)
    ]


def discounted(techniques: Sequence[str], values: Sequence[float]) -> dict[str, Observed]:
    """The mean of each technique's values, older ones weighing less (step 2)."""
    totals: dict[str, tuple[float, float]] = {}
    weight = 1.0
    for slug, value in zip(reversed(techniques), reversed(values), strict=True):
        n, total = totals.get(slug, (0.0, 0.0))
        totals[slug] = (n + weight, total + weight * value)
        weight *= 1 - FORGET
    return {slug: Observed(mean=total / n, n=n) for slug, (n, total) in totals.items()}


def own_noise(groups: Mapping[str, Sequence[float]], usual: float) -> float:
    """The person's own noise: the pooled standard deviation within their techniques, with other people's counted in."""
    squares, freedom = within(groups)
    return sqrt((NOISE_COUNTS * usual**2 + squares) / (NOISE_COUNTS + freedom))


def within(groups: Mapping[str, Sequence[float]]) -> tuple[float, int]:
    """Sum of squares around each technique's own mean, and its degrees of freedom."""
    squares = sum(value**2 for group in groups.values() for value in group)
    squares -= sum(sum(group) ** 2 / len(group) for group in groups.values())
    return max(squares, 0.0), sum(len(group) - 1 for group in groups.values())


def grouped(techniques: Sequence[str], values: Sequence[float]) -> dict[str, list[float]]:
    groups: dict[str, list[float]] = {}
    for slug, value in zip(techniques, values, strict=True):
        groups.setdefault(slug, []).append(value)
    return groups


def _kept(expected: Expected, sessions: Sequence[Session]) -> dict[str, Posterior]:
    """The chance of practising each technique once offered, learned like a drop, from 1 and 0."""
    observed = discounted([each.technique for each in sessions], [float(each.practised) for each in sessions])
    return posterior(expected.kept, observed, expected.norms.kept)


def _chance(mean: float) -> float:
    return min(max(mean, LEAST_KEPT), MOST_KEPT)


def _learnable(relief: Posterior, noise: float, kept: Posterior, kept_noise: float) -> float:
    """The standard deviation of the change that one more offer makes to kept x mean."""
    chance = _chance(kept.mean)
    from_rating = chance**2 * _moved(relief.sd**2, noise**2 / chance)
    from_keeping = max(relief.mean, 0.0) ** 2 * _moved(kept.sd**2, kept_noise**2)
    return sqrt(from_rating + from_keeping)


def _moved(variance: float, noise: float) -> float:
    """The variance of a posterior mean after one more observation with this noise variance."""
    return variance**2 / (variance + noise) if variance > 0 else 0.0
