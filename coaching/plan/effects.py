"""What works for this person, in words: how often, how much, and how sure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import erf, sqrt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coaching.core.learning.personalise import Estimate
from coaching.core.recommend.options import Options

WORTH_A_WORD = 0.5
"""Points of 0 to 10 from which a drop is called a help. A starting choice: half a tap."""

LIKELY, UNLIKELY = 0.8, 0.2
"""Chances, given the estimate, from which a help is called likely or unlikely. A starting choice."""

WIDTH, MOST = 300, 5.0
"""The bar on the page: units wide, and the drop at its far end."""


@dataclass(frozen=True, kw_only=True)
class Effect:
    """`chance` that the true drop of one go is at least WORTH_A_WORD. `low` and `high` hold 8 of 10 chances."""

    technique: str
    name: str
    uses: int
    mean: float
    low: float
    high: float
    chance: float
    words: str

    @property
    def bar_start(self) -> float:
        return _place(self.low)

    @property
    def bar_length(self) -> float:
        return max(_place(self.high) - _place(self.low), 2.0)

    @property
    def bar_middle(self) -> float:
        return _place(self.mean)


def effects_of(estimates: Mapping[str, Estimate], options: Options) -> tuple[Effect, ...]:
    """The techniques this person has rated, the most helpful first."""
    rated = [one for one in estimates.values() if one.n]
    rated.sort(key=lambda one: (-one.mean, one.technique))
    return tuple(_effect(one, options.by_slug[one.technique].name) for one in rated)


def chance_of_help(mean: float, sd: float) -> float:
    """The chance that a normal value with this mean and standard deviation is WORTH_A_WORD or more."""
    if sd <= 0:
        return float(mean >= WORTH_A_WORD)
    return 0.5 * (1 + erf((mean - WORTH_A_WORD) / (sd * sqrt(2))))


def _effect(one: Estimate, name: str) -> Effect:
    chance = chance_of_help(one.mean, one.sd)
    reach = 1.28 * one.sd
    return Effect(
        technique=one.technique,
        name=name,
        uses=one.n,
        mean=one.mean,
        low=one.mean - reach,
        high=one.mean + reach,
        chance=chance,
        words=_words(one.n, chance),
    )


def _words(uses: int, chance: float) -> str:
    counted = ngettext("%(n)d rated practice", "%(n)d rated practices", uses) % {"n": uses}
    if chance >= LIKELY:
        return _("%(counted)s: likely helps you.") % {"counted": counted}
    if chance <= UNLIKELY:
        return _("%(counted)s: has not shown a help so far.") % {"counted": counted}
    return _("%(counted)s: unclear as yet.") % {"counted": counted}


def _place(points: float) -> float:
    return round(min(max(points, 0.0), MOST) / MOST * WIDTH, 1)
