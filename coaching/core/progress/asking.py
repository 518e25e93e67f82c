"""When a scale is asked again: the PEG once a week at most, the GAD every two weeks at the earliest.

Its window is the last week, and two weeks, so asked sooner it would measure the same days twice. Nobody gains from
watching what does not move: once the last readings are steady, the check-in is offered every four weeks. A day that is
still to come, from a clock that was wrong, holds nothing up. One or two days ahead are no such days: whoever flies over
the date line to the east finds there what they gave an hour ago.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from coaching.core.progress.scales import Reading, Scale

STEADY_READINGS = 4
ASTRAY = timedelta(days=2)
"""The clocks of the earth show up to three dates at once."""

OFFERED_EVERY = 7


def may_be_asked(scale: Scale, days: Sequence[date], today: date) -> bool:
    """`days` are those on which any answer of the scale was given; on the same day it may be put right."""
    last = max((day for day in days if day <= today + ASTRAY), default=None)
    return last is None or last == today or (today - last).days >= scale.every


def is_steady(scale: Scale, readings: Sequence[Reading]) -> bool:
    """Four readings of which no two differ by what matters."""
    latest = [one.total for one in readings[-STEADY_READINGS:]]
    return len(latest) == STEADY_READINGS and max(latest) - min(latest) < scale.step


def offered_from(read: Mapping[Scale, Sequence[Reading]], last: date | None) -> date | None:
    """The day from which a check-in is offered unasked; None: it may be offered now, as there was none."""
    if last is None:
        return None
    told = {scale: readings for scale, readings in read.items() if readings}
    steady = bool(told) and all(is_steady(scale, readings) for scale, readings in told.items())
    every = max((scale.steady_every for scale in told), default=OFFERED_EVERY) if steady else OFFERED_EVERY
    return last + timedelta(days=every)


def is_to_be_offered(offered: date, today: date, longest: int) -> bool:
    """`longest`: the days after which one is offered at the latest. A day further off comes from a wrong clock."""
    return offered <= today or offered > today + timedelta(days=longest) + ASTRAY
