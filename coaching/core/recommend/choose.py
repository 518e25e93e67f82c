"""Choosing at most three techniques, one a slot, by trying every set.

There are few enough sets (about 150) to try them all. The best is the first in this order:

1. nothing passive stands alone when pain persists;
2. the strongest need is served: well (a grade of B- or better) before a little (C) before not at all, where
   the person's own ratings and "rank low" scale the points of the grade up or down;
3. when pain persists, something active is there, and best something that moves;
4. the greatest worth (below);
5. fewer minutes, then the alphabet, so that the same answers give the same plan.

The worth of a set, in points of 0 to 10, counts each need once, by the technique that serves it best:

    worth = sum over needs of the best pick's share of it       (SCALE x points x level)
          + sum over picks of (expected - prior)                what their own ratings and cautions changed
          + AGAIN x sum over picks of expected                  a need served twice is worth a little more

So picks cover different needs, and a strong need is not left out because a technique that does a little
of everything adds up higher. Allowing one technique more, or expecting more of it, can change the plan
only by putting that technique into it. Pins are kept even past the person's minutes: it is their choice,
and the cost is told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from operator import attrgetter
from typing import NamedTuple

from coaching.core.intake.needs import Snapshot
from coaching.core.recommend.weigh import POINTS, SCALE, Weighed
from content.core.vocabulary import Family, Grade, Need, Slot

AGAIN = 0.25
"""A starting choice with no evidence behind the number: two techniques for one need help a little more than one."""

WORTH_TRYING = 0.8
"""A plan with something new is taken when it keeps at least this share of the best one. A starting choice."""

HAIR = 1e-5
"""Wider than the rounding of a worth, so that equals are still compared by name."""

WELL_FROM = (POINTS[Grade.B_MINUS] + POINTS[Grade.C]) / 2
LITTLE_FROM = (POINTS[Grade.C] + POINTS[Grade.D]) / 2

WELL, A_LITTLE = 0b1100, 0b0100
MOVES, ACTS = 0b0011, 0b0001
ACTIVITY = 0b0011
"""Bits, so that what a set does is the "or" of its techniques, and more is better read as a number."""

PASSIVE_ALONE = -1
"""Below every other set: something passive with nothing to do beside it, though pain persists."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What to choose under. `try_new`: keep one place for something never practised."""

    minutes: int
    pinned: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    try_new: bool = False


@dataclass(frozen=True, kw_only=True)
class Choice:
    """`picks` in the order of the plan. `tries` is the one that is there because it is new."""

    picks: tuple[Weighed, ...] = ()
    worth: float = 0.0
    tries: str = ""

    @cached_property
    def minutes(self) -> int:
        return sum(pick.minutes for pick in self.picks)


def choose(candidates: Iterable[Weighed], snapshot: Snapshot, wish: Wish) -> Choice:
    wanted = [one for one in candidates if one.slug not in wish.refused] if wish.refused else list(candidates)
    strongest = snapshot.strongest
    slots = [_of_slot(slot, wanted, snapshot, strongest, wish) for slot in Slot]
    room = max(wish.minutes, sum(entries[0].minutes for entries in slots if len(entries) == 1))
    lasts = Need.PERSISTENT in snapshot.needs
    best = _best(slots, room, lasts=lasts)
    if wish.try_new:
        newer = best if best.has_new else _best(slots, room, lasts=lasts, wants_new=True)
        if _pays(newer, best):
            return _choice(newer, snapshot, _newest(newer))
    return _choice(best, snapshot)


_ACTIVITY_OF = {family: MOVES if family is Family.MOVING else 0 if family.is_passive else ACTS for family in Family}


class _Entry(NamedTuple):
    """One technique as the search sees it; `shares` are what it does for each need of the person."""

    weighed: Weighed | None
    name: str
    minutes: int
    shares: tuple[float, ...]
    own: float
    at_most: float
    bits: int
    is_new: bool


_PROMISING_FIRST = attrgetter("bits", "at_most")


class _Found(NamedTuple):
    """A set, comparable: greater is better, up to the names."""

    head: int = -2
    worth: float = 0.0
    thrift: int = 0
    three: tuple[_Entry, ...] = ()

    @property
    def entries(self) -> list[_Entry]:
        return [entry for entry in self.three if entry.name]

    @property
    def names(self) -> list[str]:
        return [entry.name for entry in self.entries]

    @property
    def has_new(self) -> bool:
        return any(entry.is_new for entry in self.three)

    def beats(self, other: "_Found") -> bool:
        mine, theirs = self[:3], other[:3]
        return mine > theirs or (mine == theirs and self.names < other.names)


def _entry(one: Weighed, snapshot: Snapshot, strongest: Need | None) -> _Entry:
    points = {row.need: SCALE * POINTS[row.grade] for row in one.rows}
    shares = tuple([points.get(need, 0.0) * level for need, level in snapshot.needs.items()])
    own = one.expected - one.prior + AGAIN * one.expected
    bits = _service(one, strongest) | _ACTIVITY_OF[one.technique.family]
    return _Entry(one, one.slug, one.minutes, shares, own, own + sum(shares), bits, not one.practices)


def _service(one: Weighed, strongest: Need | None) -> int:
    grade = one.served.get(strongest) if strongest else None
    if grade is None:
        return 0
    points = POINTS[grade] * one.expected / one.prior
    return WELL if points >= WELL_FROM else A_LITTLE if points >= LITTLE_FROM else 0


def _of_slot(
    slot: Slot, candidates: Sequence[Weighed], snapshot: Snapshot, strongest: Need | None, wish: Wish
) -> list[_Entry]:
    """Who may stand in a slot: the best pinned technique alone, or anyone who may be picked, or nobody."""
    here = [one for one in candidates if one.technique.slot is slot]
    if pinned := [one for one in here if one.slug in wish.pinned]:
        return [_entry(min(pinned, key=lambda one: one.order), snapshot, strongest)]
    willing = [_entry(one, snapshot, strongest) for one in here if one.may_be_picked]
    willing.sort(key=_PROMISING_FIRST, reverse=True)
    nobody = _Entry(None, "", 0, (0.0,) * len(snapshot.needs), 0.0, 0.0, 0, False)
    return [*willing, nobody]


def _best(slots: Sequence[list[_Entry]], room: int, *, lasts: bool, wants_new: bool = False) -> _Found:
    best = _Found()
    for three in product(*slots):
        calm, move, mind = three
        minutes = calm.minutes + move.minutes + mind.minutes
        if minutes > room or (wants_new and not (calm.is_new or move.is_new or mind.is_new)):
            continue
        head = calm.bits | move.bits | mind.bits
        if not lasts:
            head &= ~ACTIVITY
        elif not head & ACTIVITY and (calm.name or move.name or mind.name):
            head = PASSIVE_ALONE
        # Most sets are cast aside here, before their worth is worked out in full.
        if head < best.head or (head == best.head and calm.at_most + move.at_most + mind.at_most < best.worth - HAIR):
            continue
        found = _Found(head, _worth(calm, move, mind), -minutes, three)
        if found.beats(best):
            best = found
    return best


def _worth(calm: _Entry, move: _Entry, mind: _Entry) -> float:
    covered = sum(map(max, calm.shares, move.shares, mind.shares))
    return round(covered + calm.own + move.own + mind.own, 6)


def _pays(newer: _Found, best: _Found) -> bool:
    """Something new never costs the only place, the strongest need, or too much of the benefit."""
    if newer == best:
        return bool(newer.names)
    return len(newer.names) > 1 and newer.head >= best.head and newer.worth >= WORTH_TRYING * best.worth


def _newest(found: _Found) -> str:
    """Of several new ones, the one that more is expected of."""
    return max((entry for entry in found.entries if entry.is_new), key=lambda entry: entry.at_most).name


def _choice(found: _Found, snapshot: Snapshot, tries: str = "") -> Choice:
    """The most expected first; when pain persists, nothing passive before what the person does."""
    lasts = Need.PERSISTENT in snapshot.needs
    picks = [entry.weighed for entry in found.entries if entry.weighed]
    picks.sort(key=lambda one: (lasts and one.technique.family.is_passive, one.order))
    return Choice(picks=tuple(picks), worth=found.worth, tries=tries)
