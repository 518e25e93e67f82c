"""What people who agreed to pool teach about the next: means and spread per technique and need.

`summarise` takes their records and returns a `Pool` of cells, none of fewer than 20 people. Only the pool
is kept and passed on: `personalise.estimate` reads it in place of the starting choices in `norms`.
With a spread near 0 between people, ratings move little and nothing is tried out; with a wide one,
it pays to look (`policy`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt

from coaching.core.learning.hierarchy import EVERYBODY, Fit, Key, Pair, fit
from coaching.core.learning.norms import LEAST_PEOPLE, NO_POOL, Norms, Pool, PoolCell
from coaching.core.learning.personalise import Session, corrected_drops, grouped, within
from content.core.vocabulary import Need

STARTING_COUNTS = 20
"""A starting choice counts like this many observations beside the pooled ones."""

SPREAD_COUNTS = 100
"""The spread of one cell is pulled to that of all techniques, which counts like this many people."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One person's part: needs, evidence priors (drop on 0 to 10), and sessions in order."""

    needs: frozenset[Need]
    priors: Mapping[str, float]
    sessions: tuple[Session, ...]

    @property
    def rated(self) -> list[Session]:
        return [session for session in self.sessions if session.is_rated]

    def drops(self, norms: Norms) -> dict[str, list[float]]:
        """The corrected drops of each technique."""
        return grouped([session.technique for session in self.rated], corrected_drops(self.rated, norms))


def summarise(records: Sequence[Record]) -> Pool:
    """The pool of these people; NO_POOL while fewer than 20 of them have rated anything."""
    records = [record for record in records if record.rated]
    if len(records) < LEAST_PEOPLE:
        return NO_POOL
    norms = _in_general(records)
    drops = list(_drop_pairs(records, norms))
    relief = fit(drops, norms.drop, LEAST_PEOPLE)
    keeping = fit(list(_offer_pairs(records, norms)), norms.kept, LEAST_PEOPLE)
    return Pool(
        norms=replace(norms, drop=relief.levels, kept=keeping.levels),
        cells=tuple(_cells(drops, relief, _shares_kept(keeping, norms))),
    )


def _in_general(records: Sequence[Record]) -> Norms:
    """What needs no model: usual rating, drift back, noise, share practised, sessions a person."""
    start = Norms()
    starts = [session.before or 0.0 for record in records for session in record.rated]
    offered = [session.practised for record in records for session in record.sessions]
    kept = sum(offered) / len(offered)
    norms = replace(
        start,
        people=len(records),
        sessions=len(offered) / len(records),
        usual=sum(starts) / len(starts),
        drift_back=_drift_back(records, start.drift_back),
        kept_mean=kept,
        kept=replace(start.kept, noise=sqrt(max(kept * (1 - kept), 0.01))),
    )
    return replace(norms, drop=replace(start.drop, noise=_noise(records, norms)))


def _drift_back(records: Sequence[Record], start: float) -> float:
    """The slope of the drop on "before" within each person and technique (least squares), from 0 to 1."""
    above, together = float(STARTING_COUNTS), STARTING_COUNTS * start
    for record in records:
        techniques = [session.technique for session in record.rated]
        befores = grouped(techniques, [session.before or 0.0 for session in record.rated])
        afters = grouped(techniques, [session.after or 0.0 for session in record.rated])
        for slug, starts in befores.items():
            middle = sum(starts) / len(starts)
            above += sum((before - middle) ** 2 for before in starts)
            together += sum(
                (before - middle) * (before - after) for before, after in zip(starts, afters[slug], strict=True)
            )
    return min(max(together / above, 0.0), 1.0)


def _noise(records: Sequence[Record], norms: Norms) -> float:
    """The pooled standard deviation within person and technique."""
    squares, freedom = STARTING_COUNTS * norms.drop.noise**2, float(STARTING_COUNTS)
    for record in records:
        more, degrees = within(record.drops(norms))
        squares, freedom = squares + more, freedom + degrees
    return sqrt(squares / freedom)


def _drop_pairs(records: Sequence[Record], norms: Norms) -> Iterator[Pair]:
    """One noise for all: each person's own, known from few goes, would make spread out of its own error."""
    for person, record in enumerate(records):
        for slug, values in record.drops(norms).items():
            if slug in record.priors:
                yield _pair(person, _keys(slug, record.needs), values, record.priors[slug], norms.drop.noise)


def _offer_pairs(records: Sequence[Record], norms: Norms) -> Iterator[Pair]:
    for person, record in enumerate(records):
        techniques = [session.technique for session in record.sessions]
        offers = grouped(techniques, [float(session.practised) for session in record.sessions])
        for slug, values in offers.items():
            yield _pair(person, (EVERYBODY, (slug, "")), values, norms.kept_mean, norms.kept.noise)


def _pair(person: int, keys: tuple[Key, ...], values: Sequence[float], expected: float, noise: float) -> Pair:
    mean = sum(values) / len(values)
    return Pair(person=person, keys=keys, mean=mean, residual=mean - expected, variance=noise**2 / len(values))


def _keys(technique: str, needs: frozenset[Need]) -> tuple[Key, ...]:
    names = ("", *sorted(needs))
    return tuple((slug, need) for slug in ("", technique) for need in names)


def _shares_kept(keeping: Fit, norms: Norms) -> dict[Key, float]:
    """The share of offers practised, of each technique and of all."""
    everywhere = norms.kept_mean + keeping.shifts.get(EVERYBODY, 0.0)
    shares = {key: everywhere + shift for key, shift in keeping.shifts.items()}
    return shares | {EVERYBODY: everywhere}


def _cells(drops: Sequence[Pair], relief: Fit, kept: Mapping[Key, float]) -> Iterator[PoolCell]:
    """One for each shift: `hierarchy.fit` has left out those of too few people."""
    common = relief.levels.technique**2
    for key, shift in relief.shifts.items():
        members = [(pair, left) for pair, left in zip(drops, relief.left, strict=True) if key in pair.keys]
        weights = [1 / (common + pair.variance) for pair, _ in members]
        squares = sum(_true_square(common, pair.variance, left) for pair, left in members)
        yield PoolCell(
            technique=key[0],
            need=key[1],
            n=len({pair.person for pair, _ in members}),
            mean=sum(weight * pair.mean for weight, (pair, _) in zip(weights, members, strict=True)) / sum(weights),
            spread=sqrt((squares + SPREAD_COUNTS * common) / (len(members) + SPREAD_COUNTS)),
            shift=shift,
            kept=kept.get(key),
        )


def _true_square(common: float, noise: float, left: float) -> float:
    """The expected square of a person's true deviation in one technique, given what is left of the observed one."""
    share = common / (common + noise)
    return (share * left) ** 2 + common * (1 - share)
