"""Fitting the two-level model of `shrinkage` to many people at once (empirical Bayes).

Each `Pair` is one person's mean for one technique, less what was expected of it. It belongs to cells:
everybody, everybody with a need, the technique, the technique with a need. Three steps take turns:

- each cell's shift is the precision-weighted mean of what the other cells and the person's own level
  leave over, pulled towards 0 by how much cells of its kind differ (the method of moments of DerSimonian
  and Laird, 1986);
- the spread between people and between a person's techniques are those that make the data most likely.
  Likelihood, because what is offered depends on earlier ratings: techniques that began badly were left
  after few goes, which misleads a plain comparison of means but not the likelihood.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import log, sqrt
from typing import TypeVar

from coaching.core.learning.shrinkage import Belief, Levels, likelihood_of_one, log_likelihood, person_shift, shares_of

Key = tuple[str, str]
"""(technique, need); an empty name stands for all."""

Made = TypeVar("Made")
InSteps = Generator[None, None, Made]
"""Of many people it takes long to make: after each short step whoever makes it may do something else."""

EVERYBODY: Key = ("", "")
ROUNDS, SWEEPS = 6, 4
GOLDEN = (sqrt(5) - 1) / 2
SEARCHED = 5.0
"""Spreads are looked for up to this many times the one first assumed, that between people as far as the wider one."""

BELIEF_ROUNDS, BELIEF_COUNTS = 20, 10

WEAK_SHARE, WEAK_CELLS = 1 / 3, 2
"""Before they are known, shifts of one kind are taken to be a third of the spread between techniques, by 2 cells."""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """`residual` is one person's mean less what was expected; `variance` is that of the mean, from noise alone."""

    person: int
    keys: tuple[Key, ...]
    mean: float
    residual: float
    variance: float


@dataclass(frozen=True, kw_only=True)
class Fit:
    """`left` is what remains of each pair beyond shifts and the person's own level."""

    levels: Levels
    shifts: Mapping[Key, float]
    left: tuple[float, ...]


def at_once(steps: InSteps[Made]) -> Made:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            return end.value


def fit(pairs: Sequence[Pair], start: Levels, least: int) -> InSteps[Fit]:
    """`pairs` in the order of their persons; cells of fewer than `least` pairs get no shift."""
    state = _State(pairs, start, least)
    for _ in range(ROUNDS):
        for _ in range(SWEEPS):
            yield
            state.sweep()
        state.weigh_kinds()
        yield from state.find_spreads()
    state.sweep()
    own = state.own_levels()
    left = tuple(left - own[pair.person] for left, pair in zip(state.left, pairs, strict=True))
    return Fit(levels=state.levels, shifts=state.shifts, left=left)


def fit_beliefs(pairs: Sequence[Pair], fitted: Fit, start: Sequence[Belief]) -> InSteps[tuple[Belief, ...]]:
    """How many people each belief suits: the shares that make what is left of their pairs most likely.

    Found by expectation and maximisation: each person is shared out among the beliefs, and the shares are
    counted anew. What was first believed counts like BELIEF_COUNTS people.
    """
    rows = []
    for _, places in groupby(range(len(pairs)), key=lambda place: pairs[place].person):
        own = [(fitted.left[place], pairs[place].variance) for place in places]
        rows.append([_fits(own, belief.factor * fitted.levels.technique) for belief in start])
    shares = [belief.share for belief in start]
    for _ in range(BELIEF_ROUNDS):
        yield
        counts = [BELIEF_COUNTS * belief.share for belief in start]
        for row in rows:
            parts = shares_of([log(share) + fits for share, fits in zip(shares, row, strict=True)])
            counts = [count + part for count, part in zip(counts, parts, strict=True)]
        shares = [count / sum(counts) for count in counts]
    return tuple(replace(belief, share=share) for belief, share in zip(start, shares, strict=True))


def _fits(own: Sequence[tuple[float, float]], spread: float) -> float:
    return likelihood_of_one([(left, spread**2 + noise) for left, noise in own], person=0.0)


def most_likely(likelihood: Callable[[float], float], highest: float, steps: int = 14) -> InSteps[float]:
    """The place of the maximum between 0 and `highest`, by golden-section search."""
    low, high = 0.0, highest
    inner, outer = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
    at_inner, at_outer = likelihood(inner), likelihood(outer)
    for _ in range(steps):
        yield
        if at_inner >= at_outer:
            high, outer, at_outer = outer, inner, at_inner
            inner = high - GOLDEN * (high - low)
            at_inner = likelihood(inner)
        else:
            low, inner, at_inner = inner, outer, at_outer
            outer = low + GOLDEN * (high - low)
            at_outer = likelihood(outer)
    return (low + high) / 2


def kind(key: Key) -> tuple[bool, bool]:
    return bool(key[0]), bool(key[1])


class _State:
    """The running values of one fit."""

    def __init__(self, pairs: Sequence[Pair], start: Levels, least: int) -> None:
        self.pairs = pairs
        self.start = self.levels = start
        self.left = [pair.residual for pair in pairs]
        self.people = [list(group) for _, group in groupby(range(len(pairs)), key=lambda place: pairs[place].person)]
        self.cells = _members(pairs, least)
        self.shifts = dict.fromkeys(self.cells, 0.0)
        self.raw: dict[Key, tuple[float, float]] = {}
        weak = WEAK_SHARE * start.technique
        self.variances = {kind(key): weak**2 for key in self.cells if key != EVERYBODY}

    def sweep(self) -> None:
        """Every cell once, each from what the others leave over."""
        own = self.own_levels()
        weights = [1 / (self.levels.technique**2 + pair.variance) for pair in self.pairs]
        for key, places in self.cells.items():
            total = sum(weights[place] for place in places)
            over = sum(weights[place] * (self.left[place] - own[self.pairs[place].person]) for place in places)
            old = self.shifts[key]
            pull = 0.0 if key == EVERYBODY else 1 / max(self.variances[kind(key)], 1e-8)
            new = (over + total * old) / (total + pull)
            for place in places:
                self.left[place] -= new - old
            self.shifts[key] = new
            self.raw[key] = (over / total + old, total)

    def own_levels(self) -> dict[int, float]:
        """How each person does over all techniques."""
        floor = self.levels.technique**2
        return {
            self.pairs[places[0]].person: person_shift(
                [(self.left[place], floor + self.pairs[place].variance) for place in places], self.levels.person
            )
            for places in self.people
        }

    def weigh_kinds(self) -> None:
        """How much cells of one kind differ, by the method of moments, with a weak guess mixed in."""
        weak = (WEAK_SHARE * self.start.technique) ** 2
        most = 1 / (self.start.technique / 2) ** 2
        for each in self.variances:
            weighed = [(self.raw[key][0], self._own_weight(key)) for key in self.cells if kind(key) == each]
            weights = [min(weight, most) for _, weight in weighed]
            beyond = sum(
                weight * (raw**2 - 1 / full) for (raw, full), weight in zip(weighed, weights, strict=True) if full > 0
            )
            mixed = (beyond + WEAK_CELLS * most * weak) / (sum(weights) + WEAK_CELLS * most)
            self.variances[each] = max(mixed, 0.0)

    def _own_weight(self, key: Key) -> float:
        """The weight of a cell after the mean of the wider cell is taken out of it."""
        total = self.raw[key][1]
        wider = self.raw.get((key[0], "") if key[1] and key[0] else EVERYBODY, (0.0, total))[1]
        return total * max(1 - total / wider, 0.0)

    def find_spreads(self) -> InSteps[None]:
        people = [[(self.left[place], self.pairs[place].variance) for place in places] for places in self.people]
        person, technique = self.levels.person, self.levels.technique
        widest = SEARCHED * self.start.technique
        technique = yield from most_likely(lambda spread: log_likelihood(people, person, spread), widest)
        widest = SEARCHED * max(self.start.person, self.start.technique)
        person = yield from most_likely(lambda spread: log_likelihood(people, spread, technique), widest)
        self.levels = replace(self.levels, person=person, technique=technique)


def _members(pairs: Sequence[Pair], least: int) -> dict[Key, list[int]]:
    """The places of each cell's pairs, wide cells first."""
    cells: dict[Key, list[int]] = {}
    for place, pair in enumerate(pairs):
        for key in pair.keys:
            cells.setdefault(key, []).append(place)
    wide_first = sorted(cells, key=lambda key: (kind(key), key))
    return {key: cells[key] for key in wide_first if len({pairs[place].person for place in cells[key]}) >= least}
