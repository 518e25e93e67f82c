"""Choosing at most three techniques for one person, place after place, each for one of their needs.

    first    serves the strongest need: well (a grade of B- or better) before a little (C) before not at all
    second   acts at another stage of the loop, on what is strongest there and not served well yet
    third    gives ease now where nothing before it does (what helped before first), or serves the next need

In each place the technique of the highest score is taken, for the need it scores highest for (`merit`).
It is counted for that need alone, so that what does a little for everything does not outweigh what answers
one need well. Before the score comes a kind of technique that is not in the plan yet. When pain persists
nothing passive comes first, and there are never two passive ones.

The minutes a day decide how many there are and how big each is begun, not which: every one is begun with
BEGIN_WITH minutes at least, and the first takes what its smallest useful dose asks for before the next does.
Pins are kept even past the minutes: it is the person's choice.

Ties go to fewer minutes, then to the alphabet, so that the same answers give the same plan. Allowing one
technique more, or expecting more of it, can change the plan only by putting that technique into it.
EASE, AGAIN and BEGIN_WITH are ours, with no evidence behind the numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from coaching.core.intake.needs import Snapshot
from coaching.core.person.told import Went
from coaching.core.recommend.merit import WELL, eases_now, merit, serves
from coaching.core.recommend.weigh import Weighed
from content.core.vocabulary import Family, Need, Term

PLACES = 3
EASE = 0.2
"""What ease now adds to the score in the third place."""

AGAIN = 0.4
"""A need that an earlier pick serves well counts this much when it is served again."""

BEGIN_WITH, LEAST_START = 5, 2
"""Minutes a day that a pick is begun with at least, and fewest for which one pick alone is begun. Ours."""

WORTH_TRYING = 0.8
"""Something new takes the last place when it scores at least this share of what it takes the place of."""

AMPLE = 24 * 60


class Role(Term):
    """What a pick is there for."""

    STRONGEST = "strongest", "For what is strongest"
    ELSEWHERE = "elsewhere", "At another place of your loop"
    EASE = "ease", "For ease in the moment"
    NEXT = "next", "For what comes next"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What to choose under. `held` are those of the plan as it stands: they keep their places while they are safe.
    `try_new`: keep one place for something never practised."""

    minutes: int
    pinned: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    try_new: bool = False


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One pick in its place, with the need it is there for. `instead` is what could stand there as well.

    `minutes` a day: what the smallest useful dose asks for, or what there is where that is less.
    """

    weighed: Weighed
    role: Role
    need: Need | None
    minutes: int
    score: float
    instead: Weighed | None = None

    @property
    def slug(self) -> str:
        return self.weighed.slug

    @property
    def family(self) -> Family:
        return self.weighed.technique.family


@dataclass(frozen=True, kw_only=True)
class Choice:
    """`picks` in the order of the plan. `tries` is the one that is there because it is new."""

    picks: tuple[Placed, ...] = ()
    tries: str = ""

    @cached_property
    def minutes(self) -> int:
        return sum(pick.minutes for pick in self.picks)

    @cached_property
    def worth(self) -> float:
        return round(sum(pick.score for pick in self.picks), 6)


def choose(candidates: Iterable[Weighed], snapshot: Snapshot, wish: Wish) -> Choice:
    table = _lay(candidates, snapshot, wish)
    tries = ""
    while following := _next(table):
        table = table.with_placed(following)
    if wish.try_new:
        table, tries = _with_something_new(table, wish.pinned)
    picks = [replace(pick, instead=_instead(table, pick)) for pick in table.placed]
    # When pain persists, nothing passive stands before what the person does.
    picks.sort(key=lambda pick: table.lasts and pick.family.is_passive)
    return Choice(picks=tuple(picks), tries=tries)


@dataclass(frozen=True, kw_only=True)
class _Table:
    """The places as they are being filled. `pins` wait for a place, and `held`, which come before all others that may
    have one: `free`."""

    snapshot: Snapshot
    minutes: int
    pins: tuple[Weighed, ...]
    free: tuple[Weighed, ...]
    held: frozenset[str] = frozenset()
    placed: tuple[Placed, ...] = ()

    @cached_property
    def lasts(self) -> bool:
        return Need.PERSISTENT in self.snapshot.needs

    @cached_property
    def places(self) -> int:
        return PLACES - len(self.placed)

    @cached_property
    def room(self) -> int:
        """Minutes for what is not pinned."""
        return self.minutes - sum(pick.minutes for pick in self.placed) - sum(one.minutes for one in self.pins)

    @cached_property
    def families(self) -> frozenset[Family]:
        return frozenset(pick.family for pick in self.placed)

    @cached_property
    def able(self) -> tuple[Weighed, ...]:
        """Those of the free that may stand beside what is placed, whatever their minutes."""
        has_passive = any(family.is_passive for family in self.families)
        return tuple(one for one in self.free if not (has_passive and one.technique.family.is_passive))

    @cached_property
    def open(self) -> tuple[Weighed, ...]:
        """Those who may have the next place: what is held, while there is any."""
        held = tuple(one for one in self.able if one.slug in self.held)
        return held if held and (self.placed or _leaders(self, held)) else self.able

    @cached_property
    def spare(self) -> int:
        """How many places there still are for what is not pinned, in these minutes."""
        if not self.placed and LEAST_START <= self.room < BEGIN_WITH:
            return min(1, len(self.able))
        passive = sum(one.technique.family.is_passive for one in self.able)
        able = len(self.able) - max(passive - 1, 0)
        return max(0, min(self.places - len(self.pins), able, self.room // BEGIN_WITH))

    def with_placed(self, pick: Placed) -> "_Table":
        return replace(
            self,
            placed=(*self.placed, pick),
            pins=tuple(one for one in self.pins if one.slug != pick.slug),
            free=tuple(one for one in self.free if one.slug != pick.slug),
        )


def _lay(candidates: Iterable[Weighed], snapshot: Snapshot, wish: Wish) -> _Table:
    wanted = [one for one in candidates if one.slug not in wish.refused]
    pinned = sorted((one for one in wanted if one.slug in wish.pinned), key=lambda one: one.order)
    may = [one for one in wanted if one.may_be_picked or one.slug in wish.held]
    free = tuple(one for one in may if one.slug not in wish.pinned)
    pins = tuple(pinned[:PLACES])
    return _Table(snapshot=snapshot, minutes=wish.minutes, pins=pins, free=free, held=wish.held)


def _next(table: _Table) -> Placed | None:
    """Who stands in the next place."""
    if not table.places:
        return None
    free = table.open if table.spare > 0 else ()
    seen = [_placed(table, one) for one in (*table.pins, *(free if table.placed else _leaders(table, free)))]
    return min(seen, key=lambda pick: _order(table, pick), default=None)


def _leaders(table: _Table, among: tuple[Weighed, ...]) -> tuple[Weighed, ...]:
    """Those that may stand first: when pain persists, nothing passive."""
    return tuple(one for one in among if not (table.lasts and one.technique.family.is_passive))


def _order(table: _Table, pick: Placed) -> tuple:
    """The smallest is taken."""
    is_first, strongest = not table.placed, table.snapshot.strongest
    return (
        -serves(pick.weighed, strongest) if is_first else 0,
        is_first and pick.weighed not in table.pins,
        len(table.placed) < 2 or not _helped_and_eases(pick),
        pick.family in table.families,
        len(table.placed) == 1 and pick.role is not Role.ELSEWHERE,
        -pick.score,
        pick.weighed.minutes,
        pick.slug,
    )


def _helped_and_eases(pick: Placed) -> bool:
    """For ease in the moment, what helped this person before comes before what the evidence says of others."""
    return pick.role is Role.EASE and pick.weighed.bent.went is Went.HELPED


def _placed(table: _Table, one: Weighed) -> Placed:
    """A technique in the next place, with what it would be there for."""
    need, score = _purpose(table, one)
    role = _role(table, one, need)
    extra = EASE if role is Role.EASE else 0.0
    minutes = one.minutes if one in table.pins else min(one.minutes, table.room - BEGIN_WITH * (table.spare - 1))
    return Placed(weighed=one, role=role, need=need, minutes=minutes, score=round(score + extra, 6))


def _purpose(table: _Table, one: Weighed) -> tuple[Need | None, float]:
    """The need it scores highest for in this place; without any, what is expected of it by experience."""
    strongest = table.snapshot.strongest
    if not table.placed and strongest and serves(one, strongest):
        return strongest, merit(one, strongest, table.snapshot.needs[strongest])
    scores = [(_fresh(table, need) * merit(one, need, strength), need) for need, strength in _elsewhere(table, one)]
    score, need = max(scores, key=lambda pair: pair[0], default=(0.0, None))
    return (need, score) if score else (None, max(one.expected, 0.0) / 10)


def _elsewhere(table: _Table, one: Weighed) -> list[tuple[Need, float]]:
    """For the second place the needs at other stages than the first's, if it serves one of them; else all."""
    needs = list(table.snapshot.needs.items())
    if len(table.placed) != 1 or table.placed[0].need is None:
        return needs
    first = table.placed[0].need
    away = [(need, strength) for need, strength in needs if need.stage is not first.stage]
    return away if any(need in one.served for need, _ in away) else needs


def _fresh(table: _Table, need: Need) -> float:
    return AGAIN if any(serves(pick.weighed, need) == WELL for pick in table.placed) else 1.0


def _role(table: _Table, one: Weighed, need: Need | None) -> Role:
    if not table.placed:
        return Role.STRONGEST if need and need is table.snapshot.strongest else Role.NEXT
    first = table.placed[0].need
    if len(table.placed) == 1:
        return Role.ELSEWHERE if need and first and need.stage is not first.stage else Role.NEXT
    has_ease = any(eases_now(pick.weighed) for pick in table.placed)
    return Role.EASE if eases_now(one) and not has_ease else Role.NEXT


def _with_something_new(table: _Table, pinned: frozenset[str]) -> tuple[_Table, str]:
    """The last place for something never practised, if that costs little. Never the only place, nor a pinned one."""
    new = [pick for pick in table.placed if not pick.weighed.practices]
    if new:
        return table, max(new, key=lambda pick: pick.score).slug
    if len(table.placed) < 2 or table.placed[-1].slug in pinned:
        return table, ""
    last = table.placed[-1]
    untried = tuple(one for one in table.free if not one.practices)
    untested = _next(replace(table, placed=table.placed[:-1], free=untried))
    if untested is None or untested.score < WORTH_TRYING * last.score:
        return table, ""
    return replace(table, placed=(*table.placed[:-1], untested)), untested.slug


def _instead(table: _Table, pick: Placed) -> Weighed | None:
    """The best that could stand in its place, the others staying as they are."""
    before = table.placed[: table.placed.index(pick)]
    other = _next(replace(table, placed=before, minutes=AMPLE, held=frozenset()))
    return other.weighed if other else None
