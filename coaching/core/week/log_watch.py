"""Whether more and more logging goes with more and more distress: then it may help to stop.

Tracking keeps some people's mind on the pain (field notes: tracking as a burden). Two stretches of two weeks are held
against each other. It is named where all of these are so, all our own choice:

    at least 14 entries in the last 14 days
    at least half as many again as in the 14 days before
    the mood that was tapped is lower than before by half a step of 5 or more, with 4 taps or more in each stretch; or
    the worry of a check-in is up by what matters (4 points of the GAD-7, Toussaint 2020) from the last one before

It says nothing of a cause. Two weeks with more pain bring more entries and a lower mood by themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean

STRETCH = timedelta(days=14)
FEWEST, FEWEST_MOODS = 14, 4
GROWN = 1.5
LOWER_BY = 0.5
MORE_WORRY = 4


@dataclass(frozen=True, kw_only=True)
class Logged:
    """One entry. `mood` is 0 (hardest) to 4 (best), None for any other kind."""

    day: date
    mood: int | None = None


def is_weighing_down(entries: Iterable[Logged], today: date, worries: Iterable[tuple[date, int | None]] = ()) -> bool:
    """`worries` are sums of the GAD-7 with the day on which each was given, newest first, None where it was not.

    They are asked for only where the entries alone do not say it, and no further back than they are needed.
    """
    entries = list(entries)
    now = [one for one in entries if today - STRETCH < one.day <= today]
    before = [one for one in entries if today - 2 * STRETCH < one.day <= today - STRETCH]
    if len(now) < FEWEST or len(now) < GROWN * len(before):
        return False
    return _is_lower(_moods(now), _moods(before)) or _is_more(worries, today)


def _is_more(worries: Iterable[tuple[date, int | None]], today: date) -> bool:
    """The newest of this stretch against the newest before it."""
    lately: int | None = None
    for day, total in worries:
        if day > today:
            continue
        if day > today - STRETCH:
            lately = total if lately is None else lately
        elif lately is None:
            return False
        elif total is not None:
            return lately - total >= MORE_WORRY
    return False


def _is_lower(moods: Sequence[int], earlier: Sequence[int]) -> bool:
    if len(moods) < FEWEST_MOODS or len(earlier) < FEWEST_MOODS:
        return False
    return fmean(earlier) - fmean(moods) >= LOWER_BY


def _moods(entries: Iterable[Logged]) -> list[int]:
    return [one.mood for one in entries if one.mood is not None]
