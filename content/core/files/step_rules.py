"""A rule for the next step: when it speaks, what it proposes, and the checks of one rule and of all together.

The rules are asked in the order of their numbers; the first that fits anything speaks (`coaching/core/week/rules.py`).
One condition:

    fact       one of `content/core/week_facts.py`
    at_least   the fact is this much or more
    at_most    the fact is this much or less; one of the two, or both
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from content.core.files.shapes import ShapeError, rows, table, term, whole
from content.core.week_facts import Fact, Move

MOST = 300
BOUNDS = ("at_least", "at_most")
_condition = table({"fact": term(Fact)}, dict.fromkeys(BOUNDS, whole(0, MOST)))


def _read(value: Any) -> dict[str, Any]:
    condition: dict[str, Any] = _condition(value)
    if not condition.keys() & set(BOUNDS):
        raise ShapeError("needs at_least or at_most")
    if condition.get("at_least", 0) > condition.get("at_most", MOST):
        raise ShapeError("asks for more than it allows")
    return condition


conditions = rows(_read)


def faults_in(rule: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Pairs of a field and what is wrong with it, in one rule alone."""
    facts = [condition["fact"] for condition in rule["when"]]
    if len(set(facts)) < len(facts):
        yield "when", "asks twice about one fact"
    if rule["move"] == Move.UP and not _holds_back(rule["when"]):
        yield "when", "proposes a step up, so it must ask that worse is 50 or less"
    if rule["move"] == Move.SWAP and Fact.SWAP not in facts:
        yield "when", "proposes something else, so it must ask for swap"


def faults_among(rules: Sequence[tuple[str, Mapping[str, Any]]]) -> Iterator[tuple[str, str, str]]:
    """Of all rules together: the key, the field, and what is wrong."""
    if not rules:
        return
    ordered = sorted(rules, key=lambda rule: (rule[1]["order"], rule[0]))
    for (_, before), (key, rule) in pairwise(ordered):
        if before["order"] == rule["order"]:
            yield key, "order", "has the number of another rule"
    key, last = ordered[-1]
    if last["move"] != Move.KEEP or last["when"]:
        yield key, "when", "is the last, so it must keep everything as it is and ask for nothing"
    for key, rule in ordered[:-1]:
        if not rule["when"]:
            yield key, "when", "asks for nothing, so no rule after it is ever heard"


def _holds_back(conditions: Sequence[Mapping[str, Any]]) -> bool:
    return any(one["fact"] == Fact.WORSE and one.get("at_most", MOST) <= 50 for one in conditions)
