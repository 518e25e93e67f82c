"""What is taken for granted about people in general, before a person's own ratings are looked at.

Until enough people agreed to pool, these are starting choices: no study gives them for this mix of
techniques. Their size was set by simulation (docs/simulation.md) so that little is lost where the
evidence is exactly right. Pooled numbers take their place, one cell a technique and need.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from coaching.core.learning.shrinkage import Belief, Levels
from content.core.signals import Signal
from content.core.vocabulary import Need

LEAST_PEOPLE = 20
"""No cell is made of fewer people, so that nobody can be read out of it."""


DROP = Levels(person=0.1, technique=0.6, noise=2.0)
KEPT = Levels(person=0.15, technique=0.05, noise=0.48)

BELIEFS = (Belief(share=2 / 3, factor=0.05), Belief(share=1 / 3, factor=1.25))
"""For two of three people the evidence holds; the others differ from it much. A starting choice: more doubt finds more
for those who differ and costs those of whom the evidence is right (the table of tries in docs/simulation.md)."""


POOLED_BELIEFS = (Belief(share=0.3, factor=0.3), Belief(share=0.4, factor=1.0), Belief(share=0.3, factor=1.8))
"""Once the spread is known from many people, a person may lie within it, or well inside, or outside. How many do
is fitted to them; these shares are where that begins."""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """How ratings of one kind behave, in points of 0 to 10 where less is better.

    `usual` is the mean before a go. `drift_back` is the share of the way back to the usual that ratings
    go by themselves. `noise` is the standard deviation of one drop.
    """

    usual: float
    drift_back: float
    noise: float


SCALES: Mapping[Signal, Scale] = {
    Signal.BELIEF: Scale(usual=6.5, drift_back=0.2, noise=1.8),
    Signal.CONFIDENCE: Scale(usual=5.0, drift_back=0.2, noise=1.5),
    Signal.NIGHT: Scale(usual=5.0, drift_back=0.6, noise=2.4),
}
"""Kinds of ratings other than tension or pain. Starting choices: a belief or a doubt moves little from hour to
hour, and one night says next to nothing of the next."""


@dataclass(frozen=True, kw_only=True)
class Norms:
    """`drop` in points of 0 to 10, `kept` as a chance. `usual`, `drift_back` and `drop.noise` are those of tension
    or pain; `scales` holds the other kinds. `sessions` is how many a person is offered in all.
    `trusted` is the share of what a try may teach that is counted on: spreads that are guesses promise too much.
    """

    people: int = 0
    sessions: float = 30.0
    usual: float = 6.0
    drift_back: float = 0.3
    drop: Levels = DROP
    kept: Levels = KEPT
    kept_mean: float = 0.65
    beliefs: tuple[Belief, ...] = BELIEFS
    trusted: float = 0.75
    scales: Mapping[Signal, Scale] = field(default_factory=lambda: SCALES)

    def scale(self, signal: Signal) -> Scale:
        own = self.scales.get(signal)
        return own or Scale(usual=self.usual, drift_back=self.drift_back, noise=self.drop.noise)


def kind_of(signal: Signal) -> str:
    """The name under which a pool holds all techniques that are judged by one signal. No slug begins like that."""
    return f"*{signal.value}"


@dataclass(frozen=True, kw_only=True)
class PoolCell:
    """What `n` people rated of one technique and had one need; an empty name stands for all of them, and `kind_of` a
    signal for all techniques judged by it.

    `mean` is their mean drop on 0 to 10, `spread` the standard deviation between them beside the noise.
    `shift` is how far this cell alone moves what the evidence expects, other cells taken out. `kept` is
    the share of offered goes that were practised.
    """

    technique: str = ""
    need: str = ""
    n: int
    mean: float
    spread: float
    shift: float = 0.0
    kept: float | None = None


@dataclass(frozen=True, kw_only=True)
class Expected:
    """What is expected of one person before their own ratings: drop on 0 to 10 of each technique, how far people
    differ in it (standard deviation), and the chance that an offer of it is practised."""

    drops: Mapping[str, float]
    spreads: Mapping[str, float]
    kept: Mapping[str, float]
    norms: Norms


@dataclass(frozen=True, kw_only=True)
class Pool:
    """All that was learned from earlier people; without cells, only the norms."""

    norms: Norms = Norms()
    cells: tuple[PoolCell, ...] = field(default=())

    @cached_property
    def cell(self) -> Mapping[tuple[str, str], PoolCell]:
        return {(cell.technique, cell.need): cell for cell in self.cells if cell.n >= LEAST_PEOPLE}

    def expect(
        self, priors: Mapping[str, float], needs: Iterable[Need] = (), signals: Mapping[str, Signal] | None = None
    ) -> Expected:
        """What these ratings make of the evidence (`priors`, drop on 0 to 10) for a person with these needs.

        `signals`: what each technique is judged by, where that is not tension or pain.
        """
        names = ("", *needs)
        kinds = {slug: (kind_of(signal),) for slug, signal in (signals or {}).items()}
        return Expected(
            drops={
                slug: prior + self._shift(("", *kinds.get(slug, ()), slug), names) for slug, prior in priors.items()
            },
            spreads={slug: self._spread(slug) for slug in priors},
            kept={slug: self._kept(slug) for slug in priors},
            norms=self.norms,
        )

    def _shift(self, techniques: Sequence[str], needs: Sequence[str]) -> float:
        cells = [self.cell.get((slug, need)) for need in needs for slug in techniques]
        return sum(cell.shift for cell in cells if cell)

    def _spread(self, technique: str) -> float:
        cell = self.cell.get((technique, ""))
        return cell.spread if cell else self.norms.drop.technique

    def _kept(self, technique: str) -> float:
        cell = self.cell.get((technique, ""))
        return self.norms.kept_mean if cell is None or cell.kept is None else cell.kept


NO_POOL = Pool()
