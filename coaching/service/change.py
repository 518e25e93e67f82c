"""The change of those who agreed to be counted: its middle, and how far it spreads, never that of few."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import quantiles
from zoneinfo import ZoneInfo

from coaching.core.learning.hierarchy import InSteps
from coaching.core.progress.scales import Scale
from coaching.learning.agreed import MOST_PEOPLE, agreed_people, with_answers, with_check_ins
from coaching.models import Person
from coaching.plan.knowledge import knowledge
from coaching.progress.history import series_of

LEAST_PEOPLE = 20
"""What people agreed to: "counted together with those of at least 20 people"."""
LEAST_APART = timedelta(weeks=4)
LONGEST_AGO = timedelta(days=366)
UTC = ZoneInfo("UTC")


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Points as a reader of the scale sees them, above 0 for the better; None where there are too few people."""

    scale: str
    people: int | None
    lower: float | None = None
    middle: float | None = None
    upper: float | None = None


def changes_of_those_who_agreed(at: datetime) -> InSteps[list[Spread]]:
    """Of an even draw, where very many agreed. It rests after each person."""
    scales = knowledge().scales
    gains: dict[Scale, list[float]] = {scale: [] for scale in scales}
    told = 0
    for people in agreed_people(with_answers, with_check_ins):
        yield
        for person in people:
            theirs = list(_gains_of(person, scales, at))
            told += bool(theirs)
            for scale, gain in theirs:
                gains[scale].append(gain)
            yield
        if told >= MOST_PEOPLE:
            break
    return [spread_of(scale, its_gains) for scale, its_gains in gains.items()]


def spread_of(scale: Scale, gains: Iterable[float]) -> Spread:
    scaled = [gain / scale.shown_by for gain in gains]
    if len(scaled) < LEAST_PEOPLE:
        return Spread(scale=scale.slug, people=None)
    lower, middle, upper = (round(one, 1) for one in quantiles(scaled, n=4))
    return Spread(scale=scale.slug, people=len(scaled), lower=lower, middle=middle, upper=upper)


def _gains_of(person: Person, scales: Iterable[Scale], at: datetime) -> Iterable[tuple[Scale, float]]:
    if len(person.all_intakes) + len(person.all_check_ins) < 2:
        # One day alone changes nothing, so it is not opened.
        return
    for scale, readings in series_of(person, UTC, scales).items():
        lately = [one for one in readings if one.on > (at - LONGEST_AGO).date()]
        if len(lately) > 1 and lately[-1].on - lately[0].on >= LEAST_APART:
            yield scale, scale.gain(lately[0].total, lately[-1].total)
