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

   Techniques are judged by different things (`Signal`), each on a scale with a usual, a drift and a noise
   of its own. A point counts by how far it stands out of that noise: beside tension, which goes up and down
   by 2.0, a point of confidence (1.5) counts as 2.0 / 1.5 = 1.33. What is asked the next morning counts
   from that morning on.

2. Older goes weigh less: each later go takes 0.2 % off the weight of those before it.

       weights 0.998 x 0.998 = 0.996, 0.998 and 1; together n = 2.99
       mean (0.996 x 3.4 + 0.998 x 2 + 1 x 1.6) / 2.99 = 2.33

3. Chance: ratings go up and down by about 2.0 (variance 4), which counts like 16 ratings beside the
   person's own scatter around their mean of 2.33 (squares 1.14 + 0.11 + 0.54 = 1.79, freedom 3 - 1 = 2).

       (16 x 4 + 1.79) / (16 + 2) = 3.65, so the mean of 2.99 goes has the variance 3.65 / 2.99 = 1.22

4. True differences: techniques differ from what is expected by about 0.6. Two things are believed at once:
   that what is expected holds for this person (a twentieth of that: 0.03, variance 0.0009), or that they
   are quite different (one and a quarter times: 0.75, variance 0.56). Over all techniques people differ
   by 0.1 (variance 0.01). How this person does over all: what each technique is off by, weighed by its
   precision (one over its variance), and pulled to 0.

       yoga is off by 2.33 - 1.2 = 1.13, with the variance 0.0009 + 1.22 = 1.22 or 0.56 + 1.22 = 1.78
       (1.13 / 1.22) / (1 / 0.01 + 1 / 1.22) = 0.009, or 0.006: added to every expected value

5. What is left is pulled towards that by the precision of each (shrinkage).

       own share 0.0009 / 1.22 = 0.0007     1.21 + 0.0007 x (2.33 - 1.21) = 1.21
       or        0.56 / 1.78 = 0.32         1.21 + 0.32 x (2.33 - 1.21) = 1.56

6. The two are averaged by how likely each makes these goes, beginning at 2 and 1 of 3.

       2/3 x 0.54 and 1/3 x 0.52, as shares 0.67 and 0.33        estimate 0.67 x 1.21 + 0.33 x 1.56 = 1.33
       its standard deviation: root of 0.67 x (0.0009 + 0.12 squared) + 0.33 x (0.39 + 0.24 squared) = 0.39

Expected are the evidence prior of `weigh`, moved by what other people rated when they agreed to pool
(`pooling`); 2.0, 0.6, 0.1 and the two beliefs are `norms`, and pooled numbers take the place of all but the
beliefs. Whether an offered go was practised is learned the same way, from 1 and 0, with one belief.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from coaching.core.learning.norms import Expected, Norms, Scale
from coaching.core.learning.shrinkage import Observed, Posterior, posterior
from content.core.signals import Signal

FORGET = 0.002
"""Each later go takes this share off the weight of an earlier one. A starting choice, tried in docs/simulation.md."""

NOISE_COUNTS = 16
"""What is known of other people's noise counts like this many of the person's own ratings."""

LEAST_KEPT, MOST_KEPT = 0.02, 0.99


@dataclass(frozen=True, kw_only=True)
class Session:
    """One technique offered. `before` and `after`, 0 to 10, are None where it was not practised or not rated."""

    technique: str
    practised: bool = True
    before: float | None = None
    after: float | None = None
    signal: Signal = Signal.TENSION
    """What was rated. Less is better on every scale: doubt stands for confidence, and a bad night for sleep."""

    @property
    def is_rated(self) -> bool:
        return self.practised and self.before is not None and self.after is not None


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """`mean` drop of one go on 0 to 10, its standard deviation `sd`, and `n` rated goes behind it.

    `prior` is what was expected without own ratings, `rated` the person's own corrected mean, and
    `own_share` its weight in `mean`. `kept` is the chance that an offered go is practised. `learnable`
    is how far one more offer is likely to move `worth` (a standard deviation), as far as the norms are trusted.
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
    relief = posterior(expected.drops, observed, levels, expected.spreads, norms.beliefs)
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
            learnable=norms.trusted * _learnable(relief[slug], levels.noise, kept[slug], norms.kept.noise),
        )
        for slug, prior in expected.drops.items()
    }


def corrected_drops(rated: Sequence[Session], norms: Norms) -> list[float]:
    """Drop of each rated go, less what would have drifted back by itself (step 1), in points of tension."""
    scales = {signal: norms.scale(signal) for signal in {session.signal for session in rated}}
    usual = {signal: own_usual(rated, signal, scale) for signal, scale in scales.items()}
    return [_corrected(session, scales[session.signal], usual[session.signal], norms) for session in rated]


def own_usual(rated: Sequence[Session], signal: Signal, scale: Scale) -> float:
    """The mean of "before" on one scale; other people's usual counts as one more."""
    starts = [session.before or 0.0 for session in rated if session.signal is signal]
    return (scale.usual + sum(starts)) / (1 + len(starts))


def _corrected(session: Session, scale: Scale, usual: float, norms: Norms) -> float:
    """A point counts by how far it stands out of the noise of its own scale (step 1, last line)."""
    before, after = session.before or 0.0, session.after or 0.0
    return (before - after - scale.drift_back * (before - usual)) * norms.drop.noise / scale.noise


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
