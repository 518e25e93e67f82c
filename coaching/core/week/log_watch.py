"""Whether more and more logging goes with more and more distress: then it may help to stop.

Tracking keeps some people's mind on the pain (field notes: tracking as a burden). Two stretches of two weeks are held
against each other. It is named where all of these are so, all our own choice:

    at least 14 entries in the last 14 days
    at least half as many again as in the 14 days before
    the mood that was tapped is lower than before by half a step of 5 or more, with 4 taps or more in each stretch

It says nothing of a cause. Two weeks with more pain bring more entries and a lower mood by themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

STRETCH = timedelta(days=14)
FEWEST, FEWEST_MOODS = 14, 4
GROWN = 1.5
LOWER_BY = 0.5


@dataclass(frozen=True, kw_only=True)
class Logged:
    """One entry. `mood` is 0 (hardest) to 4 (best), None for any other kind."""

    day: date
    mood: int | None = None


def is_weighing_down(entries: Iterable[Logged], today: date) -> bool:
    entries = list(entries)
    now = [one for one in entries if today - STRETCH < one.day <= today]
    before = [one for one in entries if today - 2 * STRETCH < one.day <= today - STRETCH]
    if len(now) < FEWEST or len(now) < GROWN * len(before):
        return False
    moods, earlier = _moods(now), _moods(before)
    if len(moods) < FEWEST_MOODS or len(earlier) < FEWEST_MOODS:
        return False
    return fmean(earlier) - fmean(moods) >= LOWER_BY


def _moods(entries: Iterable[Logged]) -> list[int]:
    return [one.mood for one in entries if one.mood is not None]
