"""Made-up people who let reminders be left out by chance: is the effect told rightly, and do harmful ones stop?"""

from dataclasses import dataclass

from coaching.core.findings.reminders import Slot, effect_of, is_time_to_look
from coaching.core.simulator.cohorts import Dice

CHANCES = (0.4, 0.5, 0.6)
"""Chances of the slots of a week take turns."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """`off`: mean distance of the estimate from the truth, signed, in shares. `held`: share of intervals that hold the
    truth."""

    true: float
    off: float
    held: float


def row(true: float, people: int, slots: int, usual: float, dice: Dice) -> Row:
    lives = [_life(true, slots, usual, dice) for _ in range(people)]
    ends = [effect for life in lives if (effect := effect_of(life))]
    return Row(
        true=true,
        off=sum(one.more - true for one in ends) / len(ends),
        held=sum(one.low <= true <= one.high for one in ends) / len(ends),
    )


def stopped(true: float, people: int, slots: int, usual: float, dice: Dice) -> float:
    """The share of people whose reminders stopped at some look."""
    return sum(_stops(_life(true, slots, usual, dice)) for _ in range(people)) / people


def _life(true: float, slots: int, usual: float, dice: Dice) -> list[Slot]:
    life = []
    for place in range(slots):
        chance = CHANCES[place % len(CHANCES)]
        was_sent = dice.random() < chance
        practised = dice.random() < usual + true * was_sent
        life.append(Slot(was_sent=was_sent, probability=chance, was_practised=practised))
    return life


def _stops(life: list[Slot]) -> bool:
    looks = (effect_of(life[:end]) for end in range(len(life) + 1) if is_time_to_look(end))
    return any(effect is not None and effect.must_stop for effect in looks)
