"""One practice in one week, as the rules for the next step see it.

Shares are whole numbers of each hundred, rounded down. Without a planned go there is no share of them, and what was
not told is no fact.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from content.core.week_facts import IN_THE_WAY, Fact

Facts = Mapping[Fact, int]
MOST_SHARE = 300


@dataclass(frozen=True, kw_only=True)
class OneInAWeek:
    """`enough` goes earn the next rung, 0 where there is none; `worse` goes left the person worse.

    `place` on its ladder counts from 1, 0 without a ladder; `above` are the rungs over it that fit the person.
    """

    technique: str
    goes: int
    planned: int
    worse: int = 0
    enough: int = 0
    place: int = 0
    above: int = 0
    may_swap: bool = False
    is_flare_over: bool = False
    is_eased: bool = False


@dataclass(frozen=True, kw_only=True)
class Told:
    """What the person said of the whole week. `confidence` is 0 to 10."""

    in_the_way: frozenset[Fact] = frozenset()
    confidence: int | None = None
    has_flare: bool = False


def facts_of(one: OneInAWeek, told: Told) -> Facts:
    facts = {
        Fact.GOES: one.goes,
        Fact.ENOUGH: int(0 < one.enough <= one.goes),
        Fact.WORSE: _share(one.worse, one.goes),
        Fact.PLACE: one.place,
        Fact.ABOVE: one.above,
        Fact.SWAP: int(one.may_swap),
        Fact.FLARE: int(told.has_flare),
        Fact.FLARE_OVER: int(one.is_flare_over and not told.has_flare),
        Fact.EASED: int(one.is_eased),
        **{fact: int(fact in told.in_the_way) for fact in IN_THE_WAY},
    }
    if one.planned:
        facts[Fact.SHARE] = min(_share(one.goes, one.planned), MOST_SHARE)
    if told.confidence is not None:
        facts[Fact.CONFIDENCE] = told.confidence
    return facts


def in_the_way(codes: Iterable[str]) -> frozenset[Fact]:
    """What was tapped, as facts; anything else that was sent is nobody's."""
    return frozenset(fact for fact in IN_THE_WAY if fact.value in set(codes))


def _share(part: int, whole: int) -> int:
    return part * 100 // whole if whole else 0
