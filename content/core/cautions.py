"""All that speaks against a technique or a guide, as one list, and what somebody is told of whom nothing is known.

A technique has cautions of its own; each thing that its guide asks of the body has more. For every condition the
stricter holds:

- one row leaves it out: that row alone, the technique's own first, then in the order of the demands;
- all rows ask for care: each of them, but for one that says the same words again, or asks only for limits that a
  row before it asks for already.

Sources: evidence section 4, row by row in the library.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from content.core.vocabulary import Action, Condition, Limit

_ORDER = {condition: place for place, condition in enumerate(Condition)}


@dataclass(frozen=True, kw_only=True)
class CautionRow:
    technique: str
    condition: Condition
    action: Action
    words: str = ""
    limits: frozenset[Limit] = frozenset()
    source: str = ""
    label: str = ""
    """The condition in the language of the page, where that is not the one of the vocabulary."""

    @property
    def name(self) -> str:
        return self.label or self.condition.label

    @property
    def closes(self) -> bool:
        return self.action is Action.EXCLUDE

    @property
    def named(self) -> str:
        """The words with the condition they are for, as they are told to somebody who may not have it."""
        return self.words if self.condition is Condition.ANYONE else f"{self.name}: {self.words}"


def joined(own: Iterable[CautionRow], on_demands: Iterable[CautionRow]) -> tuple[CautionRow, ...]:
    """The rows that hold, in the order of the conditions. Both kinds are of one technique."""
    rows_for: dict[Condition, list[CautionRow]] = {}
    for row in (*own, *on_demands):
        rows_for.setdefault(row.condition, []).append(row)
    return tuple(
        row for condition in sorted(rows_for, key=_ORDER.__getitem__) for row in _strictest(rows_for[condition])
    )


def closing_first(rows: Iterable[CautionRow]) -> tuple[CautionRow, ...]:
    return tuple(sorted(rows, key=lambda row: (not row.closes, _ORDER[row.condition])))


def not_with(rows: Iterable[CautionRow]) -> tuple[str, ...]:
    """The conditions with which it is left out, in words."""
    return tuple(row.name for row in closing_first(rows) if row.closes)


def care_with(rows: Iterable[CautionRow]) -> tuple[str, ...]:
    """The conditions with which it is shown with care, in words."""
    told = [row for row in rows if not row.closes and row.condition is not Condition.ANYONE]
    return tuple(dict.fromkeys(row.name for row in told))


def _strictest(rows: list[CautionRow]) -> list[CautionRow]:
    if closing := [row for row in rows if row.closes]:
        return [replace(closing[0], limits=frozenset(limit for row in closing for limit in row.limits))]
    kept: list[CautionRow] = []
    for row in rows:
        asked = {limit for other in kept for limit in other.limits}
        is_said = any(row.words == other.words for other in kept)
        if is_said and not row.limits <= asked:
            kept = [replace(one, limits=one.limits | row.limits) if one.words == row.words else one for one in kept]
        elif not is_said and not (row.limits and row.limits <= asked):
            kept.append(row)
    return kept
