"""What the recommender may choose from: the library's knowledge and the person's own wishes.

Values only. The shell reads rows into these; tests and simulations make them by hand.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from content.core.cautions import CautionRow, joined
from content.core.demands import Demand
from content.core.signals import FEWEST_TO_JUDGE, Signal
from content.core.vocabulary import Family, Grade, Need, Slot


@dataclass(frozen=True, kw_only=True)
class TechniqueFacts:
    """`minutes` is one usual go, `daily_minutes` the least useful minutes a day. `short` is the name in a sentence.

    `demands` is what its guide asks of the body.
    """

    slug: str
    name: str
    family: Family
    minutes: int = 0
    daily_minutes: int = 0
    startable: bool = True
    short: str = ""
    demands: frozenset[Demand] = frozenset()
    signal: Signal = Signal.TENSION
    """What it is judged by."""

    fair_trial: int = FEWEST_TO_JUDGE
    """Goes before it is judged."""

    @cached_property
    def slot(self) -> Slot | None:
        return self.family.slot

    @cached_property
    def is_reading(self) -> bool:
        return self.family is Family.READING

    @property
    def short_name(self) -> str:
        return self.short or self.name.lower()


@dataclass(frozen=True, kw_only=True)
class EvidenceRow:
    """`minutes` a day the dose asks at least; `weeks` to the first benefit, 0 at once, None not known."""

    need: Need
    technique: str
    grade: Grade
    dose: str = ""
    minutes: int = 0
    weeks: int | None = None
    benefit: str = ""
    note: str = ""
    sources: tuple[str, ...] = ()

    @cached_property
    def pair(self) -> tuple[Need, str]:
        """What the row is about. There is one row a pair."""
        return self.need, self.technique


class Estimate(Protocol):
    """What a person's own ratings say of one technique: the expected drop on 0 to 10, already pulled
    towards the evidence, its standard deviation, and the number of rated practices behind it."""

    @property
    def mean(self) -> float: ...
    @property
    def sd(self) -> float: ...
    @property
    def n(self) -> float: ...


@dataclass(frozen=True, kw_only=True)
class History:
    """What was learned so far. `active` are the techniques of the current plan."""

    estimates: Mapping[str, Estimate] = field(default_factory=dict)
    active: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Options:
    """Everything to choose from. Indexes are built once an instance, so reuse one where you can."""

    techniques: tuple[TechniqueFacts, ...]
    evidence: tuple[EvidenceRow, ...] = ()
    cautions: tuple[CautionRow, ...] = ()
    demand_cautions: tuple[CautionRow, ...] = ()
    """Those on what the guide of a technique asks of the body, each as a row of that technique."""

    minutes_a_day: int = 20
    pinned: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    """Techniques of the plan as it stands: it changes at the weekly look, or when the person asks."""

    explore: bool = False
    is_pooled: bool = False
    """Whether other people's ratings have a part in the estimates."""

    @cached_property
    def by_slug(self) -> Mapping[str, TechniqueFacts]:
        return {technique.slug: technique for technique in self.techniques}

    @cached_property
    def rows_of(self) -> Mapping[str, tuple[EvidenceRow, ...]]:
        """Evidence by technique."""
        by_technique: dict[str, list[EvidenceRow]] = defaultdict(list)
        for row in self.evidence:
            by_technique[row.technique].append(row)
        return {slug: tuple(rows) for slug, rows in by_technique.items()}

    @cached_property
    def cautions_of(self) -> Mapping[str, tuple[CautionRow, ...]]:
        """Cautions by technique, with those on what its guide asks of the body."""
        own, asked = _by_technique(self.cautions), _by_technique(self.demand_cautions)
        return {slug: joined(own[slug], asked[slug]) for slug in dict.fromkeys([*own, *asked])}


def _by_technique(rows: Iterable[CautionRow]) -> defaultdict[str, list[CautionRow]]:
    by_technique: defaultdict[str, list[CautionRow]] = defaultdict(list)
    for row in rows:
        by_technique[row.technique].append(row)
    return by_technique
