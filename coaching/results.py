"""The result page, made from a coaching value: cards with bars, sources by name, and where to begin."""

from dataclasses import dataclass

from coaching.core.suggestion import Exclusion, Pick, Reading
from coaching.knowledge import Source
from coaching.plans import Coaching
from content.core.vocabulary import Grade

BARS: dict[Grade | None, int] = {
    Grade.A: 4,
    Grade.A_MINUS: 3,
    Grade.B_PLUS: 3,
    Grade.B: 2,
    Grade.B_MINUS: 2,
    Grade.C: 1,
    Grade.D: 0,
}
"""How many of four bars a grade fills: a picture of `Grade`, not a measure."""
BAR_WIDTH = 21


@dataclass(frozen=True, kw_only=True)
class Bar:
    x: int
    is_on: bool


@dataclass(frozen=True, kw_only=True)
class Card:
    """One pick, ready for the page."""

    pick: Pick
    bars: tuple[Bar, ...]
    sources: tuple[Source, ...]
    is_begun: bool = False


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    name: str
    words: str


def cards_of(coaching: Coaching) -> tuple[Card, ...]:
    return tuple(
        Card(pick=pick, bars=bars_of(pick.grade), sources=sources_of(coaching, pick.sources))
        for pick in coaching.recommendation.picks
    )


def bars_of(grade: Grade | None) -> tuple[Bar, ...]:
    on = BARS.get(grade, 0)
    return tuple(Bar(x=place * BAR_WIDTH, is_on=place < on) for place in range(4))


def sources_of(coaching: Coaching, keys: tuple[str, ...]) -> tuple[Source, ...]:
    known = coaching.knowledge.sources
    return tuple(known[key] for key in keys if key in known)


def left_out(coaching: Coaching) -> tuple[Exclusion, ...]:
    """What was left out for safety and may be named, most relevant first."""
    told = [one for one in coaching.recommendation.exclusions if not one.is_hidden]
    return tuple(sorted(told, key=lambda one: (not one.is_relevant, one.is_reading)))


def keeps_silent(coaching: Coaching) -> bool:
    """Whether something was left out for a reason that was not disclosed, and so is not named."""
    return any(one.is_hidden for one in coaching.recommendation.exclusions)


def reading(coaching: Coaching) -> tuple[Reading, ...]:
    return coaching.recommendation.reading
