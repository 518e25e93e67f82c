"""What is taken for granted about people in general, before a person's own ratings are looked at.

Until enough people agreed to pool, these are starting choices: no study gives them for this mix of
techniques. Their size was set by simulation (docs/simulation.md) so that little is lost where the
evidence is exactly right. Pooled numbers take their place, one cell a technique and need.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from coaching.core.learning.shrinkage import Levels
from content.core.vocabulary import Need

LEAST_PEOPLE = 20
"""No cell is made of fewer people, so that nobody can be read out of it."""


DROP = Levels(person=0.8, technique=0.65, noise=2.0)
KEPT = Levels(person=0.15, technique=0.1, noise=0.48)


@dataclass(frozen=True, kw_only=True)
class Norms:
    """`drop` in points of 0 to 10, `kept` as a chance. `usual` is the mean rating before a go.

    `drift_back` is the share of the way back to the usual that ratings go by themselves. `sessions` is
    how many a person is offered in all.
    """

    people: int = 0
    sessions: float = 30.0
    usual: float = 6.0
    drift_back: float = 0.3
    drop: Levels = DROP
    kept: Levels = KEPT
    kept_mean: float = 0.65


@dataclass(frozen=True, kw_only=True)
class PoolCell:
    """What `n` people rated of one technique and had one need; an empty name stands for all of them.

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

    def expect(self, priors: Mapping[str, float], needs: Iterable[Need] = ()) -> Expected:
        """What these ratings make of the evidence (`priors`, drop on 0 to 10) for a person with these needs."""
        names = ("", *needs)
        return Expected(
            drops={slug: prior + self._shift(slug, names) for slug, prior in priors.items()},
            spreads={slug: self._spread(slug) for slug in priors},
            kept={slug: self._kept(slug) for slug in priors},
            norms=self.norms,
        )

    def _shift(self, technique: str, needs: Iterable[str]) -> float:
        found = [self.cell.get((slug, need)) for need in needs for slug in ("", technique)]
        return sum(cell.shift for cell in found if cell)

    def _spread(self, technique: str) -> float:
        cell = self.cell.get((technique, ""))
        return cell.spread if cell else self.norms.drop.technique

    def _kept(self, technique: str) -> float:
        cell = self.cell.get((technique, ""))
        return self.norms.kept_mean if cell is None or cell.kept is None else cell.kept


NO_POOL = Pool()
