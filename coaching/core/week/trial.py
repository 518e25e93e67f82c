"""Trying the rules on every kind of week, before anybody reads what they propose.

The weeks are made up: each number of goes with each share of worse ones, each confidence, each thing in the way, with
and without a flare or a week that was too much, at the bottom, in the middle and at the top of a ladder. It counts
weeks, not people: it shows which rules can speak and what they do, and nothing of how often they will.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from coaching.core.week.facts import OneInAWeek, Told, facts_of
from coaching.core.week.rules import Rule, propose
from content.core.week_facts import IN_THE_WAY, Fact, Move

PLANNED, ENOUGH, RUNGS = 5, 3, 4
GOES = (0, 1, 2, 3, 5, 7)
CONFIDENCES = (None, 0, 3, 5, 7, 10)
PLACES = (1, 2, RUNGS)


@dataclass(frozen=True, kw_only=True)
class Trial:
    weeks: int
    spoken: dict[str, int]
    """Rule -> the weeks in which it spoke."""

    moves: dict[Move, int]
    silent: tuple[str, ...]
    """Rules that never spoke."""

    up_though_worse: int
    """Weeks that would go up though most goes left the person worse. It must be 0."""


def try_out(rules: Sequence[Rule]) -> Trial:
    spoken: Counter[str] = Counter()
    moves: Counter[Move] = Counter()
    weeks, wrong = 0, 0
    for one, told in made_up_weeks():
        facts = facts_of(one, told)
        proposal = propose(rules, [(one.technique, facts)])
        weeks += 1
        spoken[proposal.rule] += 1
        moves[proposal.move] += 1
        wrong += proposal.move is Move.UP and facts[Fact.WORSE] > 50
    return Trial(
        weeks=weeks,
        spoken={rule.slug: spoken[rule.slug] for rule in rules},
        moves={move: moves[move] for move in Move},
        silent=tuple(rule.slug for rule in rules if not spoken[rule.slug]),
        up_though_worse=wrong,
    )


def made_up_weeks() -> Iterator[tuple[OneInAWeek, Told]]:
    befores = ("", "flare", "flare over", "eased")
    ways = (frozenset[Fact](), *(frozenset({fact}) for fact in IN_THE_WAY))
    for goes, place, confidence, way, before in product(GOES, PLACES, CONFIDENCES, ways, befores):
        for worse, may_swap in product({0, goes // 2, goes}, (False, True)):
            one = OneInAWeek(
                technique="any",
                goes=goes,
                planned=PLANNED,
                worse=worse,
                enough=ENOUGH if place < RUNGS else 0,
                place=place,
                above=RUNGS - place,
                may_swap=may_swap,
                is_flare_over=before == "flare over",
                is_eased=before == "eased",
            )
            yield one, Told(in_the_way=way, confidence=confidence, has_flare=before == "flare")
