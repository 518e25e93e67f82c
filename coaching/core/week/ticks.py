"""Which steps of a week are done, ticked from what was practised.

A go ticks a step of its day. Without one, it catches up on the step before it that waits, the newest first; else it
does the next one ahead. A step takes one go, so nothing is counted twice, and a day that was shifted by a flight or a
wrong clock loses no go. A tick by hand stands, and takes up the go of its day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Meant:
    """A step as it was planned. `key` names it; `is_ticked`: the person said so by hand."""

    key: int
    technique: str
    day: date
    is_ticked: bool = False


@dataclass(frozen=True, kw_only=True)
class Done:
    """A go, by the day on which it was done."""

    technique: str
    day: date


def ticked(steps: Iterable[Meant], goes: Iterable[Done]) -> Mapping[int, date]:
    """The day on which each step was done, by its key; what is not in it still waits."""
    done_on: dict[int, date] = {}
    steps, goes = list(steps), list(goes)
    for technique in {step.technique for step in steps}:
        mine = sorted((step for step in steps if step.technique == technique), key=lambda step: (step.day, step.key))
        days = sorted(go.day for go in goes if go.technique == technique)
        done_on |= _of_one(mine, days)
    return done_on


def _of_one(steps: Sequence[Meant], days: Sequence[date]) -> dict[int, date]:
    done_on = {step.key: step.day for step in steps if step.is_ticked}
    left = list(days)
    for step in steps:
        if step.day in left:
            done_on[step.key] = step.day
            left.remove(step.day)
    for day in left:
        waiting = [step for step in steps if step.key not in done_on]
        before = [step for step in waiting if step.day < day]
        if waiting:
            done_on[(before[-1] if before else waiting[0]).key] = day
    return done_on
