"""Laying out a week: on which days each practice of a plan is done, from the rung it stands on.

As many goes as the rung asks for, spread evenly, one a day of each practice at most, and no day longer than the minutes
that the person has. What finds no day with room is left out: a week that cannot be kept helps nobody.

The time of day is ours to propose and theirs to change: worry has its hour in the early evening (evidence section 5),
what helps to sleep comes before the night; the other times are our own choice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time

from content.core.vocabulary import Family

USUAL_TIME: Mapping[Family, time] = {
    Family.MOVING: time(9),
    Family.CALMING: time(13),
    Family.THINKING: time(17, 30),
    Family.EASING: time(19),
    Family.SLEEPING: time(21),
}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One practice as its rung asks for it: `minutes` of one go, `times` a week."""

    technique: str
    minutes: int
    times: int


@dataclass(frozen=True, kw_only=True)
class Laid:
    technique: str
    day: date
    minutes: int


def lay_out(wishes: Iterable[Wish], days: Sequence[date], minutes_a_day: int) -> tuple[Laid, ...]:
    """In the order of the wishes: the first of a plan gets its days before the others."""
    room = dict.fromkeys(days, minutes_a_day)
    laid: list[Laid] = []
    for wish in wishes:
        for day in _days_for(wish, days, room):
            room[day] -= wish.minutes
            laid.append(Laid(technique=wish.technique, day=day, minutes=wish.minutes))
    return tuple(sorted(laid, key=lambda one: one.day))


def _days_for(wish: Wish, days: Sequence[date], room: Mapping[date, int]) -> list[date]:
    taken: list[date] = []
    for ideal in _spread(wish.times, len(days)):
        free = [place for place, day in enumerate(days) if day not in taken and room[day] >= wish.minutes]
        if free:
            taken.append(days[min(free, key=lambda place: (abs(place - ideal), place))])
    return taken


def _spread(times: int, days: int) -> list[int]:
    """Places of so many goes a week among so many days, as even as they can be."""
    count = min(max(round(times * days / 7), 1), days)
    return [(2 * number + 1) * days // (2 * count) for number in range(count)]
