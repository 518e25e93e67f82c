"""What people who agreed to pool teach about the next: means and spread per technique and need.

`summarise` takes their records and returns a `Pool` of cells, none of fewer than 20 people. Only the pool
is kept and passed on: `personalise.estimate` reads it in place of the starting choices in `norms`.
With a spread near 0 between people, ratings move little and nothing is tried out; with a wide one,
it pays to look (`policy`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import sqrt

from coaching.core.learning.hierarchy import EVERYBODY, Fit, InSteps, Key, Pair, at_once, fit, fit_beliefs
from coaching.core.learning.norms import (
    DROP,
    LEAST_PEOPLE,
    NO_POOL,
    POOLED_BELIEFS,
    Norms,
    Pool,
    PoolCell,
    Scale,
    kind_of,
)
from coaching.core.learning.personalise import Session, corrected_drops, grouped, within
from content.core.signals import Signal
from content.core.vocabulary import Need

STARTING_COUNTS = 20
"""A starting choice counts like this many observations beside the pooled ones."""

TRUSTED = 1.0
"""Of what a try may teach, once spreads are known from people: all of it, for they are guesses no longer. Before, nine
tenths were counted: one constant more, which won no relief where the evidence is right (docs/simulation.md)."""

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

    def signal_of(self, technique: str) -> Signal:
        return next(session.signal for session in self.rated if session.technique == technique)

    def drops(self, norms: Norms) -> dict[str, list[float]]:
        """The corrected drops of each technique."""
        return grouped([session.technique for session in self.rated], corrected_drops(self.rated, norms))


def summarise(records: Sequence[Record]) -> Pool:
    """The pool of these people; NO_POOL while fewer than 20 of them have rated anything."""
    return at_once(in_steps(records))


def in_steps(records: Sequence[Record]) -> InSteps[Pool]:
    """The same for many people, with a pause after each step."""
    records = [record for record in records if record.rated]
    if len(records) < LEAST_PEOPLE:
        return NO_POOL
    norms = yield from _in_general(records)
    drops = list(_drop_pairs(records, norms))
    yield
    relief = yield from fit(drops, norms.drop, LEAST_PEOPLE)
    keeping = yield from fit(list(_offer_pairs(records, norms)), norms.kept, LEAST_PEOPLE)
    beliefs = yield from fit_beliefs(drops, relief, POOLED_BELIEFS)
    return Pool(
        norms=replace(
            norms,
            drop=relief.levels,
            kept=keeping.levels,
            beliefs=beliefs,
            trusted=TRUSTED,
        ),
        cells=tuple(_cells(drops, relief, _shares_kept(keeping, norms))),
    )


def _in_general(records: Sequence[Record]) -> InSteps[Norms]:
    """What needs no model: each kind of rating by itself, the share practised, sessions a person."""
    start = Norms()
    offered = [session.practised for record in records for session in record.sessions]
    kept = sum(offered) / len(offered)
    scales = {}
    for signal in (Signal.TENSION, *start.scales):
        scales[signal] = _scale(records, signal, start.scale(signal))
        yield
    tension = scales.pop(Signal.TENSION)
    return replace(
        start,
        people=len(records),
        sessions=len(offered) / len(records),
        usual=tension.usual,
        drift_back=tension.drift_back,
        drop=replace(start.drop, noise=tension.noise),
        scales=scales,
        kept_mean=kept,
        kept=replace(start.kept, noise=sqrt(max(kept * (1 - kept), 0.01))),
    )


def _scale(records: Sequence[Record], signal: Signal, start: Scale) -> Scale:
    """How ratings of one kind behave; as first assumed while fewer than 20 people gave any."""
    people = [[session for session in record.rated if session.signal is signal] for record in records]
    people = [rated for rated in people if rated]
    if len(people) < LEAST_PEOPLE:
        return start
    starts = [session.before or 0.0 for rated in people for session in rated]
    scale = replace(start, usual=sum(starts) / len(starts), drift_back=_drift_back(people, start.drift_back))
    return replace(scale, noise=_noise(people, signal, scale))


def _drift_back(people: Sequence[Sequence[Session]], start: float) -> float:
    """The slope of the drop on "before" within each person and technique (least squares), from 0 to 1."""
    above, together = float(STARTING_COUNTS), STARTING_COUNTS * start
    for rated in people:
        techniques = [session.technique for session in rated]
        befores = grouped(techniques, [session.before or 0.0 for session in rated])
        afters = grouped(techniques, [session.after or 0.0 for session in rated])
        for slug, starts in befores.items():
            middle = sum(starts) / len(starts)
            above += sum((before - middle) ** 2 for before in starts)
            together += sum(
                (before - middle) * (before - after) for before, after in zip(starts, afters[slug], strict=True)
            )
    return min(max(together / above, 0.0), 1.0)


def _noise(people: Sequence[Sequence[Session]], signal: Signal, scale: Scale) -> float:
    """The pooled standard deviation within person and technique, in points of this very scale."""
    squares, freedom = STARTING_COUNTS * scale.noise**2, float(STARTING_COUNTS)
    own = Norms(usual=scale.usual, drift_back=scale.drift_back, drop=replace(DROP, noise=scale.noise))
    norms = replace(own, scales={signal: scale})
    for rated in people:
        drops = corrected_drops(rated, norms)
        more, degrees = within(grouped([session.technique for session in rated], drops))
        squares, freedom = squares + more, freedom + degrees
    return sqrt(squares / freedom)


def _drop_pairs(records: Sequence[Record], norms: Norms) -> Iterator[Pair]:
    """One noise for all: each person's own, known from few goes, would make spread out of its own error."""
    for person, record in enumerate(records):
        for slug, values in record.drops(norms).items():
            if slug in record.priors:
                keys = _keys(slug, record.signal_of(slug), record.needs)
                yield _pair(person, keys, values, record.priors[slug], norms.drop.noise)


def _offer_pairs(records: Sequence[Record], norms: Norms) -> Iterator[Pair]:
    for person, record in enumerate(records):
        techniques = [session.technique for session in record.sessions]
        offers = grouped(techniques, [float(session.practised) for session in record.sessions])
        for slug, values in offers.items():
            yield _pair(person, (EVERYBODY, (slug, "")), values, norms.kept_mean, norms.kept.noise)


def _pair(person: int, keys: tuple[Key, ...], values: Sequence[float], expected: float, noise: float) -> Pair:
    mean = sum(values) / len(values)
    return Pair(person=person, keys=keys, mean=mean, residual=mean - expected, variance=noise**2 / len(values))


@lru_cache(maxsize=4096)
def _keys(technique: str, signal: Signal, needs: frozenset[Need]) -> tuple[Key, ...]:
    """Everybody, all techniques judged alike, and the technique itself; each for all people and by need."""
    names = ("", *sorted(needs))
    alike = (kind_of(signal),) if signal is not Signal.TENSION else ()
    return tuple((slug, need) for slug in ("", *alike, technique) for need in names)


def _shares_kept(keeping: Fit, norms: Norms) -> dict[Key, float]:
    """The share of offers practised, of each technique and of all."""
    everywhere = norms.kept_mean + keeping.shifts.get(EVERYBODY, 0.0)
    shares = {key: everywhere + shift for key, shift in keeping.shifts.items()}
    return shares | {EVERYBODY: everywhere}


def _cells(drops: Sequence[Pair], relief: Fit, kept: Mapping[Key, float]) -> Iterator[PoolCell]:
    """One for each shift: `hierarchy.fit` has left out those of too few people."""
    common = relief.levels.technique**2
    members_of: dict[Key, list[tuple[Pair, float]]] = {key: [] for key in relief.shifts}
    for pair, left in zip(drops, relief.left, strict=True):
        for key in members_of.keys() & pair.keys:
            members_of[key].append((pair, left))
    for key, members in members_of.items():
        weights = [1 / (common + pair.variance) for pair, _ in members]
        squares = sum(_true_square(common, pair.variance, left) for pair, left in members)
        yield PoolCell(
            technique=key[0],
            need=key[1],
            n=len({pair.person for pair, _ in members}),
            mean=sum(weight * pair.mean for weight, (pair, _) in zip(weights, members, strict=True)) / sum(weights),
            spread=sqrt((squares + SPREAD_COUNTS * common) / (len(members) + SPREAD_COUNTS)),
            shift=relief.shifts[key],
            kept=kept.get(key),
        )


def _true_square(common: float, noise: float, left: float) -> float:
    """The expected square of a person's true deviation in one technique, given what is left of the observed one."""
    share = common / (common + noise)
    return (share * left) ** 2 + common * (1 - share)
