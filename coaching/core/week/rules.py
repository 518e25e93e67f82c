"""What a weekly review proposes: one thing up, down, swapped or kept, with its reason.

The rules are rows of the library, written by staff and published by two of them. They are asked in the order of their
numbers, each of every practice in the order of the plan; the first that fits speaks. All conditions must hold, and one
on a fact that nobody told does not.

Whatever the rows say, these stand (our own choice, for safety): nothing goes up that left the person worse in more than
half of its goes, nor while a flare runs; nothing moves to a rung that is not there; nothing is swapped for nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coaching.core.week.facts import Facts
from content.core.week_facts import Fact, Move

HALF = 50


@dataclass(frozen=True, kw_only=True)
class Condition:
    fact: Fact
    at_least: int | None = None
    at_most: int | None = None

    def holds(self, facts: Facts) -> bool:
        value = facts.get(self.fact)
        if value is None:
            return False
        return (self.at_least is None or value >= self.at_least) and (self.at_most is None or value <= self.at_most)


@dataclass(frozen=True, kw_only=True)
class Rule:
    slug: str
    order: int
    move: Move
    words: str
    when: tuple[Condition, ...] = ()

    def fits(self, facts: Facts) -> bool:
        return is_allowed(self.move, facts) and all(condition.holds(facts) for condition in self.when)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """`technique` is empty where the week is kept as a whole; `rule` is empty where none spoke."""

    move: Move
    technique: str = ""
    rule: str = ""
    words: str = ""


def rule_from(slug: str, values: Mapping[str, Any]) -> Rule:
    """A rule as its row holds it."""
    return Rule(
        slug=slug,
        order=values["order"],
        move=Move(values["move"]),
        words=values["words"],
        when=tuple(Condition(**{**condition, "fact": Fact(condition["fact"])}) for condition in values.get("when", ())),
    )


def propose(rules: Iterable[Rule], practices: Sequence[tuple[str, Facts]]) -> Proposal:
    """`practices` are the techniques of a plan with their facts, in its order."""
    for rule in sorted(rules, key=lambda rule: (rule.order, rule.slug)):
        for technique, facts in practices:
            if rule.fits(facts):
                named = technique if rule.when else ""
                return Proposal(move=rule.move, technique=named, rule=rule.slug, words=rule.words)
    return Proposal(move=Move.KEEP)


def is_allowed(move: Move, facts: Facts) -> bool:
    match move:
        case Move.UP:
            return facts.get(Fact.ABOVE, 0) > 0 and facts.get(Fact.WORSE, 0) <= HALF and not facts.get(Fact.FLARE, 0)
        case Move.DOWN:
            return facts.get(Fact.PLACE, 0) > 1
        case Move.SWAP:
            return bool(facts.get(Fact.SWAP, 0))
    return True
