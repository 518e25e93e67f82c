"""On which rung of a technique's ladder somebody stands: the same answers and goes give the same rung at every door.

A ladder (`content/core/files/ladders.py`) leads from two minutes to the dose of the studies. Where it begins, in order:

    a flare under 6 weeks old, or fear of moving from 7 of 10         the first rung
    what does not move the body                                       the first rung
    what does: active on 5 days or more last week and fear under 5    the third
               active on 3 or 4 days, fear under 7                    the second
               else                                                   the first
    fear of 5 or 6                                                    one lower than the days alone give

Then each whole week since the first go moves it by one at most:

    up      as many goes as the rung calls enough, and no more than half of them left the person worse
    down    more than half of the goes left them worse; or the second week in a row without one
    stays   anything else: a missed day changes nothing

Whoever plans by the week decides on each step themselves: from then on the rung is the one they hold. The last week is
for their review to speak of; each before it that was not looked back on moves the rung down at most, by the same two
rules. A flare takes it one down at once until it is over.

At last, it comes down to what fits: a go takes no more minutes than the person has in a day, one that a caution
keeps short takes five at most, and somebody less sure than 7 of 10 is offered the next smaller one.

Sources: that fear calls for a two-minute win first, and weeks that step up and down by the last one, are findings of
trials (field notes: fear of moving predicts drop-out; steps set by last week's progress). Walking begins at 5 to 10
minutes and comes to 30 (WalkBack, evidence section 5). The days and the marks of fear are those of evidence section
2b. Which mark leads to which rung, the half, the second week and the 7 of 10 are our own choice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from content.core.vocabulary import Family

SOME_DAYS, MANY_DAYS = 3, 5
SOME_FEAR, MUCH_FEAR = 5, 7
SURE_FROM = 7
SHORT_AT_MOST = 5
"""Minutes of a go where a caution says to keep it short."""

WORSE_BY = 2
"""Points of 0 to 10 by which a go leaves somebody worse, as where danger signs are asked again."""

WEEK = timedelta(days=7)
GAP = 2


@dataclass(frozen=True, kw_only=True)
class Rung:
    """`minutes` of one go, `times` a week; `enough` goes in a week earn the next rung."""

    minutes: int
    times: int
    words: str
    enough: int = 0
    up: str = ""
    down: str = ""


@dataclass(frozen=True, kw_only=True)
class Week:
    goes: int = 0
    worse: int = 0


NO_GOES = Week()


@dataclass(frozen=True, kw_only=True)
class Go:
    """One practice; `rise` is how much worse it left the person, 0 where nothing was rated."""

    at: datetime
    rise: int = 0


@dataclass(frozen=True, kw_only=True)
class Footing:
    """What decides a rung. `active_days` 0 to 7, `fear` and `sure` 0 to 10; None where it was not told."""

    family: Family
    minutes_a_day: int
    active_days: int | None = None
    fear: int | None = None
    has_flare: bool = False
    is_short: bool = False
    sure: int | None = None
    weeks: tuple[Week, ...] = ()
    """Whole weeks since the first go, oldest first; of a rung that is held, since it was decided on."""

    held: "Held | None" = None


@dataclass(frozen=True, kw_only=True)
class Held:
    """The rung as the person decided on it: its `place` from 1, and why it is that one."""

    place: int
    why: "Since"


class Since(StrEnum):
    """Why it is this rung."""

    BEGIN = "begin"
    UP = "up"
    DOWN = "down"
    BREAK = "break"
    STAY = "stay"
    TIME = "time"
    CARE = "care"
    UNSURE = "unsure"
    CHOSEN = "chosen"
    CHOSEN_UP = "chosen_up"
    CHOSEN_DOWN = "chosen_down"
    TOO_MUCH = "too_much"
    FLARE = "flare"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`place` counts from 1, and there are `of` rungs."""

    rung: Rung
    place: int
    of: int
    since: Since


def standing(ladder: Sequence[Rung], footing: Footing) -> Standing:
    """The rung for now. ValueError for a ladder without rungs."""
    if not ladder:
        raise ValueError("a ladder has rungs")
    place, since = _climbed(ladder, footing)
    place, since = _fitting(ladder, footing, place, since)
    return Standing(rung=ladder[place], place=place + 1, of=len(ladder), since=since)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Goes counted by the weeks since the `first` moment: of each week with a go, by its place."""

    first: datetime
    weeks: Mapping[int, Week]

    def until(self, at: datetime) -> tuple[Week, ...]:
        """The whole weeks up to `at`; the one that runs is not counted yet."""
        return tuple(self.weeks.get(place, NO_GOES) for place in range((at - self.first) // WEEK))


def tally_of(goes: Iterable[Go], first: datetime) -> Tally:
    """Those from the `first` moment on."""
    counts: dict[int, list[int]] = {}
    for go in goes:
        count = counts.setdefault((go.at - first) // WEEK, [0, 0])
        count[0] += 1
        count[1] += go.rise >= WORSE_BY
    return Tally(first=first, weeks={place: Week(goes=goes, worse=worse) for place, (goes, worse) in counts.items()})


def tally_from_first(goes: Iterable[Go]) -> Tally | None:
    """From the first go on; None without one."""
    goes = tuple(goes)
    return tally_of(goes, min(go.at for go in goes)) if goes else None


def first_place(ladder: Sequence[Rung], footing: Footing) -> int:
    """Where somebody begins, counted from 0."""
    fear, days = footing.fear or 0, footing.active_days or 0
    if footing.family is not Family.MOVING or footing.has_flare or fear >= MUCH_FEAR:
        return 0
    place = 2 if days >= MANY_DAYS else 1 if days >= SOME_DAYS else 0
    return min(max(place - (fear >= SOME_FEAR), 0), len(ladder) - 1)


def _climbed(ladder: Sequence[Rung], footing: Footing) -> tuple[int, Since]:
    if footing.held:
        return _holding(ladder, footing.held, footing.weeks)
    place, since, idle = first_place(ladder, footing), Since.BEGIN, 0
    for week in footing.weeks:
        idle = 0 if week.goes else idle + 1
        before = place
        place, since = _moved(ladder, place, week, idle)
        if place == before:
            since = Since.STAY
    return place, since


def _holding(ladder: Sequence[Rung], held: Held, weeks: Sequence[Week]) -> tuple[int, Since]:
    """Nothing leads up from here but the person's own word."""
    place, since, idle = min(max(held.place, 1), len(ladder)) - 1, held.why, 0
    for week in weeks[:-1]:
        idle = 0 if week.goes else idle + 1
        lower, why = _moved(ladder, place, week, idle)
        if lower < place:
            place, since = lower, why
    return place, since


def _moved(ladder: Sequence[Rung], place: int, week: Week, idle: int) -> tuple[int, Since]:
    if 2 * week.worse > week.goes:
        return max(place - 1, 0), Since.DOWN
    if idle and idle % GAP == 0:
        return max(place - 1, 0), Since.BREAK
    enough = ladder[place].enough
    if enough and week.goes >= enough:
        return min(place + 1, len(ladder) - 1), Since.UP
    return place, Since.STAY


def _fitting(ladder: Sequence[Rung], footing: Footing, place: int, since: Since) -> tuple[int, Since]:
    if footing.sure is not None and footing.sure < SURE_FROM and place:
        place, since = place - 1, Since.UNSURE
    bounds = [(Since.TIME, footing.minutes_a_day)]
    if footing.is_short:
        bounds.append((Since.CARE, SHORT_AT_MOST))
    for why, most in bounds:
        while place and ladder[place].minutes > most:
            place, since = place - 1, why
    return place, since
