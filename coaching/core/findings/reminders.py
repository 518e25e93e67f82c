"""Do reminders help this person? For those who let half of them be left out by chance.

Each slot is a coin: a reminder goes out with the chance `probability`, and afterwards one sees whether there was a
practice. The effect is the share of slots with a practice after a reminder less the share without one, each slot
weighed by one over the chance of what happened in it, so that chances may differ from slot to slot (Boruvka and
others, 2018, micro-randomised trials). The interval is read from shares with one success and one failure added on
either side, which keeps it honest with few slots (Agresti and Caffo, 2000).

    40 of 60 with a reminder, 30 of 60 without: 0.17 more. The interval: (41 / 62) - (31 / 62) = 0.16, with the root of
    0.66 x 0.34 / 62 + 0.5 x 0.5 / 62 = 0.087 as its standard deviation, goes from -0.01 to 0.33

Reminders stop where they do harm: once 20 slots of either sort are in and the whole interval that repeated looks allow
(2.5 standard deviations in place of 1.96) lies below 0. Looked at every week, that stops fewer than 5 of 100 people
whom reminders do nothing to. The bounds are our choice, held by `tests/coaching/test_reminders_by_chance.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Weighed = Sequence[tuple[float, bool]]
"""The weight of each slot, and whether there was a practice."""

COVERED, HARM = 1.96, 2.5
"""Standard deviations to either side: of the 95 % interval, and of the one that stops reminders."""

LEAST_SLOTS = 20
"""Slots of either sort below which nothing is said. Our choice."""


LOOK_EVERY = 14
"""Slots between two looks at whether reminders do harm: a week, where there are two a day."""


def is_time_to_look(slots: int) -> bool:
    return slots > 0 and slots % LOOK_EVERY == 0


@dataclass(frozen=True, kw_only=True)
class Slot:
    """`probability`: the chance with which a reminder was to go out. `was_practised`: in the time after, as agreed."""

    was_sent: bool
    probability: float
    was_practised: bool


@dataclass(frozen=True, kw_only=True)
class Effect:
    """`more`: how much more often there was a practice after a reminder, as a share (0.15 is 15 points); `low` to
    `high` is its 95 % interval. `must_stop`: reminders do harm."""

    slots: int
    more: float
    low: float
    high: float
    must_stop: bool


def effect_of(slots: Sequence[Slot]) -> Effect | None:
    """None while there are too few slots of either sort. Slots that were certain (0 or 1) teach nothing."""
    drawn = [slot for slot in slots if 0 < slot.probability < 1]
    sent = [(1 / slot.probability, slot.was_practised) for slot in drawn if slot.was_sent]
    quiet = [(1 / (1 - slot.probability), slot.was_practised) for slot in drawn if not slot.was_sent]
    if min(len(sent), len(quiet)) < LEAST_SLOTS:
        return None
    middle = _share(_with_two_more(sent)) - _share(_with_two_more(quiet))
    deviation = sqrt(_variance(_with_two_more(sent)) + _variance(_with_two_more(quiet)))
    return Effect(
        slots=len(drawn),
        more=_share(sent) - _share(quiet),
        low=middle - COVERED * deviation,
        high=middle + COVERED * deviation,
        must_stop=middle + HARM * deviation < 0,
    )


def _with_two_more(weighed: Weighed) -> Weighed:
    """One success and one failure of the mean weight."""
    usual = sum(weight for weight, _ in weighed) / len(weighed)
    return [*weighed, (usual, True), (usual, False)]


def _share(weighed: Weighed) -> float:
    return sum(weight for weight, was in weighed if was) / sum(weight for weight, _ in weighed)


def _variance(weighed: Weighed) -> float:
    share = _share(weighed)
    return sum((weight * (was - share)) ** 2 for weight, was in weighed) / sum(weight for weight, _ in weighed) ** 2
