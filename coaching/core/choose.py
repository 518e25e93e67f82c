"""Choosing at most three techniques, one a slot, by trying every set.

There are few enough sets (about 150) to look at them all. The best is the first in this order:

1. nothing passive stands alone when pain persists;
2. the strongest need is served: well (grade B- or better) before a little (C) before not at all;
3. when pain persists, something active is there, and best something that moves;
4. the most expected benefit, with a little more for each need that somebody in the set serves;
5. fewer minutes, then the alphabet, so that the same answers give the same plan.

So a plain sum never leaves the strongest need with nothing, and allowing one technique more can change
the plan only by putting that technique into it. Pins are kept even past the person's minutes: it is
their choice, and the cost is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from coaching.core.needs import Snapshot
from coaching.core.weigh import POINTS, Weighed
from content.core.vocabulary import Family, Grade, Need, Slot

COVERED = 0.3
"""Points for each need, times its level, that a set serves at all: what a grade C is worth. A starting choice."""

WORTH_TRYING = 0.8
"""A plan with something new is taken when it keeps at least this share of the best one. A starting choice."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What to choose under. `try_new`: keep one place for something never practised."""

    minutes: int
    pinned: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    try_new: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """`picks` in the order of the plan."""

    picks: tuple[Weighed, ...] = ()
    tries: str = ""

    @property
    def expected(self) -> float:
        return sum(pick.expected for pick in self.picks)

    @property
    def minutes(self) -> int:
        return sum(pick.minutes for pick in self.picks)


def choose(candidates: Iterable[Weighed], snapshot: Snapshot, wish: Wish) -> Choice:
    sets = _sets([one for one in candidates if one.slug not in wish.refused], snapshot, wish)
    best = _best(sets, snapshot)
    tries = ""
    if wish.try_new:
        newer = _best([entries for entries in sets if _has_something_new(entries)], snapshot)
        if newer and _worth(newer) >= WORTH_TRYING * _worth(best):
            best = newer
            tries = max((entry for entry in newer if entry.is_new), key=lambda entry: entry.expected).slug
    return Choice(picks=_in_order(best, snapshot), tries=tries)


class _Entry(NamedTuple):
    """One technique as the search sees it. Needs are bits of `mask`; `activity` is 2 for moving, 1 for active."""

    weighed: Weighed | None = None
    slug: str = ""
    expected: float = 0.0
    minutes: int = 0
    mask: int = 0
    serves_strongest: int = 0
    activity: int = 0
    is_new: bool = False


_Set = tuple[_Entry, ...]
_NOBODY = _Entry()
_WELL = POINTS[Grade.B_MINUS]


def _entry(one: Weighed, snapshot: Snapshot) -> _Entry:
    family = one.technique.family
    strongest = one.served.get(snapshot.strongest) if snapshot.strongest else None
    return _Entry(
        weighed=one,
        slug=one.slug,
        expected=one.expected,
        minutes=one.minutes,
        mask=sum(1 << place for place, need in enumerate(snapshot.needs) if need in one.served),
        serves_strongest=0 if strongest is None else 2 if POINTS[strongest] >= _WELL else 1,
        activity=0 if family.is_passive else 2 if family is Family.MOVING else 1,
        is_new=not one.practices,
    )


def _sets(candidates: Sequence[Weighed], snapshot: Snapshot, wish: Wish) -> list[_Set]:
    """Every set of at most one technique a slot that fits the minutes, in the order of the alphabet."""
    slots = [_of_slot(slot, candidates, snapshot, wish) for slot in Slot]
    room = max(wish.minutes, sum(one[0].minutes for one in slots if len(one) == 1))
    found = (tuple(entry for entry in entries if entry.weighed) for entries in product(*slots))
    return [entries for entries in found if sum(entry.minutes for entry in entries) <= room]


def _of_slot(slot: Slot, candidates: Sequence[Weighed], snapshot: Snapshot, wish: Wish) -> list[_Entry]:
    """Who may stand in a slot: the best pinned technique alone, or anyone who may be picked, or nobody."""
    here = [one for one in candidates if one.technique.slot is slot]
    if pinned := [one for one in here if one.slug in wish.pinned]:
        return [_entry(min(pinned, key=lambda one: one.order), snapshot)]
    willing = sorted((one for one in here if one.may_be_picked), key=lambda one: one.slug)
    return [*(_entry(one, snapshot) for one in willing), _NOBODY]


def _best(sets: Iterable[_Set], snapshot: Snapshot) -> _Set:
    levels = list(snapshot.needs.values())
    worth_of_mask = [_covered(mask, levels) for mask in range(1 << len(levels))]
    key_of = _key_when_pain_lasts if Need.PERSISTENT in snapshot.needs else _key
    best: _Set = ()
    best_key: tuple[float, ...] = ()
    for entries in sets:
        key = key_of(entries, worth_of_mask)
        if key > best_key:
            best, best_key = entries, key
    return best


def _key(entries: _Set, worth_of_mask: Sequence[float]) -> tuple[float, ...]:
    """Greater is better. See the module's idea for the order."""
    expected, minutes, mask, serves = 0.0, 0, 0, 0
    for entry in entries:
        expected += entry.expected
        minutes += entry.minutes
        mask |= entry.mask
        serves = max(serves, entry.serves_strongest)
    return (serves, round(expected + worth_of_mask[mask], 6), -minutes)


def _key_when_pain_lasts(entries: _Set, worth_of_mask: Sequence[float]) -> tuple[float, ...]:
    activity = max((entry.activity for entry in entries), default=0)
    serves, *rest = _key(entries, worth_of_mask)
    stands = bool(activity) or not entries
    return (stands, serves, activity, *rest)


def _covered(mask: int, levels: Sequence[float]) -> float:
    return COVERED * sum(level for place, level in enumerate(levels) if mask >> place & 1)


def _has_something_new(entries: _Set) -> bool:
    return any(entry.is_new for entry in entries)


def _worth(entries: _Set) -> float:
    return sum(entry.expected for entry in entries)


def _in_order(entries: _Set, snapshot: Snapshot) -> tuple[Weighed, ...]:
    """The most expected first; when pain persists, nothing passive before what the person does."""
    lasts = Need.PERSISTENT in snapshot.needs
    picks = [entry.weighed for entry in entries if entry.weighed]
    return tuple(sorted(picks, key=lambda one: (lasts and one.technique.family.is_passive, one.order)))
